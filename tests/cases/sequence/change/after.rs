use tablewright_declare::prelude::*;

#[derive(Sequence)]
#[sequence(name = "numbers", as = integer, min = 5, max = 500)]
pub struct Numbers;
