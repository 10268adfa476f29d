use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[unique(one_b, on(b), nulls_not_distinct)]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub a: Integer,
    pub b: Option<Integer>,
}
