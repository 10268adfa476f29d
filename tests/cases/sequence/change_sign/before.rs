use tablewright_declare::prelude::*;

#[derive(Sequence)]
#[sequence(name = "numbers")]
pub struct Numbers;
