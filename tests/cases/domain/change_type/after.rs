use tablewright_declare::prelude::*;

#[derive(Domain)]
#[domain(name = "code")]
pub struct Code(Varchar<20>);
