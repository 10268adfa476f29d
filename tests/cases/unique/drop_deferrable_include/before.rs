use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[unique(one_a, on(a), include(b), deferrable)]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub a: Integer,
    pub b: Option<Integer>,
}
