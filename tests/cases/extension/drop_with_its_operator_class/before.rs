use tablewright_declare::prelude::*;

#[derive(Extension)]
#[extension(name = "pg_trgm")]
pub struct PgTrgm;

#[derive(Table)]
#[table(name = "items")]
#[index(items_name_words, on(name.opclass("gin_trgm_ops")), using = gin)]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub name: Text,
}
