use tablewright_declare::prelude::*;

#[derive(Function)]
#[function(name = "next_one", arguments("b integer"), returns = "integer", language = sql, body = "SELECT b + 1")]
pub struct NextOne;
