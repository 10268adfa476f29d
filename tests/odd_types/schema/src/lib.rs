//! Everything that is odd about names and types, in one table.

use tablewright_declare::prelude::*;

/// How somebody feels
#[derive(EnumType)]
#[enum_type(name = "Mood of \"day\"")]
pub enum Mood {
    /// Good
    #[value("very happy")]
    Happy,
    Sad,
}

#[derive(TextEnum)]
pub enum Size {
    Small,
    #[value("it's \"big\"\\")]
    Big,
}

#[derive(Domain)]
#[domain(check(has_at, "VALUE ~ '@'"))]
pub struct Email(Text);

#[derive(Domain)]
pub struct WorkEmail(Email);

#[derive(Domain)]
pub struct Price(Numeric<10, 2>);

/// Holds itself, and odd names
#[derive(JsonObject)]
pub struct Shape {
    #[json(name = "type")]
    pub kind: String,
    #[json(name = "max-width")]
    pub width: Option<i64>,
    #[json(name = "max_width")]
    pub second: Option<Option<bool>>,
    pub parent: Option<Shape>,
    pub children: Vec<Shape>,
    pub size: Option<Size>,
}

/// Odd
///
/// in every way
#[derive(Table)]
#[table(name = "Odd \"things\"")]
#[unique(uq_odd, on(r#type), natural_key)]
pub struct Result {
    #[column(primary_key, identity = always)]
    pub id: BigInt,
    /// A word of Rust
    pub r#type: Text,
    pub a_b: Integer,
    pub a__b: Option<Integer>,
    #[column(name = "select")]
    pub select_: Option<Boolean>,
    pub mood: Mood,
    pub moods: Option<Vec<Mood>>,
    pub size: Option<Size>,
    pub email: Option<Email>,
    pub work_email: Option<WorkEmail>,
    pub price: Option<Price>,
    pub amount: Numeric<30, 10>,
    pub amounts: Option<Vec<Numeric>>,
    pub lasts: Option<Interval>,
    pub span: Option<TstzRange>,
    pub address: Option<Inet>,
    pub emails: Option<Vec<Email>>,
    pub names: Vec<Text>,
    pub grid: Option<Vec<Vec<Integer>>>,
    pub day: Option<Date>,
    pub noon: Option<Time>,
    pub local: Option<Timestamp>,
    pub instant: Option<Timestamptz>,
    pub bytes: Option<Bytea>,
    pub letter: Option<Char<1>>,
    pub shapes: Option<Jsonb<Vec<Shape>>>,
    pub anything: Option<Json<Value>>,
}

/// Takes the name that the columns of another would have
#[derive(Table)]
#[unique(uq_column_a, on(a), natural_key)]
pub struct ResultColumn {
    #[column(primary_key)]
    pub a: Integer,
}
