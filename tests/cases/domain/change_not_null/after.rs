use tablewright_declare::prelude::*;

#[derive(Domain)]
#[domain(name = "code", not_null, default = "x")]
pub struct Code(Text);
