use tablewright_declare::prelude::*;

#[derive(Sequence)]
#[sequence(name = "numbers")]
pub struct Numbers;

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    #[column(default = sql("nextval('numbers')"))]
    pub number: BigInt,
}
