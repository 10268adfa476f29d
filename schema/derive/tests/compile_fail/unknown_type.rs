//! A type is misspelt, or not imported.

use tablewright_declare::prelude::*;

#[derive(Table)]
pub struct Person {
    pub id: Uid,
}

fn main() {}
