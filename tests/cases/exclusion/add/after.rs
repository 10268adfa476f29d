use tablewright_declare::prelude::*;

#[derive(Extension)]
#[extension(name = "btree_gist")]
pub struct BtreeGist;

#[derive(Table)]
#[table(name = "items")]
#[exclude(no_overlap, element(room, "="), element(during, "&&"), where = "room > 0", deferrable, comment = "one at a time")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub room: Integer,
    pub during: TstzRange,
}
