use tablewright_declare::prelude::*;

#[derive(Sequence)]
#[sequence(name = "counter", owned_by = Item::number)]
pub struct Numbers;

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    #[column(default = sql("nextval('counter')"))]
    pub number: BigInt,
}
