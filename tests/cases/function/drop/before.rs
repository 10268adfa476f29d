use tablewright_declare::prelude::*;

/// One more
#[derive(Function)]
#[function(name = "next_one", arguments("a integer"), returns = "integer", language = sql, volatility = immutable, strict, security_definer, leakproof, parallel = safe, cost = 7, set(search_path = "''", work_mem = "'8MB'"), body = "SELECT a + 1")]
pub struct NextOne;
