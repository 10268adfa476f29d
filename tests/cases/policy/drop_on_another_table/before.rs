use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "members")]
pub struct Member {
    #[column(primary_key)]
    pub id: Integer,
    pub name: Text,
}

#[derive(Table)]
#[table(name = "items")]
#[row_level_security]
#[policy(members_only, using = "name IN (SELECT m.name FROM members AS m)", needs(Member))]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub name: Text,
}
