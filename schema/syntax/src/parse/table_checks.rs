//! What has to fit together inside one table.

use std::collections::BTreeSet;

use super::faults::Faults;
use super::names::check_distinct;
use super::suggest::closest;
use crate::{ForeignKeyAction, KeyPart, KeyTerm, TableDecl, Text, TriggerEvent};

/// Reports fields that don't exist, and names that are used twice.
pub(crate) fn check_table(faults: &mut Faults, table: &TableDecl) {
    check_fields(faults, table);
    check_repeated_fields(faults, table);
    check_primary_key(faults, table);
    check_set_columns(faults, table);
    check_distinct(faults, "columns", table.columns.iter().map(|column| &column.name));
    check_distinct(faults, "constraints", constraint_names(table));
    check_distinct(faults, "indexes", index_names(table));
    check_distinct(faults, "triggers", table.triggers.iter().map(|trigger| &trigger.name));
    check_distinct(faults, "policies", table.policies.iter().map(|policy| &policy.name));
}

fn check_fields(faults: &mut Faults, table: &TableDecl) {
    let mentioned = mentioned_fields(table);
    if mentioned.is_empty() {
        return;
    }
    let fields: Vec<&str> = table.columns.iter().map(|column| column.field.value.as_str()).collect();
    let known: BTreeSet<&str> = fields.iter().copied().collect();
    for field in mentioned {
        if known.contains(field.value.as_str()) {
            continue;
        }
        let message = format!("`{}` has no field `{}`", table.rust.value, field.value);
        match closest(&field.value, &fields) {
            Some(near) => faults.advise(field.span, message, format!("did you mean `{near}`?")),
            None => faults.at(field.span, message),
        }
    }
}

/// Every field that an attribute of the struct names.
fn mentioned_fields(table: &TableDecl) -> Vec<&Text> {
    let mut fields: Vec<&Text> = Vec::new();
    if let Some(key) = &table.primary_key {
        fields.extend(key.on.iter().chain(&key.include));
    }
    for unique in &table.uniques {
        fields.extend(unique.on.iter().chain(&unique.include));
    }
    for key in &table.foreign_keys {
        fields.extend(&key.on);
    }
    for exclusion in &table.exclusions {
        fields.extend(exclusion.elements.iter().filter_map(|(part, _)| key_field(part)));
    }
    for index in &table.indexes {
        fields.extend(index.on.iter().filter_map(key_field).chain(&index.include));
    }
    for event in table.triggers.iter().flat_map(|trigger| &trigger.events) {
        if let TriggerEvent::Update(columns) = event {
            fields.extend(columns);
        }
    }
    fields
}

fn key_field(part: &KeyPart) -> Option<&Text> {
    match &part.term {
        KeyTerm::Column(field) => Some(field),
        KeyTerm::Expression(_) => None,
    }
}

/// A constraint can't have a column twice.
fn check_repeated_fields(faults: &mut Faults, table: &TableDecl) {
    let primary = table.primary_key.iter().map(|key| &key.on);
    let uniques = table.uniques.iter().map(|unique| &unique.on);
    let foreign = table.foreign_keys.iter().map(|key| &key.on);
    for fields in primary.chain(uniques).chain(foreign) {
        let mut seen = BTreeSet::new();
        for field in fields {
            if !seen.insert(&field.value) {
                faults.at(field.span, format!("the field `{}` is said twice", field.value));
            }
        }
    }
}

fn check_primary_key(faults: &mut Faults, table: &TableDecl) {
    for field in table.primary_key.iter().flat_map(|key| &key.on) {
        let column = table.columns.iter().find(|column| column.field == *field);
        // A column that is marked itself has its fault from there.
        let nullable = column.is_some_and(|column| column.ty.nullable && column.primary_key.is_none());
        if nullable {
            let help = format!("take `Option` away from the type of `{}`", field.value);
            faults.advise(field.span, "a column of the primary key is never null", help);
        }
    }
}

/// `set_null(a)` names columns of its own key.
fn check_set_columns(faults: &mut Faults, table: &TableDecl) {
    for key in &table.foreign_keys {
        let Some(action) = &key.reference.on_delete else {
            continue;
        };
        let (ForeignKeyAction::SetNull(fields) | ForeignKeyAction::SetDefault(fields)) = &action.value else {
            continue;
        };
        for field in fields {
            if !key.on.iter().any(|own| own.value == *field) {
                faults.at(action.span, format!("`{field}` is not a column of this foreign key"));
            }
        }
    }
}

fn constraint_names(table: &TableDecl) -> impl Iterator<Item = &Text> {
    let columns = table.columns.iter().filter_map(|column| column.references.as_ref()?.name.as_ref());
    let foreign = table.foreign_keys.iter().filter_map(|key| key.reference.name.as_ref());
    let checks = table.checks.iter().map(|check| &check.name);
    let of_columns = table.columns.iter().filter_map(|column| column.check_name.as_ref());
    constraints_with_index(table).chain(columns).chain(foreign).chain(checks).chain(of_columns)
}

/// Primary keys, unique constraints and exclusions have an index of their own name.
fn index_names(table: &TableDecl) -> impl Iterator<Item = &Text> {
    // Two constraints of one name are reported as constraints, so each name of theirs counts once here.
    let mut seen = BTreeSet::new();
    let constraints = constraints_with_index(table).filter(move |name| seen.insert(name.value.as_str()));
    constraints.chain(table.indexes.iter().map(|index| &index.name))
}

fn constraints_with_index(table: &TableDecl) -> impl Iterator<Item = &Text> {
    let primary = table.primary_key.iter().filter_map(|key| key.name.as_ref());
    let uniques = table.uniques.iter().filter_map(|unique| unique.name.as_ref());
    let exclusions = table.exclusions.iter().map(|exclusion| &exclusion.name);
    primary.chain(uniques).chain(exclusions)
}
