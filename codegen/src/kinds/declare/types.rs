//! The types of columns, domains and fields.

use tablewright_syntax::{BaseType, ColumnDecl, EnumStorage, FileId, Text, TypeDecl, builtin};

use super::super::TypeName;
use super::{Found, Item, Names, sql_type};

/// The type that a declared type has in the database.
///
/// None where there is none; that is reported, here or by the parser.
pub fn own_type(
    file: FileId,
    ty: &TypeDecl,
    written: Option<&Text>,
    names: &Names,
    found: &mut Found,
) -> Option<TypeName> {
    if let Some(written) = written {
        return written_type(file, ty, written, names, found);
    }
    let base = match &ty.base {
        BaseType::Builtin { rust, modifiers } => TypeName::builtin(builtin::find(rust)?.sql_type(modifiers)),
        BaseType::Json { binary, object, .. } => {
            if let Some(object) = object {
                json_object(file, ty, object, names, found);
            }
            TypeName::builtin(if *binary { "jsonb" } else { "json" })
        }
        BaseType::Named(rust) => named(file, ty, rust, names, found)?,
        BaseType::Other => return None,
    };
    Some(TypeName { dimensions: ty.dimensions, ..base })
}

/// The type of a column, where its faults are reported elsewhere.
pub fn quiet_type(column: &ColumnDecl, names: &Names) -> Option<TypeName> {
    own_type(FileId::default(), &column.ty, column.sql_type.as_ref(), names, &mut Found::default())
}

/// Whether PostgreSQL compares values of the types, so that one can reference the other.
pub fn comparable(a: &TypeName, b: &TypeName) -> bool {
    family(a) == family(b) && (a.dimensions > 0) == (b.dimensions > 0)
}

/// Types of one family can be compared without a cast (documentation, Operators, 9.2 and 10.2).
fn family(ty: &TypeName) -> (Option<&str>, &str) {
    let bare = ty.name.split('(').next().unwrap_or_default();
    let family = match bare {
        "smallint" | "integer" | "bigint" => "integer",
        "text" | "character varying" | "character" => "text",
        _ if ty.schema.is_none() && bare.starts_with("timestamp") => "timestamp",
        _ => bare,
    };
    (ty.schema.as_deref(), family)
}

/// `type = "..."`
fn written_type(file: FileId, ty: &TypeDecl, written: &Text, names: &Names, found: &mut Found) -> Option<TypeName> {
    let read = match sql_type(&written.value) {
        Ok(read) => read,
        Err(message) => {
            let help = "write a type as SQL has it: `varchar(255)`, `public.citext`, `integer[]`";
            found.advise(file, written.span, message, Some(help.into()));
            return None;
        }
    };
    if let BaseType::Named(rust) = &ty.base {
        named(file, ty, rust, names, found)?;
    }
    let schema = read.schema.as_deref().unwrap_or("public");
    let own = read.own.filter(|name| names.has_type(schema, name));
    let scalar = match own {
        Some(name) => TypeName::own(schema, name),
        None => TypeName::builtin(read.spelled),
    };
    // The text may name the whole type or that of an array's elements.
    Some(TypeName { dimensions: read.dimensions.max(ty.dimensions), ..scalar })
}

fn named(file: FileId, ty: &TypeDecl, rust: &str, names: &Names, found: &mut Found) -> Option<TypeName> {
    let rust = Text::new(rust.to_owned(), ty.span);
    let expected = "a built-in type such as `Text`, an enum or a domain";
    names.expect(file, &rust, expected, found, |item| match item {
        Item::Enum(it) => Some(match &it.storage {
            EnumStorage::Text => TypeName::builtin("text"),
            EnumStorage::Type { schema, name } => TypeName::own(&schema.value, &name.value),
        }),
        Item::Domain(it) => Some(TypeName::own(&it.schema.value, &it.name.value)),
        _ => None,
    })
}

fn json_object(file: FileId, ty: &TypeDecl, rust: &str, names: &Names, found: &mut Found) {
    let rust = Text::new(rust.to_owned(), ty.span);
    names.expect(file, &rust, "a struct with `#[derive(JsonObject)]`", found, |item| match item {
        Item::JsonObject(_) => Some(()),
        _ => None,
    });
}
