//! What JavaScript makes of PostgreSQL's built-in types.
//!
//! The one table of it. On a server the values are those of node-postgres 8 (its parsers are pg-types 2.2,
//! `textParsers.js`); what has no parser arrives as PostgreSQL's text. On the wire they are what `JSON.stringify`
//! makes of the same values.

use super::types::{Member, Type};

/// How a value is represented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `number`
    Number,
    /// `boolean`
    Boolean,
    /// `string`: PostgreSQL's text; also of numbers that a `number` can't hold.
    Text,
    /// `Date`, an ISO string on the wire.
    Instant,
    /// `{ years?: number; ... }`, without the parts that are zero.
    Interval,
    /// `Buffer`, which JSON carries as an object.
    Bytes,
    /// `{ x: number; y: number }`
    Point,
    /// `{ x: number; y: number; radius: number }`
    Circle,
}

/// How an array of the type is represented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Elements {
    /// As an array of the same values.
    Alike,
    /// As an array of numbers, though one value alone is a string.
    Numbers,
    /// As PostgreSQL's text (`{a,b}`), since the driver has no parser for it.
    Unparsed,
}

/// Shape, shape of an array's elements, and the built-in types by their Rust names.
#[rustfmt::skip]
const TABLE: &[(Shape, Elements, &[&str])] = &[
    (Shape::Number, Elements::Alike, &["SmallInt", "Integer", "Oid", "Real", "DoublePrecision"]),
    (Shape::Boolean, Elements::Alike, &["Boolean"]),
    (Shape::Text, Elements::Numbers, &["Numeric"]),
    (Shape::Text, Elements::Alike, &[
        "BigInt", "Money", "Text", "Varchar", "Char", "Uuid", "Time", "Timetz", "Inet", "Cidr", "Macaddr", "NumRange",
    ]),
    (Shape::Text, Elements::Unparsed, &[
        "InternalChar", "Name", "Xml", "Macaddr8", "Bit", "Varbit", "Tsvector", "Tsquery", "PgLsn", "Regclass",
        "Regtype", "Line", "Lseg", "Box", "Path", "Polygon", "Int4Range", "Int8Range", "TsRange", "TstzRange",
        "DateRange", "Int4Multirange", "Int8Multirange", "NumMultirange", "TsMultirange", "TstzMultirange",
        "DateMultirange",
    ]),
    (Shape::Instant, Elements::Alike, &["Date", "Timestamp", "Timestamptz"]),
    (Shape::Interval, Elements::Alike, &["Interval"]),
    (Shape::Bytes, Elements::Alike, &["Bytea"]),
    (Shape::Point, Elements::Alike, &["Point"]),
    (Shape::Circle, Elements::Unparsed, &["Circle"]),
];

const INTERVAL: [&str; 7] = ["years", "months", "days", "hours", "minutes", "seconds", "milliseconds"];

/// How a built-in type is represented, alone and in an array.
pub(super) fn find(rust: &str) -> Option<(Shape, Elements)> {
    TABLE.iter().find(|(_, _, names)| names.contains(&rust)).map(|(shape, elements, _)| (*shape, *elements))
}

impl Shape {
    /// The TypeScript type, for a server (`as_date`) or for the wire.
    pub(super) fn ts(self, as_date: bool) -> Type {
        match self {
            Shape::Number => Type::Keyword("number"),
            Shape::Boolean => Type::Keyword("boolean"),
            Shape::Text => Type::Keyword("string"),
            Shape::Instant if as_date => Type::named("Date"),
            Shape::Instant => Type::Keyword("string"),
            Shape::Interval => Type::Object(INTERVAL.map(|part| Member::number(part).optional()).into()),
            Shape::Bytes if as_date => Type::named("Buffer"),
            Shape::Bytes => Type::Object(vec![
                Member::new("type", Type::Text("Buffer".to_owned())),
                Member::new("data", Type::Array(Box::new(Type::Keyword("number")))),
            ]),
            Shape::Point => Type::Object(["x", "y"].map(Member::number).into()),
            Shape::Circle => Type::Object(["x", "y", "radius"].map(Member::number).into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_type_stands_in_the_table_once() {
        for builtin in tablewright_syntax::builtin::ALL.iter().filter(|it| !["Json", "Jsonb"].contains(&it.rust)) {
            let count = TABLE.iter().flat_map(|(_, _, names)| *names).filter(|it| **it == builtin.rust).count();
            assert_eq!(count, 1, "{}", builtin.rust);
        }
    }

    #[test]
    fn the_table_names_nothing_else() {
        for name in TABLE.iter().flat_map(|(_, _, names)| *names) {
            assert!(tablewright_syntax::builtin::find(name).is_some(), "{name}");
        }
    }
}
