//! The built-in types of PostgreSQL and the Rust names that declare them.
//!
//! The SQL names are spelled as `format_type` spells them (PostgreSQL documentation, Data Types).

use std::ops::RangeInclusive;

/// A built-in scalar type.
#[derive(Debug, PartialEq, Eq)]
pub struct Builtin {
    /// The Rust name that declares it: `Timestamptz`.
    pub rust: &'static str,
    /// Its SQL name up to the modifiers: `timestamp`.
    pub sql: &'static str,
    /// What follows the modifiers: ` with time zone`.
    pub suffix: &'static str,
    /// The modifiers it may take, each with its range; all may be left out, from the last to the first.
    pub modifiers: &'static [RangeInclusive<i64>],
    /// The modifier that PostgreSQL assumes if there is none: `bit` is `bit(1)`.
    pub implied: Option<i64>,
}

const LENGTH: &[RangeInclusive<i64>] = &[1..=10_485_760];
const BITS: &[RangeInclusive<i64>] = &[1..=83_886_080];
const PRECISION_AND_SCALE: &[RangeInclusive<i64>] = &[1..=1000, -1000..=1000];
const SECONDS: &[RangeInclusive<i64>] = &[0..=6];

/// Every built-in scalar type that can be declared by name.
#[rustfmt::skip]
pub const ALL: &[Builtin] = &[
    plain("SmallInt", "smallint"),
    plain("Integer", "integer"),
    plain("BigInt", "bigint"),
    modified("Numeric", "numeric", PRECISION_AND_SCALE),
    plain("Real", "real"),
    plain("DoublePrecision", "double precision"),
    plain("Money", "money"),
    plain("Boolean", "boolean"),
    plain("Text", "text"),
    modified("Varchar", "character varying", LENGTH),
    Builtin { implied: Some(1), ..modified("Char", "character", LENGTH) },
    plain("InternalChar", "\"char\""),
    plain("Name", "name"),
    plain("Bytea", "bytea"),
    plain("Date", "date"),
    Builtin { suffix: " without time zone", ..modified("Time", "time", SECONDS) },
    Builtin { suffix: " with time zone", ..modified("Timetz", "time", SECONDS) },
    Builtin { suffix: " without time zone", ..modified("Timestamp", "timestamp", SECONDS) },
    Builtin { suffix: " with time zone", ..modified("Timestamptz", "timestamp", SECONDS) },
    modified("Interval", "interval", SECONDS),
    plain("Uuid", "uuid"),
    plain("Json", "json"),
    plain("Jsonb", "jsonb"),
    plain("Xml", "xml"),
    plain("Inet", "inet"),
    plain("Cidr", "cidr"),
    plain("Macaddr", "macaddr"),
    plain("Macaddr8", "macaddr8"),
    Builtin { implied: Some(1), ..modified("Bit", "bit", BITS) },
    modified("Varbit", "bit varying", BITS),
    plain("Point", "point"),
    plain("Line", "line"),
    plain("Lseg", "lseg"),
    plain("Box", "box"),
    plain("Path", "path"),
    plain("Polygon", "polygon"),
    plain("Circle", "circle"),
    plain("Tsvector", "tsvector"),
    plain("Tsquery", "tsquery"),
    plain("Oid", "oid"),
    plain("PgLsn", "pg_lsn"),
    plain("Regclass", "regclass"),
    plain("Regtype", "regtype"),
    plain("Int4Range", "int4range"),
    plain("Int8Range", "int8range"),
    plain("NumRange", "numrange"),
    plain("TsRange", "tsrange"),
    plain("TstzRange", "tstzrange"),
    plain("DateRange", "daterange"),
    plain("Int4Multirange", "int4multirange"),
    plain("Int8Multirange", "int8multirange"),
    plain("NumMultirange", "nummultirange"),
    plain("TsMultirange", "tsmultirange"),
    plain("TstzMultirange", "tstzmultirange"),
    plain("DateMultirange", "datemultirange"),
];

/// Second names of built-in types: what an interface counts is an integer.
const ALIASES: &[(&str, &str)] = &[("Count", "Integer")];

/// The built-in type that a Rust name declares.
pub fn find(rust: &str) -> Option<&'static Builtin> {
    let alias = ALIASES.iter().find(|(alias, _)| *alias == rust);
    let rust = alias.map_or(rust, |(_, meant)| meant);
    ALL.iter().find(|builtin| builtin.rust == rust)
}

impl Builtin {
    /// The type as `format_type` writes it: `timestamp(3) with time zone`, `numeric(10,2)`.
    pub fn sql_type(&self, modifiers: &[i64]) -> String {
        let written: Vec<String> = match (modifiers, self.implied) {
            ([], Some(implied)) => vec![implied.to_string()],
            _ => modifiers.iter().map(i64::to_string).collect(),
        };
        match written.is_empty() {
            true => format!("{}{}", self.sql, self.suffix),
            false => format!("{}({}){}", self.sql, written.join(","), self.suffix),
        }
    }

    /// Whether the modifiers are some that the type takes; the message says why not.
    pub fn check(&self, modifiers: &[i64]) -> Result<(), String> {
        if modifiers.len() > self.modifiers.len() {
            return Err(self.too_many());
        }
        for (modifier, range) in modifiers.iter().zip(self.modifiers) {
            if !range.contains(modifier) {
                return Err(self.out_of_range(*modifier, range));
            }
        }
        Ok(())
    }

    fn too_many(&self) -> String {
        match self.modifiers.len() {
            0 => format!("`{}` takes no modifier", self.rust),
            1 => format!("`{}` takes one modifier at most", self.rust),
            most => format!("`{}` takes {most} modifiers at most", self.rust),
        }
    }

    fn out_of_range(&self, modifier: i64, range: &RangeInclusive<i64>) -> String {
        let (rust, low, high) = (self.rust, range.start(), range.end());
        format!("the modifier {modifier} of `{rust}` is out of range; expected {low} to {high}")
    }
}

const fn plain(rust: &'static str, sql: &'static str) -> Builtin {
    modified(rust, sql, &[])
}

const fn modified(rust: &'static str, sql: &'static str, modifiers: &'static [RangeInclusive<i64>]) -> Builtin {
    Builtin { rust, sql, suffix: "", modifiers, implied: None }
}
