use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "groups")]
pub struct Group {
    #[column(primary_key)]
    pub id: Integer,
    #[column(references(Item::id, name = a_favourite))]
    pub favourite_id: Option<Integer>,
}

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    #[column(references(Group::id))]
    pub group_id: Option<Integer>,
}
