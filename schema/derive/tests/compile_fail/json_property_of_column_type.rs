//! The properties of a JSON object have JSON's types, not those of columns.

use tablewright_declare::prelude::*;

pub struct Colour;

#[derive(JsonObject)]
pub struct Settings {
    pub colour: Option<Colour>,
}

#[derive(Table)]
pub struct Person {
    pub colours: Jsonb<Colour>,
}

fn main() {}
