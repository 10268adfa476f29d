//! `#[column(references(...))]` and `#[foreign_key(...)]`

use tablewright_syntax::{
    BaseType, ColumnDecl, EnumStorage, ForeignKeyAction, KeyTerm, ReferenceDecl, Spanned, TableDecl, Text,
};

use super::super::Firing;
use super::super::declare::{Found, Item, Names, column_of, columns, comparable, default_name, quiet_type};
use super::{Action, ForeignKey};

impl ForeignKey {
    /// Reads the foreign keys of a declared table.
    pub(crate) fn declare(table: &TableDecl, names: &Names, found: &mut Found) {
        for column in &table.columns {
            if let Some(reference) = &column.references {
                Self::declare_one(table, std::slice::from_ref(&column.field), reference, names, found);
            }
        }
        for decl in &table.foreign_keys {
            Self::declare_one(table, &decl.on, &decl.reference, names, found);
        }
    }

    fn declare_one(table: &TableDecl, on: &[Text], reference: &ReferenceDecl, names: &Names, found: &mut Found) {
        let own = columns(table, on);
        let said = default_name(table, reference.name.as_ref(), reference.span, (&own, "fkey"), names, found);
        check_actions(table, on, reference, found);
        let Some((target, to)) = target(table, on, reference, names, found) else { return };
        let key = ForeignKey {
            copy_of: None,
            schema: table.schema.value.clone(),
            table: table.name.value.clone(),
            name: said.name,
            columns: own,
            to_schema: target.schema.value.clone(),
            to_table: target.name.value.clone(),
            to_columns: to.iter().map(|column| column.name.value.clone()).collect(),
            on_delete: action(table, reference.on_delete.as_ref()),
            on_update: action(table, reference.on_update.as_ref()),
            period: false,
            firing: Firing::Usual,
            firing_on_target: Firing::Usual,
            not_valid: false,
            not_enforced: false,
            match_full: reference.match_full,
            deferrable: reference.deferrable.into(),
        };
        let id = found.add(key, table.file, said.place.span);
        found.comment(&id, table.file, reference.comment.as_ref());
    }
}

/// The referenced table and columns, if they are there and fit; what does not is reported.
fn target<'a>(
    table: &TableDecl,
    on: &[Text],
    reference: &ReferenceDecl,
    names: &Names<'a>,
    found: &mut Found,
) -> Option<(&'a TableDecl, Vec<&'a ColumnDecl>)> {
    let (first, _) = reference.to.first()?;
    let target = names.table(table.file, first, found)?;
    // The parser has reported that.
    if on.len() != reference.to.len() {
        return None;
    }
    let mut to = Vec::new();
    for (field, (_, to_field)) in on.iter().zip(&reference.to) {
        let column = names.column(table.file, target, to_field, found)?;
        if let Some(own) = table.columns.iter().find(|own| own.field == *field) {
            check_types(table, own, target, column, to_field, names, found);
        }
        to.push(column);
    }
    if !is_unique(target, &to) {
        let fields = reference.to.iter().map(|(_, field)| field.value.as_str()).collect::<Vec<_>>().join(", ");
        let message = format!("`{fields}` of `{}` is not unique, so it can't be referenced", target.rust.value);
        let help = format!(
            "give `{}` a primary key, a unique constraint or a unique index over exactly that",
            target.rust.value
        );
        found.advise(table.file, reference.span, message, Some(help));
    }
    Some((target, to))
}

fn check_types(
    table: &TableDecl,
    own: &ColumnDecl,
    target: &TableDecl,
    to: &ColumnDecl,
    place: &Text,
    names: &Names,
    found: &mut Found,
) {
    // A type that can't be read has its fault already, at the column itself.
    let (Some(own_type), Some(to_type)) = (quiet_type(own, names), quiet_type(to, names)) else { return };
    let style = crate::sql::Style { unqualified: Some("public".into()), ..Default::default() };
    if !comparable(&own_type, &to_type) {
        let (own_type, to_type) = (own_type.sql(&style), to_type.sql(&style));
        let message = format!(
            "`{}` is {own_type}, and `{}::{}` is {to_type}: they can't be compared",
            own.field.value, target.rust.value, to.field.value
        );
        found.advise(table.file, place.span, message, Some("give both columns one type".into()));
    } else if let (Some(own_enum), Some(to_enum)) = (text_enum(own, names), text_enum(to, names))
        && own_enum != to_enum
    {
        let message =
            format!("`{}` holds values of `{own_enum}`, and what it references those of `{to_enum}`", own.field.value);
        found.error(table.file, place.span, message);
    }
}

fn text_enum<'a>(column: &'a ColumnDecl, names: &Names) -> Option<&'a str> {
    let BaseType::Named(rust) = &column.ty.base else { return None };
    matches!(names.item(rust), Some(Item::Enum(it)) if matches!(it.storage, EnumStorage::Text)).then_some(rust)
}

/// Whether the columns, in any order, are those of a key (documentation, CREATE TABLE, REFERENCES).
fn is_unique(target: &TableDecl, to: &[&ColumnDecl]) -> bool {
    let mut wanted: Vec<&str> = to.iter().map(|column| column.field.value.as_str()).collect();
    wanted.sort_unstable();
    let same = |fields: &[Text]| {
        let mut fields: Vec<&str> = fields.iter().map(|field| field.value.as_str()).collect();
        fields.sort_unstable();
        fields == wanted
    };
    let alone = matches!(to, [one] if one.unique.is_some());
    alone
        || target.primary_key.iter().any(|key| same(&key.on))
        || target.uniques.iter().any(|unique| same(&unique.on))
        || target.indexes.iter().filter(|index| index.unique && index.predicate.is_none()).any(|index| {
            let fields = index.on.iter().map(|part| match &part.term {
                KeyTerm::Column(field) => Some(field.clone()),
                KeyTerm::Expression(_) => None,
            });
            fields.collect::<Option<Vec<_>>>().is_some_and(|fields| same(&fields))
        })
}

/// `SET NULL` of a column that is never null fails at each delete, and so does `SET DEFAULT` without a default.
fn check_actions(table: &TableDecl, on: &[Text], reference: &ReferenceDecl, found: &mut Found) {
    for action in reference.on_delete.iter().chain(&reference.on_update) {
        let (fields, takes_null) = match &action.value {
            ForeignKeyAction::SetNull(fields) => (fields, true),
            ForeignKeyAction::SetDefault(fields) => (fields, false),
            _ => continue,
        };
        for column in table.columns.iter().filter(|column| on.contains(&column.field)) {
            let is_set = fields.is_empty() || fields.contains(&column.field.value);
            let fails = !column.ty.nullable && (takes_null || column.default.is_none());
            if is_set && fails {
                let (field, word) = (&column.field.value, if takes_null { "set_null" } else { "set_default" });
                let message = format!(
                    "`{word}` can never work: `{field}` is NOT NULL{}",
                    if takes_null { "" } else { " and has no default" }
                );
                let help = format!("make the type of `{field}` an `Option`, or choose another action");
                found.advise(table.file, action.span, message, Some(help));
            }
        }
    }
}

fn action(table: &TableDecl, said: Option<&Spanned<ForeignKeyAction>>) -> Action {
    let own = |fields: &[String]| fields.iter().filter_map(|field| column_of(table, field)).collect();
    match said.map(|said| &said.value) {
        None | Some(ForeignKeyAction::NoAction) => Action::NoAction,
        Some(ForeignKeyAction::Restrict) => Action::Restrict,
        Some(ForeignKeyAction::Cascade) => Action::Cascade,
        Some(ForeignKeyAction::SetNull(fields)) => Action::SetNull(own(fields)),
        Some(ForeignKeyAction::SetDefault(fields)) => Action::SetDefault(own(fields)),
    }
}
