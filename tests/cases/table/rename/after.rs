use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "products")]
#[primary_key(items_pkey, on(id))]
#[unique(items_name_key, on(name))]
#[check(named, "name <> ''")]
#[index(items_lower_name, on(sql("lower(name)")))]
#[foreign_key(items_parent_id_fkey, on(parent_id), references(Product::id))]
pub struct Product {
    pub id: Integer,
    pub parent_id: Option<Integer>,
    pub name: Text,
}
