use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[check(small, "a < 100 OR a IS NULL", comment = "limit")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub a: Integer,
}
