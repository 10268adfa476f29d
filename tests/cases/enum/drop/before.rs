use tablewright_declare::prelude::*;

/// How far it is
#[derive(EnumType)]
pub enum State {
    Open,
    Done,
}
