use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    #[column(default = "new \\ 'quoted'")]
    pub name: Text,
    #[column(default = sql("clock_timestamp() - interval '1 day'"))]
    pub at: Timestamptz,
}
