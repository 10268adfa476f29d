use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[row_level_security]
#[policy(own, to("pg_monitor"), using = "name = 'b'", with_check = "name <> ''", comment = "stays")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub name: Text,
}
