use tablewright_declare::prelude::*;

#[derive(Extension)]
#[extension(name = "btree_gist")]
pub struct BtreeGist;

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub room: Integer,
    pub during: TstzRange,
}
