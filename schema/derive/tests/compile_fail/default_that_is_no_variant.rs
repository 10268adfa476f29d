//! A default names a value that the enum doesn't have, or one of another enum.

use tablewright_declare::prelude::*;

#[derive(TextEnum)]
pub enum Mood {
    Happy,
    Sad,
}

#[derive(TextEnum)]
pub enum Weather {
    Sunny,
}

#[derive(Table)]
pub struct Person {
    #[column(default = Mood::Hapy)]
    pub mood: Option<Mood>,
    #[column(default = Weather::Sunny)]
    pub other_mood: Mood,
}

fn main() {}
