use tablewright_declare::prelude::*;

/// Numbers of orders
#[derive(Sequence)]
#[sequence(name = "numbers", as = integer, start = 1000, increment = 5, min = 10, max = 90000, cache = 3, cycle)]
pub struct Numbers;
