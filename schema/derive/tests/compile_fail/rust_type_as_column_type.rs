//! `String` is Rust's word, a column has one of PostgreSQL's; and not every struct is a type.

use tablewright_declare::prelude::*;

pub struct Address;

#[derive(Table)]
pub struct Person {
    pub name: String,
}

#[derive(Table)]
pub struct House {
    pub address: Option<Address>,
}

fn main() {}
