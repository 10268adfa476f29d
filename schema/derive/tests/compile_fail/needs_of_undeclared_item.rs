//! What a policy, a view or a list of exports names must be declared.

use tablewright_declare::prelude::*;

pub struct Stranger;

#[derive(Table)]
#[policy(everybody, using = "true", needs(Stranger))]
pub struct Person {
    pub id: Uuid,
}

#[derive(View)]
#[view(file = "missing.sql", needs(Stranger))]
pub struct People {
    pub id: Uuid,
}

#[derive(Sequence)]
#[sequence(owned_by = Person::number)]
pub struct PersonNumber;

pub const EXPORTS: &[&str] = exports![Stranger];

fn main() {}
