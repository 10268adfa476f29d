//! A trigger executes something that is declared, but no function.

use tablewright_declare::prelude::*;

#[derive(Table)]
#[trigger(set_updated_at, before(update), for_each_row, execute = Person)]
pub struct Person {
    pub id: Uuid,
}

fn main() {}
