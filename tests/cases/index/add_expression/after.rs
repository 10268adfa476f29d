use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[unique_index(items_key, on(name, sql("COALESCE(size, 0)")))]
#[index(items_sum, on(sql("size + 1"), sql("lower(name)").desc(), sql("(data ->> 'a')")))]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub name: Text,
    pub size: Option<Integer>,
    pub tags: Vec<Text>,
    pub data: Jsonb<Value>,
}
