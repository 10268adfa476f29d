use tablewright_declare::prelude::*;

#[derive(Extension)]
#[extension(name = "citext")]
pub struct Citext;
