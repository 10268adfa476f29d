use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[unique(single, on(a))]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub a: Integer,
    pub b: Option<Integer>,
}
