//! The name of a type, as a column or a domain uses it.

use serde::{Deserialize, Serialize};
use tablewright_syntax::builtin;

use super::{Context, Kind, Object, Raw};
use crate::model::{Id, Schema};
use crate::sql::Style;

/// A built-in type, or one of the schema's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeName {
    /// The schema of a type that is not built in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Built in: as `format_type` writes it, with modifiers. Otherwise the bare name.
    pub name: String,
    /// Array dimensions, 0 for a scalar. PostgreSQL does not tell one dimension from two.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub dimensions: usize,
}

impl TypeName {
    /// A built-in scalar type.
    pub fn builtin(name: impl Into<String>) -> Self {
        Self { schema: None, name: name.into(), dimensions: 0 }
    }

    /// A type of the schema's own.
    pub fn own(schema: impl Into<String>, name: impl Into<String>) -> Self {
        Self { schema: Some(schema.into()), name: name.into(), dimensions: 0 }
    }

    /// The name as it stands in a statement.
    pub fn sql(&self, style: &Style) -> String {
        let scalar = match &self.schema {
            Some(schema) => style.name(schema, &self.name),
            None => self.name.clone(),
        };
        scalar + &"[]".repeat(self.dimensions)
    }

    /// What it could be an object of the schema by; at most one of them exists.
    pub fn needs(&self) -> Vec<Id> {
        let Some(schema) = &self.schema else { return Vec::new() };
        let of_kind = KINDS.map(|kind| Id::new(kind, [schema, &self.name]));
        of_kind.into_iter().chain(Raw::ids_of_type(schema, &self.name)).collect()
    }
}

/// The kinds that are types, or whose rows are of a type of the same name.
const KINDS: [Kind; 7] =
    [Kind::Enumeration, Kind::Domain, Kind::Composite, Kind::Range, Kind::BaseType, Kind::Table, Kind::View];

impl TypeName {
    /// Whether this object is the type, or makes it as a range makes its multirange.
    pub fn is(&self, schema: &Schema, id: &Id) -> bool {
        let multirange = match schema.get(id).map(AsRef::as_ref) {
            Some(Object::Range(it)) => {
                self.schema.as_ref() == Some(&it.multirange_schema) && self.name == it.multirange
            }
            _ => false,
        };
        multirange || self.needs().contains(id)
    }

    /// The type that values can be kept as while the schema's own types are made anew.
    pub fn beneath(&self, schema: &Schema) -> TypeName {
        let own = self.needs().iter().find_map(|id| schema.get(id).cloned());
        let ty = match own.as_deref() {
            Some(Object::Domain(domain)) if domain.ty.schema.is_none() => domain.ty.clone(),
            Some(Object::Domain(domain)) => domain.ty.beneath(schema),
            _ => TypeName::builtin("text"),
        };
        TypeName { dimensions: ty.dimensions + self.dimensions, ..ty }
    }

    /// What it needs of a schema: the enum or domain, or the extension that it may come with.
    pub fn needs_in(&self, schema: &Schema) -> Vec<Id> {
        let needs = self.needs();
        if self.is_built_in() || needs.iter().any(|need| schema.contains(need)) {
            return needs;
        }
        let extensions = schema.below(&Id::new(Kind::Extension, [] as [String; 0]));
        extensions.map(|(id, _)| id.clone()).collect()
    }

    fn is_built_in(&self) -> bool {
        // `timestamp(3) with time zone` without its modifier.
        let (start, rest) = self.name.split_once('(').unwrap_or((&self.name, ""));
        let end = rest.split_once(')').map_or("", |(_, end)| end);
        let plain = format!("{start}{end}");
        self.schema.is_none() && builtin::ALL.iter().any(|it| plain == format!("{}{}", it.sql, it.suffix))
    }
}

/// Whether a column holds values of this type, at any depth, so that PostgreSQL refuses to alter it.
pub fn is_stored(schema: &Schema, id: &Id) -> bool {
    schema.needed_by(id).any(|user| match user.kind {
        Kind::Column => true,
        Kind::Domain | Kind::Composite | Kind::Range => is_stored(schema, user),
        _ => false,
    })
}

/// Whether there can be values of it: a type that no column holds has none.
pub fn has_values(schema: &Schema, id: &Id) -> bool {
    !matches!(id.kind, Kind::Domain | Kind::Composite | Kind::Range | Kind::Enumeration) || is_stored(schema, id)
}

/// The columns that come to hold values of this type, at any depth.
pub fn new_columns_of(context: &Context, id: &Id) -> Vec<Id> {
    let users = context.to.needed_by(id).flat_map(|user| match user.kind {
        Kind::Column if !context.from.contains(user) => vec![user.clone()],
        Kind::Domain | Kind::Composite | Kind::Range => new_columns_of(context, user),
        _ => Vec::new(),
    });
    users.collect()
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}
