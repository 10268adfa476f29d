use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[index(items_area, on(area))]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub width: Integer,
    #[column(generated = "width * 3")]
    pub area: Option<Integer>,
}
