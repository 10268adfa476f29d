use tablewright_declare::prelude::*;

#[derive(Function)]
#[function(name = "next_one", arguments("a integer", "b integer DEFAULT 1"), returns = "integer", language = sql, body = "SELECT a + b")]
pub struct NextOne;
