use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "groups")]
pub struct Group {
    #[column(primary_key)]
    pub id: Integer,
}

#[derive(Table)]
#[table(name = "items")]
#[foreign_key(items_group_id_fkey, on(group_id), references(Group::id), on_delete = cascade)]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub group_id: Option<Integer>,
}
