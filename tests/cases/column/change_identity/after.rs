use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    #[column(identity(always, start = 20, min = 3, max = 1000, cycle))]
    pub number: Integer,
}
