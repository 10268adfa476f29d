use tablewright_declare::prelude::*;

#[derive(Function)]
#[function(name = "next_one", arguments("a integer"), returns = "integer", language = sql, volatility = stable, body = "SELECT a + 2")]
pub struct NextOne;
