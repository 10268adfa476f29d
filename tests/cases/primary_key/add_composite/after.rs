use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[primary_key(items_key, on(b, a), include(c), comment = "b first")]
pub struct Item {
    pub a: Integer,
    pub b: Integer,
    pub c: Option<Text>,
}
