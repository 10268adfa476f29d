//! An attribute is misspelt; all such mistakes are reported at once.

use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(nam = "people")]
pub struct Person {
    #[column(primry_key)]
    pub id: Uuid,
    #[column(references(Person::id, on_delte = cascade))]
    pub parent_id: Option<Uuid>,
}

fn main() {}
