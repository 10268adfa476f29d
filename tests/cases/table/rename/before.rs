use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[unique(on(name))]
#[check(named, "name <> ''")]
#[index(items_lower_name, on(sql("lower(name)")))]
#[foreign_key(items_parent_id_fkey, on(parent_id), references(Item::id))]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub parent_id: Option<Integer>,
    pub name: Text,
}
