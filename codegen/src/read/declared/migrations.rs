//! Intents: whether what they name can be an object at all. Whether it is one is for the plan to say.

use std::collections::BTreeMap;

use proc_macro2::Span;
use tablewright_syntax::{FileId, MigrationDecl, Text};

use crate::kinds::declare::{Found, Item, Names, Place, lower_start};
use crate::model::parse_id;

/// Reports migrations with one number or name, and texts that name no object.
pub fn check(names: &Names, found: &mut Found) {
    let mut numbers = BTreeMap::new();
    let mut titles = BTreeMap::new();
    for migration in &names.declarations().migrations {
        let number = (migration.number.value.to_string(), migration.number.span);
        check_once(migration.file, "number", number, &mut numbers, names, found);
        let name = (migration.name.value.clone(), migration.name.span);
        check_once(migration.file, "name", name, &mut titles, names, found);
        if migration.number.value == 0 {
            found.error(migration.file, migration.number.span, "the numbers of migrations begin at 1");
        }
        check_objects(migration, found);
        check_backfills(migration, found);
        check_notices(migration, names, found);
    }
}

fn check_once(
    file: FileId,
    what: &str,
    (value, span): (String, Span),
    taken: &mut BTreeMap<String, Place>,
    names: &Names,
    found: &mut Found,
) {
    if let Some(first) = taken.get(&value) {
        let help = format!("the other is at {}", names.at(*first));
        found.advise(file, span, format!("two migrations have the {what} `{value}`"), Some(help));
    }
    taken.entry(value).or_insert(Place { file, span });
}

fn check_objects(migration: &MigrationDecl, found: &mut Found) {
    let sections = migration.sections.iter().flat_map(|section| &section.objects);
    let renames = migration.renames.iter().map(|rename| &rename.from);
    let accepts = migration.accepts.iter().map(|accept| &accept.object);
    for object in sections.chain(renames).chain(accepts) {
        check_id(migration.file, object, &object.value, found);
    }
}

fn check_backfills(migration: &MigrationDecl, found: &mut Found) {
    for backfill in &migration.backfills {
        check_id(migration.file, &backfill.column, &format!("column {}", backfill.column.value), found);
        for sql in std::iter::once(&backfill.sql).chain(&backfill.rollback) {
            if let Some(error) = squawk_syntax::SourceFile::parse(&sql.value).errors().first() {
                found.error(migration.file, sql.span, format!("invalid SQL: {}", lower_start(error.message())));
            }
        }
    }
}

fn check_id(file: FileId, at: &Text, text: &str, found: &mut Found) {
    if let Err(fault) = parse_id(text) {
        found.advise(file, at.span, fault.message, Some(fault.help));
    }
}

fn check_notices(migration: &MigrationDecl, names: &Names, found: &mut Found) {
    for notice in &migration.notices {
        for rust in &notice.writes {
            names.table(migration.file, rust, found);
        }
        for rust in &notice.reads {
            names.expect(migration.file, rust, "a table or a view", found, |item| match item {
                Item::Table(_) | Item::View(_) => Some(()),
                _ => None,
            });
        }
    }
}
