use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    #[column(default = "7")]
    pub size: Text,
    #[column(default = 1)]
    pub small: SmallInt,
}
