//! How a column stands in statements.

use super::Column;
use crate::kinds::key::collation_name;
use crate::kinds::parameters;
use crate::model::{Id, LockMode, Statement};
use crate::sql::{self, Style};

impl Column {
    /// The relation that it is a column of.
    pub fn table_id(&self) -> Id {
        self.relation.id(&self.schema, &self.table)
    }

    pub(super) fn definition(&self, style: &Style) -> String {
        let mut text =
            format!("{} {}{}", sql::ident(&self.name), self.ty.sql(style), parameters::options(&self.options));
        if let Some(collation) = &self.collation {
            text += &format!(" COLLATE {}", collation_name(collation));
        }
        if let Some(default) = &self.default {
            text += &format!(" DEFAULT {default}");
        }
        if let Some(identity) = &self.identity {
            text += &format!(" {}", identity.clause(style, &self.schema));
        }
        if let Some(generated) = &self.generated {
            let how = if self.is_virtual { "VIRTUAL" } else { "STORED" };
            text += &format!(" GENERATED ALWAYS AS ({generated}) {how}");
        }
        if self.not_null && !self.is_checked_later() {
            text += &self.not_null_clause();
        }
        text
    }

    /// Whether it has no default, but PostgreSQL would give it that of a parent. A domain brings one of its own, which
    /// nothing must stand in the way of.
    pub(super) fn could_inherit_default(&self) -> bool {
        let is_merged = self.lineage.as_ref().is_some_and(|lineage| lineage.is_local && !lineage.is_partition);
        let has_value = self.default.is_some() || self.identity.is_some() || self.generated.is_some();
        is_merged && !has_value && self.ty.schema.is_none()
    }

    pub(super) fn drop_from(&self, style: &Style, only: &str) -> Vec<Statement> {
        let table = style.name(&self.schema, &self.table);
        let sql = format!(
            "ALTER {} {only}{table} DROP COLUMN {}{}",
            self.relation.words(),
            style.if_exists(),
            sql::ident(&self.name)
        );
        let statement = Statement::new(sql).lock(self.table_id(), LockMode::AccessExclusive);
        vec![if only.is_empty() { statement.with_heirs() } else { statement.with_children() }]
    }

    /// `ALTER TABLE ... ALTER COLUMN ...` with the lock that nearly all of its forms take.
    pub(super) fn action(&self, style: &Style, action: &str) -> Statement {
        self.action_on(&style.name(&self.schema, &self.table), action).with_heirs()
    }

    /// The same for this table only, and none that inherits from it.
    pub(super) fn action_here(&self, style: &Style, action: &str) -> Statement {
        self.action_on(&format!("ONLY {}", style.name(&self.schema, &self.table)), action).with_children()
    }

    fn action_on(&self, table: &str, action: &str) -> Statement {
        let (words, column) = (self.relation.words(), sql::ident(&self.name));
        Statement::new(format!("ALTER {words} {table} ALTER COLUMN {column} {action}"))
            .lock(self.table_id(), LockMode::AccessExclusive)
    }

    /// Raises an error before anything is touched, if the table has rows that the column would have no value for.
    pub(super) fn guard(&self, style: &Style) -> Statement {
        let table = style.name(&self.schema, &self.table);
        let message = format!(
            "cannot restore {}.{} as NOT NULL: {} has rows and the values are gone; use the runnable rollback instead",
            self.table, self.name, self.table
        );
        let body = format!(
            "\nBEGIN\n  IF EXISTS (SELECT FROM {table}) THEN\n    RAISE EXCEPTION USING MESSAGE = {};\n  END IF;\nEND\n",
            sql::literal(&message)
        );
        Statement::new(format!("DO {}", sql::dollar_quoted(&body)))
    }
}
