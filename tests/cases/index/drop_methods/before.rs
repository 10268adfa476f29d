use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[index(items_hash, on(name), using = hash)]
#[index(items_gin, on(tags), using = gin, with(fastupdate = off))]
#[index(items_brin, on(size), using = brin, with(pages_per_range = 16))]
#[index(items_spgist, on(name), using = spgist)]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub name: Text,
    pub size: Option<Integer>,
    pub tags: Vec<Text>,
    pub data: Jsonb<Value>,
}
