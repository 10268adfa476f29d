use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    #[column(identity(by_default, start = 10, increment = 2, cache = 5))]
    pub number: Integer,
}
