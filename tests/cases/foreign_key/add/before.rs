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
    pub group_id: Option<Integer>,
}
