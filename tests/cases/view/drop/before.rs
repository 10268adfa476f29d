use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub name: Text,
}

/// Some of them
#[derive(View)]
#[view(sql = "SELECT id, name FROM items WHERE id > 1", needs(Item))]
pub struct SomeItem {
    pub id: Option<Integer>,
    pub name: Option<Text>,
}
