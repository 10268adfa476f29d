use tablewright_declare::prelude::*;

#[derive(EnumType)]
pub enum Mood {
    #[value("not so good")]
    NotSoGood,
    Fine,
    Great,
}

#[derive(Table)]
#[table(name = "simple_types")]
pub struct SimpleTypes {
    #[column(primary_key)]
    pub a: BigInt,
    pub b: SmallInt,
    pub c: Option<Integer>,
    pub d: Numeric<10, 2>,
    pub e: Option<Numeric>,
    pub f: Real,
    pub g: Option<DoublePrecision>,
    pub h: Boolean,
    pub i: Option<Varchar<40>>,
    pub j: Char<2>,
    pub k: Bytea,
    pub l: Option<Date>,
    pub m: Time<3>,
    pub n: Option<Timestamp>,
    pub o: Timestamptz<0>,
    pub p: Option<Interval>,
    pub q: Json,
    pub r: Option<Inet>,
    pub s: Bit<8>,
    pub t: Option<Varbit<8>>,
    pub u: Tsvector,
    pub v: Int4Range,
    pub w: Vec<Integer>,
    pub x: Option<Vec<Mood>>,
    pub y: Mood,
    pub z: Option<Mood>,
}
