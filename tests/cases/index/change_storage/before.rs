use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[index(items_name, on(name), with(fillfactor = 70, deduplicate_items = off))]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub name: Text,
    pub size: Option<Integer>,
    pub tags: Vec<Text>,
    pub data: Jsonb<Value>,
}
