use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "parcels")]
#[check(parcels_postage, "postage(grams) > 0")]
pub struct Parcel {
    #[column(primary_key)]
    pub id: BigInt,
    pub grams: Integer,
}
