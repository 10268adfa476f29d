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
    pub no_action_id: Option<Integer>,
    pub restrict_id: Option<Integer>,
    pub cascade_id: Option<Integer>,
    pub set_null_id: Option<Integer>,
    pub set_default_id: Option<Integer>,
}
