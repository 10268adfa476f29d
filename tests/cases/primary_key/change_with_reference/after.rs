use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[primary_key(new_key, on(a), include(c))]
#[unique(items_b, on(b))]
pub struct Item {
    pub a: Integer,
    pub b: Integer,
    pub c: Option<Text>,
}

#[derive(Table)]
#[table(name = "parts")]
pub struct Part {
    #[column(primary_key)]
    pub id: Integer,
    #[column(references(Item::a))]
    pub a: Integer,
}
