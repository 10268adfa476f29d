use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub width: Integer,
    #[column(generated = "width * 2")]
    pub area: Option<Integer>,
}
