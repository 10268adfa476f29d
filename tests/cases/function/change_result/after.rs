use tablewright_declare::prelude::*;

/// One more
#[derive(Function)]
#[function(name = "next_one", arguments("a integer"), returns = "bigint", language = sql, body = "SELECT a::bigint + 1")]
pub struct NextOne;
