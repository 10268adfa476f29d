use tablewright_declare::prelude::*;

#[derive(Function)]
#[function(name = "next_one", arguments("a integer"), returns = "integer", language = sql, body = "SELECT a + 1")]
pub struct NextOne;
