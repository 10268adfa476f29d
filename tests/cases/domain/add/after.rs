use tablewright_declare::prelude::*;

/// A code
#[derive(Domain)]
#[domain(name = "code", not_null, default = "x", collate = "C", check(short, "length(VALUE) < 9"), check("has letters", "VALUE ~ '[a-z]'"))]
pub struct Code(Text);
