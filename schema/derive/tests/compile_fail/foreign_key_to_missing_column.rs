//! A foreign key names a column that the other table doesn't have.

use tablewright_declare::prelude::*;

#[derive(Table)]
pub struct Team {
    #[column(primary_key)]
    pub id: Uuid,
}

#[derive(Table)]
pub struct Person {
    #[column(references(Team::idd))]
    pub team_id: Uuid,
}

fn main() {}
