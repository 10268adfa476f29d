//! What is wrong with the SQL expressions of a declaration.

use tablewright_syntax::{FileId, TableDecl, Text};

use super::{Found, did_you_mean};
use crate::expression::{self, Reference};

impl Found {
    /// An expression over the row of a table: valid, and about columns that are there.
    pub(in crate::kinds) fn check_row_expression(&mut self, table: &TableDecl, text: &Text) {
        self.check_references(table, text, &[&table.name.value]);
    }

    /// A trigger's condition: columns stand behind NEW and OLD (documentation, CREATE TRIGGER).
    pub(in crate::kinds) fn check_trigger_condition(&mut self, table: &TableDecl, text: &Text) {
        self.check_references(table, text, &["new", "old"]);
    }

    /// An expression over the row of a table, where the columns of other tables are none of ours.
    pub(in crate::kinds) fn check_policy_expression(&mut self, table: &TableDecl, text: &Text) {
        if !self.check_expression(table.file, text) {
            return;
        }
        for reference in expression::references(&text.value) {
            if reference.qualifier.as_ref().is_none_or(|it| *it == table.name.value) {
                self.check_column(table, text, &reference);
            }
        }
    }

    /// A default is about no column (documentation, CREATE TABLE, DEFAULT).
    pub(in crate::kinds) fn check_default(&mut self, file: FileId, text: &Text) {
        if !self.check_expression(file, text) {
            return;
        }
        if let Some(reference) = expression::references(&text.value).first() {
            let message = format!("a default can't refer to a column, and `{}` looks like one", reference.name);
            self.advise(
                file,
                text.span,
                message,
                Some("write a text in single quotes, or the default as a string".into()),
            );
        }
    }

    /// A check of a domain is about VALUE alone (documentation, CREATE DOMAIN).
    pub(in crate::kinds) fn check_domain_expression(&mut self, file: FileId, text: &Text) {
        if !self.check_expression(file, text) {
            return;
        }
        for reference in expression::references(&text.value).iter().filter(|it| it.name != "value") {
            let message = format!("the check of a domain is about `VALUE`, and `{}` is a column", reference.name);
            self.error(file, text.span, message);
        }
    }

    /// Whether the text is one SQL expression; what is wrong with it is reported.
    pub(in crate::kinds) fn check_expression(&mut self, file: FileId, text: &Text) -> bool {
        let faults = expression::faults(&text.value);
        if let Some((at, message)) = faults.first() {
            let near: String =
                text.value.chars().skip(text.value[..*at.min(&text.value.len())].chars().count()).take(20).collect();
            let near = if near.is_empty() { "at the end of it".to_owned() } else { format!("at `{near}`") };
            self.error(file, text.span, format!("invalid SQL expression, {near}: {}", lower_start(message)));
        }
        faults.is_empty()
    }

    fn check_references(&mut self, table: &TableDecl, text: &Text, qualifiers: &[&str]) {
        if !self.check_expression(table.file, text) {
            return;
        }
        let must_be_qualified = qualifiers.contains(&"new");
        for reference in expression::references(&text.value) {
            match &reference.qualifier {
                Some(qualifier) if !qualifiers.contains(&qualifier.as_str()) => {
                    let message = format!("`{qualifier}.{}` is not about this row", reference.name);
                    self.error(table.file, text.span, message);
                }
                None if must_be_qualified => {
                    let message = format!("`{}` stands for no row; write `NEW.{0}` or `OLD.{0}`", reference.name);
                    self.error(table.file, text.span, message);
                }
                _ => self.check_column(table, text, &reference),
            }
        }
    }

    fn check_column(&mut self, table: &TableDecl, text: &Text, reference: &Reference) {
        let columns = || table.columns.iter().map(|column| column.name.value.as_str());
        // Every table has these (documentation, System Columns); a row may also be named as a whole.
        const SYSTEM: [&str; 6] = ["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];
        let name = reference.name.as_str();
        if columns().any(|column| column == name) || SYSTEM.contains(&name) || name == table.name.value {
            return;
        }
        let message = format!("table `{}` has no column `{name}`", table.name.value);
        self.advise(table.file, text.span, message, did_you_mean(name, columns()));
    }
}

/// A message of the SQL parser in our form: lower case start, no final dot.
pub(crate) fn lower_start(message: &str) -> String {
    let mut chars = message.trim_end_matches('.').chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
