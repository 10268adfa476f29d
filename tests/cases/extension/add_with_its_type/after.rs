use tablewright_declare::prelude::*;

#[derive(Extension)]
#[extension(name = "citext")]
pub struct Citext;

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    #[column(type = "citext")]
    pub email: Option<Other>,
}
