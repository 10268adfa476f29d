use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "parcels")]
pub struct Parcel {
    #[column(primary_key)]
    pub id: BigInt,
    pub grams: Integer,
}
