use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[primary_key(on(a))]
pub struct Item {
    pub a: Integer,
    pub b: Integer,
    pub c: Option<Text>,
}
