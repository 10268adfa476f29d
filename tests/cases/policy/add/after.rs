use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
#[row_level_security]
#[policy("Users see their own", for = select, to("pg_monitor", "pg_read_all_stats"), using = "name = current_setting('app.name', true)", restrictive, comment = "own rows")]
#[policy(writers, for = insert, with_check = "name <> ''")]
#[policy(all_of_it, using = "true", with_check = "false")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub name: Text,
}
