use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[check("even number", "a % 2 = 0", no_inherit, comment = "they come in pairs")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    #[column(check = "a > 0")]
    pub a: Integer,
}
