//! How the values of one type become those of another: the expression behind `USING`.
//!
//! Source: PostgreSQL documentation, pg_cast and "Value Expressions", 4.2.9.

use super::Column;
use crate::kinds::{Object, TypeName};
use crate::model::Schema;
use crate::sql::{self, Style};

/// Types of which each can be cast to each other of its group.
const GROUPS: &[&[&str]] = &[
    &["smallint", "integer", "bigint", "numeric", "real", "double precision"],
    &["numeric", "integer", "bigint", "money"],
    &["smallint", "integer", "bigint", "oid"],
    &["integer", "boolean"],
    &["integer", "\"char\""],
    &["date", "timestamp without time zone", "timestamp with time zone"],
    &["interval", "time without time zone"],
    &["time without time zone", "time with time zone"],
    &["json", "jsonb"],
    &["inet", "cidr"],
    &["macaddr", "macaddr8"],
    &["bit", "bit varying"],
    &["integer", "bigint", "bit"],
];

/// Pairs of which only the first can be cast to the second.
const ONE_WAY: &[(&str, &str)] = &[
    ("timestamp without time zone", "time without time zone"),
    ("timestamp with time zone", "time without time zone"),
    ("timestamp with time zone", "time with time zone"),
    ("jsonb", "boolean"),
    ("jsonb", "smallint"),
    ("jsonb", "integer"),
    ("jsonb", "bigint"),
    ("jsonb", "numeric"),
    ("jsonb", "real"),
    ("jsonb", "double precision"),
];

/// Every value can be cast to these and from them, by way of its text.
const TEXTS: &[&str] = &["text", "character varying", "character", "name", "bpchar"];

impl Column {
    /// The expression that makes values of this column's type values of the other's.
    pub(super) fn conversion(&self, style: &Style, to: &Self, schemas: (&Schema, &Schema)) -> String {
        self.converted(&sql::ident(&to.name), style, to, schemas)
    }

    /// The same, of this value of this column's type.
    pub(in crate::kinds) fn converted(
        &self,
        name: &str,
        style: &Style,
        to: &Self,
        schemas: (&Schema, &Schema),
    ) -> String {
        let ty = to.ty.sql(style);
        let (from, onto) = (bare(&self.ty, schemas.0), bare(&to.ty, schemas.1));
        match (from.dimensions, onto.dimensions) {
            (0, 1..) => format!("CASE WHEN {name} IS NOT NULL THEN ARRAY[{name}]::text[]::{ty} END"),
            // A domain over an array can't be cast by its elements, but its text is that of the array.
            (1.., 0) if self.ty.dimensions == 0 => format!("({name}::text::text[])[1]::{ty}"),
            (1.., 0) => format!("{name}[1]::text::{ty}"),
            _ if can_be_cast(from.name.as_deref(), onto.name.as_deref()) => format!("{name}::{ty}"),
            (0, 0) => format!("{name}::text::{ty}"),
            _ => format!("{name}::text[]::{ty}"),
        }
    }
}

impl Column {
    /// Whether PostgreSQL has a cast for the values, rather than that they go by their text, which few of them survive.
    pub fn has_cast(&self, to: &Self, schemas: (&Schema, &Schema)) -> bool {
        let (from, onto) = (bare(&self.ty, schemas.0), bare(&to.ty, schemas.1));
        let built_in = from.name.is_some() && onto.name.is_some();
        !built_in || from.dimensions != onto.dimensions || can_be_cast(from.name.as_deref(), onto.name.as_deref())
    }
}

/// What lies beneath a type.
struct Bare {
    /// The name of the built-in scalar type, without modifiers. None: an enum, or another type of the schema's own.
    name: Option<String>,
    /// How many dimensions it and the domains over it have together.
    dimensions: usize,
}

fn bare(ty: &TypeName, schema: &Schema) -> Bare {
    let domain = ty.needs().into_iter().find_map(|id| match schema.get(&id)?.as_ref() {
        Object::Domain(domain) => Some(domain.ty.clone()),
        _ => None,
    });
    match domain {
        Some(beneath) => {
            let Bare { name, dimensions } = bare(&beneath, schema);
            Bare { name, dimensions: dimensions + ty.dimensions }
        }
        None if ty.schema.is_some() => Bare { name: None, dimensions: ty.dimensions },
        None => {
            let (start, rest) = ty.name.split_once('(').unwrap_or((&ty.name, ""));
            let name = start.to_owned() + rest.split_once(')').map_or("", |(_, end)| end);
            Bare { name: Some(name), dimensions: ty.dimensions }
        }
    }
}

fn can_be_cast(from: Option<&str>, to: Option<&str>) -> bool {
    let is_text = |ty: Option<&str>| ty.is_some_and(|ty| TEXTS.contains(&ty));
    let (Some(from), Some(to)) = (from, to) else { return is_text(from) || is_text(to) };
    let together = |group: &&[&str]| group.contains(&from) && group.contains(&to);
    let texts = TEXTS.contains(&from) || TEXTS.contains(&to);
    from == to || texts || ONE_WAY.contains(&(from, to)) || GROUPS.iter().any(together)
}

#[cfg(test)]
mod tests {
    use super::can_be_cast;

    #[test]
    fn what_has_no_cast_goes_by_its_text() {
        let cases = [
            ("integer", "bigint", true),
            ("text", "uuid", true),
            ("uuid", "integer", false),
            ("timestamp with time zone", "time with time zone", true),
            ("time with time zone", "timestamp with time zone", false),
            ("boolean", "bigint", false),
            ("\"char\"", "text", true),
            ("\"char\"", "interval", false),
        ];
        for (from, to, expected) in cases {
            assert_eq!(can_be_cast(Some(from), Some(to)), expected, "{from} to {to}");
        }
        assert!(!can_be_cast(None, None), "one enum to another");
        assert!(can_be_cast(None, Some("text")), "an enum to text");
    }
}
