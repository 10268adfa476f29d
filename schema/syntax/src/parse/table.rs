//! Tables: the struct's own attributes, and its fields.

use super::Derive;
use super::column::column;
use super::entries::Entries;
use super::faults::Faults;
use super::fragment::attribute_span;
use super::head::{Head, database_name, head, named_fields, schema_name, ts_name};
use super::table_checks::check_table;
use super::{constraint, index, policy, trigger};
use crate::{ColumnDecl, Deferrable, Diagnostic, FileId, PrimaryKeyDecl, TableDecl};

/// Reads a struct with `#[derive(Table)]`. None if it has no named fields.
pub fn table(file: FileId, item: &syn::ItemStruct, errors: &mut Vec<Diagnostic>) -> Option<TableDecl> {
    let faults = &mut Faults::new(file, errors);
    let head = head(faults, Derive::Table, &item.ident, &item.generics, &item.attrs);
    let fields = named_fields(faults, Derive::Table, item)?;
    let columns = fields.into_iter().map(|(field, ident)| column(faults, field, ident, head.foreign)).collect();
    let mut table = named_table(faults, item, head, columns);
    for attribute in &item.attrs {
        if let Some(ident) = attribute.path().get_ident() {
            part(faults, &mut table, ident, attribute);
        }
    }
    marked_primary_key(faults, &mut table);
    check_table(faults, &table);
    Some(table)
}

fn named_table(faults: &mut Faults, item: &syn::ItemStruct, head: Head, columns: Vec<ColumnDecl>) -> TableDecl {
    let span = head.rust.span;
    let mut entries = Entries::of_all(faults, "table attribute", &item.attrs, "table", span);
    let table = TableDecl {
        file: faults.file(),
        name: database_name(faults, &mut entries, &head.rust),
        schema: schema_name(faults, &mut entries, &head.rust),
        ts_name: ts_name(faults, &item.attrs, &head),
        unlogged: entries.flag(faults, "unlogged").is_some(),
        with: index::parameters(faults, &mut entries),
        access_method: entries.name(faults, "using"),
        tablespace: entries.name(faults, "tablespace"),
        partition_by: entries.filled(faults, "partition_by"),
        rust: head.rust,
        doc: head.doc,
        columns,
        primary_key: None,
        uniques: Vec::new(),
        checks: Vec::new(),
        foreign_keys: Vec::new(),
        exclusions: Vec::new(),
        indexes: Vec::new(),
        triggers: Vec::new(),
        row_security: None,
        policies: Vec::new(),
    };
    entries.finish(faults);
    table
}

/// Adds what one attribute of the struct declares.
fn part(faults: &mut Faults, table: &mut TableDecl, name: &syn::Ident, attribute: &syn::Attribute) {
    match name.to_string().as_str() {
        "primary_key" => {
            let primary_key = constraint::primary_key(faults, attribute);
            once(faults, attribute, &mut table.primary_key, primary_key, "the primary key is declared twice");
        }
        "unique" => table.uniques.push(constraint::unique(faults, attribute)),
        "check" => table.checks.extend(constraint::check(faults, attribute)),
        "foreign_key" => table.foreign_keys.push(constraint::foreign_key(faults, attribute)),
        "exclude" => table.exclusions.extend(constraint::exclusion(faults, attribute)),
        "index" => table.indexes.extend(index::index(faults, attribute, false)),
        "unique_index" => table.indexes.extend(index::index(faults, attribute, true)),
        "trigger" => table.triggers.extend(trigger::trigger(faults, attribute)),
        "row_level_security" => {
            let security = policy::row_security(faults, attribute);
            once(faults, attribute, &mut table.row_security, security, "`row_level_security` is said twice");
        }
        "policy" => table.policies.extend(policy::policy(faults, attribute)),
        _ => {}
    }
}

fn once<T>(faults: &mut Faults, attribute: &syn::Attribute, slot: &mut Option<T>, value: T, twice: &str) {
    match slot {
        Some(_) => faults.at(attribute_span(attribute), twice),
        None => *slot = Some(value),
    }
}

/// The columns marked `primary_key`, if there is no `#[primary_key(...)]`.
fn marked_primary_key(faults: &mut Faults, table: &mut TableDecl) {
    let marked = table.columns.iter().filter_map(|column| Some((column, column.primary_key?)));
    let marked: Vec<_> = marked.collect();
    let Some((_, first)) = marked.first() else {
        return;
    };
    if table.primary_key.is_some() {
        let help = "say it on the struct or on the columns";
        faults.advise(*first, "the primary key is declared twice", help);
        return;
    }
    table.primary_key = Some(PrimaryKeyDecl {
        span: *first,
        name: None,
        on: marked.iter().map(|(column, _)| column.field.clone()).collect(),
        include: Vec::new(),
        deferrable: Deferrable::Not,
        comment: None,
    });
}
