use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "groups")]
#[unique(groups_id_code_key, on(id, code))]
pub struct Group {
    #[column(primary_key)]
    pub id: Integer,
    pub code: Text,
}

#[derive(Table)]
#[table(name = "items")]
#[foreign_key(items_group, on(group_id, group_code), references(Group::id, Group::code), match_full, on_update = cascade)]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub group_id: Option<Integer>,
    pub group_code: Option<Text>,
    #[column(default = 0)]
    pub zero: Integer,
}
