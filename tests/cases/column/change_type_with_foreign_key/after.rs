use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: BigInt,
}

#[derive(Table)]
#[table(name = "parts")]
#[foreign_key(parts_item, on(item_id), references(Item::id))]
#[unique(on(item_id))]
pub struct Part {
    #[column(primary_key)]
    pub id: Integer,
    pub item_id: BigInt,
}
