use tablewright_declare::prelude::*;

#[derive(EnumType)]
pub enum State {
    Open,
    Done,
    Gone,
}
