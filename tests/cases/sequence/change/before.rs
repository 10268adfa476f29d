use tablewright_declare::prelude::*;

#[derive(Sequence)]
#[sequence(name = "numbers", start = 10, increment = 2, cache = 4, cycle)]
pub struct Numbers;
