use tablewright_declare::prelude::*;

#[derive(EnumType)]
pub enum State {
    Open,
    Done,
}

#[derive(Function)]
#[function(name = "next_one", arguments("a state", "VARIADIC rest state[]"), returns = "SETOF state", language = sql, rows = 5, body = "SELECT a")]
pub struct NextOne;
