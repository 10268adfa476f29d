use tablewright_declare::prelude::*;

#[derive(Function)]
#[function(name = "next_one", arguments("a integer"), returns = "integer", language = sql, volatility = immutable, body = "SELECT a + 1")]
pub struct NextOne;

#[derive(Table)]
#[table(name = "items")]
#[check(enough, "size >= next_one(0)")]
#[index(items_next, on(sql("next_one(id)")))]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    #[column(default = sql("next_one(1)"))]
    pub size: BigInt,
}
