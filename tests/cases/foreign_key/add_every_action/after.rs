use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "groups")]
pub struct Group {
    #[column(primary_key)]
    pub id: Integer,
}

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    #[column(references(Group::id, on_delete = no_action, on_update = no_action))]
    pub no_action_id: Option<Integer>,
    #[column(references(Group::id, on_delete = restrict, on_update = restrict))]
    pub restrict_id: Option<Integer>,
    #[column(references(Group::id, on_delete = cascade, on_update = cascade))]
    pub cascade_id: Option<Integer>,
    #[column(references(Group::id, on_delete = set_null, on_update = set_null))]
    pub set_null_id: Option<Integer>,
    #[column(references(Group::id, on_delete = set_default, on_update = set_default))]
    pub set_default_id: Option<Integer>,
}
