use tablewright_declare::prelude::*;

#[derive(Table)]
#[table(name = "items")]
pub struct Item {
    #[column(primary_key)]
    pub id: Integer,
    pub varchar: Option<Varchar<255>>,
    pub character: Option<Char<3>>,
    pub numeric: Option<Numeric<10, 2>>,
    pub precise: Option<Numeric<5>>,
    pub time: Option<Time<3>>,
    pub timetz: Option<Timetz<0>>,
    pub timestamp: Option<Timestamp<6>>,
    pub timestamptz: Option<Timestamptz<3>>,
    pub interval: Option<Interval<2>>,
    pub bit: Option<Bit<8>>,
    pub varbit: Option<Varbit<12>>,
}
