//! `#[check(...)]`, `#[column(check = "...")]`, and the columns whose type is an enum that is stored as text.

use proc_macro2::Span;
use tablewright_syntax::{BaseType, ColumnDecl, EnumDecl, EnumStorage, TableDecl};

use super::super::Relation;
use super::super::declare::{Found, Item, Names, default_name};
use super::Check;
use crate::sql;

impl Check {
    /// Reads the checks of a declared table.
    pub(crate) fn declare(table: &TableDecl, names: &Names, found: &mut Found) {
        for column in &table.columns {
            if let Some(expression) = &column.check {
                found.check_row_expression(table, expression);
                Self::of_column(table, column, expression.span, &expression.value, names, found);
            }
            if let Some(values) = stored_as_text(column, names) {
                Self::of_column(table, column, column.ty.span, &one_of(column, values), names, found);
            }
        }
        for decl in &table.checks {
            found.check_row_expression(table, &decl.expression);
            let check =
                Self { no_inherit: decl.no_inherit, ..Self::of(table, &decl.name.value, &decl.expression.value) };
            default_name(table, Some(&decl.name), decl.span, (&[], ""), names, found);
            let id = found.add(check, table.file, decl.span);
            found.comment(&id, table.file, decl.comment.as_ref());
        }
    }

    fn of_column(
        table: &TableDecl,
        column: &ColumnDecl,
        span: Span,
        expression: &str,
        names: &Names,
        found: &mut Found,
    ) {
        // The list of an enum's values is a check too, and has the name if there is one.
        let is_list = span.byte_range() == column.ty.span.byte_range();
        let named = column.check_name.as_ref().filter(|_| is_list || stored_as_text(column, names).is_none());
        let column = [column.name.value.clone()];
        let said = default_name(table, named, span, (&column, "check"), names, found);
        found.add(Self::of(table, &said.name, expression), table.file, span);
    }

    fn of(table: &TableDecl, name: &str, expression: &str) -> Self {
        Self {
            lineage: None,
            schema: table.schema.value.clone(),
            table: table.name.value.clone(),
            relation: Relation::Table,
            name: name.to_owned(),
            not_valid: false,
            not_enforced: false,
            expression: expression.to_owned(),
            no_inherit: false,
        }
    }
}

fn stored_as_text<'a>(column: &ColumnDecl, names: &Names<'a>) -> Option<&'a EnumDecl> {
    let BaseType::Named(rust) = &column.ty.base else { return None };
    match names.item(rust)? {
        Item::Enum(it) => matches!(it.storage, EnumStorage::Text).then_some(it),
        _ => None,
    }
}

/// `kb_status IN ('PENDING', 'FOUND')`; of an array, every element is one of them.
fn one_of(column: &ColumnDecl, values: &EnumDecl) -> String {
    let literals: Vec<String> = values.variants.iter().map(|variant| sql::literal(&variant.value.value)).collect();
    let (name, literals) = (sql::ident(&column.name.value), literals.join(", "));
    match column.ty.dimensions {
        0 => format!("{name} IN ({literals})"),
        _ => format!("{name} <@ ARRAY[{literals}]::text[]"),
    }
}
