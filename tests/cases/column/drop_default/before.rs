use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    #[column(default = "it's")]
    pub name: Text,
    #[column(default = 7)]
    pub size: Option<Integer>,
}
