use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[index(items_name, on(name))]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub name: Text,
    #[column(collate = "C")]
    pub code: Text,
}
