//! The Rust types of columns.

use tablewright_syntax::builtin::{self, Builtin};

use super::rust::string;
use crate::kinds::{ForeignKey, Kind, Object, TypeName};
use crate::model::{Id, Schema};

/// A type as a field has it, and what only SQL can say of it.
pub struct Written {
    /// The type in Rust, without `Option`.
    pub rust: String,
    /// `type = "..."`
    pub attribute: Option<String>,
}

/// Writes a type; `item` gives the Rust name of an enum or a domain that is written in Rust.
pub fn written(ty: &TypeName, item: impl Fn(&Id) -> Option<String>) -> Written {
    let plain = |rust: String| Written {
        rust: format!("{}{rust}{}", "Vec<".repeat(ty.dimensions), ">".repeat(ty.dimensions)),
        attribute: None,
    };
    if let Some(schema) = &ty.schema {
        let ids = [Kind::Enumeration, Kind::Domain].map(|kind| Id::new(kind, [schema, &ty.name]));
        if let Some(rust) = ids.iter().find_map(item) {
            return plain(rust);
        }
    } else if let Some((builtin, modifiers)) = builtin(&ty.name) {
        return plain(with_modifiers(builtin, &modifiers));
    }
    let sql = ty.sql(&crate::sql::Style::default());
    Written { rust: "Other".into(), attribute: Some(format!("type = {}", string(&sql))) }
}

fn with_modifiers(builtin: &Builtin, modifiers: &[i64]) -> String {
    let written: Vec<String> = modifiers.iter().map(i64::to_string).collect();
    match (builtin.rust, written.as_slice()) {
        ("Json" | "Jsonb", _) => format!("{}<Value>", builtin.rust),
        (rust, []) => rust.to_owned(),
        (rust, written) => format!("{rust}<{}>", written.join(", ")),
    }
}

/// The built-in type that `format_type` spells so.
pub fn builtin(spelled: &str) -> Option<(&'static Builtin, Vec<i64>)> {
    let (start, rest) = spelled.split_once('(').unwrap_or((spelled, ""));
    let (inner, end) = rest.split_once(')').unwrap_or(("", ""));
    let modifiers: Vec<i64> = match inner {
        "" => Vec::new(),
        inner => inner.split(',').map(|it| it.trim().parse().ok()).collect::<Option<_>>()?,
    };
    let plain = format!("{start}{end}");
    let found = builtin::ALL.iter().find(|it| plain == format!("{}{}", it.sql, it.suffix))?;
    let is_same = found.check(&modifiers).is_ok() && found.sql_type(&modifiers) == spelled;
    is_same.then_some((found, modifiers))
}

/// Whether rustc lets a column of the one type reference one of the other.
pub fn can_reference(schema: &Schema, key: &ForeignKey) -> bool {
    let column = |schema_name: &str, table: &str, name: &str| match schema
        .get(&Id::new(Kind::Column, [schema_name, table, name]))?
        .as_ref()
    {
        Object::Column(column) => Some(family(schema, &column.ty)),
        _ => None,
    };
    key.columns.iter().zip(&key.to_columns).all(|(own, to)| {
        let (own, to) = (column(&key.schema, &key.table, own), column(&key.to_schema, &key.to_table, to));
        let widens = own.as_deref() == Some("BigInt") && matches!(to.as_deref(), Some("Numeric" | "DoublePrecision"));
        own == to || widens
    })
}

/// What the declaration's vocabulary calls the family of a type.
fn family(schema: &Schema, ty: &TypeName) -> String {
    let scalar = match &ty.schema {
        None => match builtin(&ty.name).map_or("Other", |(builtin, _)| builtin.rust) {
            "SmallInt" | "Integer" | "BigInt" => "BigInt",
            "Real" | "DoublePrecision" => "DoublePrecision",
            "Text" | "Varchar" | "Name" => "Text",
            "Inet" | "Cidr" => "Inet",
            "Oid" | "Regclass" | "Regtype" => "Oid",
            rust => rust,
        }
        .to_owned(),
        Some(place) => match schema.get(&Id::new(Kind::Domain, [place, &ty.name])).map(AsRef::as_ref) {
            Some(Object::Domain(domain)) => family(schema, &domain.ty),
            _ => format!("{place}.{}", ty.name),
        },
    };
    format!("{scalar}{}", "[]".repeat(ty.dimensions))
}
