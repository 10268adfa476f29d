//! A foreign key leads to a column that can't be compared; nullable or not makes no difference.

use tablewright_declare::prelude::*;

#[derive(Table)]
pub struct Team {
    #[column(primary_key)]
    pub id: Uuid,
    pub name: Text,
}

#[derive(Table)]
#[foreign_key(fk_person_team, on(team_name, team_id), references(Team::name, Team::name))]
pub struct Person {
    #[column(references(Team::name))]
    pub team_id: Option<Uuid>,
    pub team_name: Varchar<40>,
}

fn main() {}
