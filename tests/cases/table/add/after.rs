use tablewright_declare::prelude::*;

/// Things
#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    /// What people call it
    pub name: Text,
    pub size: Option<Numeric<10, 2>>,
}
