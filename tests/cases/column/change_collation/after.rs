use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[index(items_name, on(name))]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    #[column(collate = "C")]
    pub name: Text,
    pub code: Text,
}
