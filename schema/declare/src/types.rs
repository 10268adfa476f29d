//! The types of columns, one for each built-in type of PostgreSQL (documentation, chapter 8, Data Types).
//!
//! - `Option<T>` is a nullable column, `T` alone is NOT NULL.
//! - `Vec<T>` is an array.
//! - A number in angle brackets is the modifier: `Varchar<255>`, `Numeric<10, 2>`, `Timestamptz<3>`;
//!   leave it out for none.
//! - `Jsonb<T>` is a JSON document whose shape is declared with `#[derive(JsonObject)]`.
//! - For what is not here, say it yourself: `#[column(type = "public.citext")] pub email: Other`.
//!
//! These types are only ever named. No value of them exists.

use std::marker::PhantomData;

use crate::check::{ColumnType, JsonType};

/// What a modifier is when it is left out.
pub const NO_MODIFIER: i32 = -1;

/// Declares column types: documentation, name, modifiers, and the family that foreign keys compare.
macro_rules! column_types {
    ($($(#[$doc:meta])* $name:ident $([$($modifier:ident),+])? in $family:ty;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name $(<$(const $modifier: i32 = NO_MODIFIER),+>)?;

        impl $(<$(const $modifier: i32),+>)? ColumnType for $name $(<$($modifier),+>)? {
            type Family = $family;
        }
    )+};
}

column_types! {
    /// `smallint`: 2 bytes
    SmallInt in BigInt;
    /// `integer`: 4 bytes
    Integer in BigInt;
    /// `bigint`: 8 bytes
    BigInt in BigInt;
    /// `numeric`, `Numeric<10, 2>` is `numeric(10,2)`: exact, of any size
    Numeric[PRECISION, SCALE] in Numeric;
    /// `real`: 4 bytes, inexact
    Real in DoublePrecision;
    /// `double precision`: 8 bytes, inexact
    DoublePrecision in DoublePrecision;
    /// `money`: depends on the server's locale; prefer [`Numeric`]
    Money in Money;
    /// `boolean`
    Boolean in Boolean;

    /// `text`
    Text in Text;
    /// `varchar`, `Varchar<255>` is `varchar(255)`
    Varchar[LENGTH] in Text;
    /// `char`, `Char<2>` is `char(2)`: padded with blanks, so prefer [`Text`]
    Char[LENGTH] in Char;
    /// `"char"`: one byte; PostgreSQL's own catalogs use it
    InternalChar in InternalChar;
    /// `name`: an identifier of PostgreSQL, 63 bytes at most
    Name in Text;
    /// `bytea`: bytes
    Bytea in Bytea;
    /// `bit`, `Bit<8>` is `bit(8)`
    Bit[LENGTH] in Bit;
    /// `bit varying`, `Varbit<8>` is `bit varying(8)`
    Varbit[LENGTH] in Varbit;

    /// `date`
    Date in Date;
    /// `time`, `Time<3>` is `time(3)`: a time of day
    Time[PRECISION] in Time;
    /// `time with time zone`: a time of day with an offset; of little use, see the documentation
    Timetz[PRECISION] in Timetz;
    /// `timestamp`, `Timestamp<3>` is `timestamp(3)`: what a wall clock shows, no point in time
    Timestamp[PRECISION] in Timestamp;
    /// `timestamptz`, `Timestamptz<3>` is `timestamptz(3)`: a point in time
    Timestamptz[PRECISION] in Timestamptz;
    /// `interval`, `Interval<3>` is `interval(3)`
    Interval[PRECISION] in Interval;

    /// `uuid`
    Uuid in Uuid;
    /// `xml`
    Xml in Xml;
    /// `inet`: an address, perhaps with a network
    Inet in Inet;
    /// `cidr`: a network
    Cidr in Inet;
    /// `macaddr`: 6 bytes
    Macaddr in Macaddr;
    /// `macaddr8`: 8 bytes
    Macaddr8 in Macaddr8;

    /// `point`
    Point in Point;
    /// `line`
    Line in Line;
    /// `lseg`: a part of a line
    Lseg in Lseg;
    /// `box`
    Box in Box;
    /// `path`
    Path in Path;
    /// `polygon`
    Polygon in Polygon;
    /// `circle`
    Circle in Circle;

    /// `tsvector`: a text made ready for search
    Tsvector in Tsvector;
    /// `tsquery`: a search
    Tsquery in Tsquery;

    /// `oid`: an object of PostgreSQL's catalog
    Oid in Oid;
    /// `pg_lsn`: a place in the write-ahead log
    PgLsn in PgLsn;
    /// `regclass`: a relation, by name
    Regclass in Oid;
    /// `regtype`: a type, by name
    Regtype in Oid;

    /// `int4range`
    Int4Range in Int4Range;
    /// `int8range`
    Int8Range in Int8Range;
    /// `numrange`
    NumRange in NumRange;
    /// `tsrange`
    TsRange in TsRange;
    /// `tstzrange`
    TstzRange in TstzRange;
    /// `daterange`
    DateRange in DateRange;
    /// `int4multirange`
    Int4Multirange in Int4Multirange;
    /// `int8multirange`
    Int8Multirange in Int8Multirange;
    /// `nummultirange`
    NumMultirange in NumMultirange;
    /// `tsmultirange`
    TsMultirange in TsMultirange;
    /// `tstzmultirange`
    TstzMultirange in TstzMultirange;
    /// `datemultirange`
    DateMultirange in DateMultirange;

    /// Any type that is not listed here; `#[column(type = "...")]` has to say which
    Other in Other;
}

/// A count that an interface's own field holds: `count(*)`, read as a number.
pub type Count = Integer;

/// `json`: a document kept as text, blanks and all; prefer [`Jsonb`].
///
/// `Json<T>` and `Json<Vec<T>>` say its shape, `T` being a struct with `#[derive(JsonObject)]`.
#[derive(Clone, Copy, Debug)]
pub struct Json<T = Value>(PhantomData<T>);

/// `jsonb`: a document.
///
/// `Jsonb<T>` and `Jsonb<Vec<T>>` say its shape, `T` being a struct with `#[derive(JsonObject)]`.
#[derive(Clone, Copy, Debug)]
pub struct Jsonb<T = Value>(PhantomData<T>);

/// Any JSON value: `unknown` to TypeScript.
#[derive(Clone, Copy, Debug)]
pub struct Value;

impl<T: JsonType> ColumnType for Json<T> {
    type Family = Json;
}

impl<T: JsonType> ColumnType for Jsonb<T> {
    type Family = Jsonb;
}

impl JsonType for Value {}
