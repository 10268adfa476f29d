//! An index names a field that the struct doesn't have.

use tablewright_declare::prelude::*;

#[derive(Table)]
#[index(idx_people_created_at, on(creatd_at.desc()))]
pub struct Person {
    pub created_at: Timestamptz,
}

fn main() {}
