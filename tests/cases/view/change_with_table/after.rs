use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub name: Text,
    pub size: Option<Integer>,
}

#[derive(View)]
#[view(sql = "SELECT id, size FROM items", needs(Item))]
pub struct EveryItem {
    pub id: Option<Integer>,
}
