use tablewright_declare::prelude::*;

#[derive(Sequence)]
#[sequence(name = "numbers", increment = -1)]
pub struct Numbers;
