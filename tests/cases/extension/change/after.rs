use tablewright_declare::prelude::*;

#[derive(Schema)]
#[schema(name = "tools")]
pub struct Tools;

#[derive(Extension)]
#[extension(name = "citext", schema = "tools")]
pub struct Citext;
