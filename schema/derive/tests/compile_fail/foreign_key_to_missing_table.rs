//! A foreign key names a table that is not declared, or not imported.

use tablewright_declare::prelude::*;

#[derive(Table)]
pub struct Person {
    #[column(references(Team::id))]
    pub team_id: Uuid,
}

fn main() {}
