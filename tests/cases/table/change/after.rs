use tablewright_declare::prelude::*;

/// Things that we sell
#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub name: Text,
}
