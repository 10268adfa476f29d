use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[index(items_prefix, on(name.opclass("text_pattern_ops").collate("C")))]
#[index(items_data, on(data.opclass("jsonb_path_ops")), using = gin)]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub name: Text,
    pub size: Option<Integer>,
    pub tags: Vec<Text>,
    pub data: Jsonb<Value>,
}
