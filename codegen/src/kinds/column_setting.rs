//! `ALTER TABLE ... ALTER COLUMN ... SET STATISTICS | SET (...) | SET STORAGE | SET COMPRESSION`: how PostgreSQL treats a
//! column's values. An object of its own, since a change of the column's type forgets a part of it.

use serde::{Deserialize, Serialize};

use super::parameters::{self, Parameters};
use super::{Alteration, Context, Kind, ObjectKind, Rebuild, Relation, Renaming, Stage};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// What is set for a column; what is not said is PostgreSQL's default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnSetting {
    /// The relation's schema.
    pub schema: String,
    /// The relation.
    pub table: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "Relation::is_table")]
    pub relation: Relation,
    /// The column.
    pub column: String,
    /// `SET STATISTICS`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statistics: Option<i32>,
    /// `SET (...)`: `n_distinct`, `n_distinct_inherited`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Parameters,
    /// `SET STORAGE`, if it is not the type's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub storage: Option<String>,
    /// The storage of the column's type, which it gets back: cosmetic.
    pub storage_of_type: String,
    /// `SET COMPRESSION`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub compression: Option<String>,
}

impl ColumnSetting {
    fn relation_id(&self) -> Id {
        self.relation.id(&self.schema, &self.table)
    }

    /// The same column with nothing set.
    fn unset(&self) -> Self {
        Self { statistics: None, options: Vec::new(), storage: None, compression: None, ..self.clone() }
    }

    fn changes(&self, style: &Style, to: &Self) -> Vec<Statement> {
        let mut actions: Vec<(String, LockMode)> = Vec::new();
        if self.statistics != to.statistics {
            actions.push((format!("SET STATISTICS {}", to.statistics.unwrap_or(-1)), LockMode::ShareUpdateExclusive));
        }
        let options = parameters::changes(&self.options, &to.options).into_iter();
        actions.extend(options.map(|option| (option, LockMode::ShareUpdateExclusive)));
        if self.storage != to.storage {
            let storage = to.storage.as_ref().unwrap_or(&to.storage_of_type);
            actions.push((format!("SET STORAGE {storage}"), LockMode::AccessExclusive));
        }
        if self.compression != to.compression {
            let compression = to.compression.as_deref().unwrap_or("default");
            actions.push((format!("SET COMPRESSION {compression}"), LockMode::AccessExclusive));
        }
        let only = if self.relation.has_heirs() { "ONLY " } else { "" };
        let relation = format!("{} {only}{}", self.relation.words(), style.name(&self.schema, &self.table));
        let column = sql::ident(&self.column);
        let statement = |(action, mode)| {
            Statement::new(format!("ALTER {relation} ALTER COLUMN {column} {action}")).lock(self.relation_id(), mode)
        };
        actions.into_iter().map(statement).collect()
    }
}

impl ObjectKind for ColumnSetting {
    const NAME: &'static str = "column setting";
    const CATALOG: &str = r#"
        SELECT 0, 0, 0, jsonb_build_object(
            'schema', r.schema, 'table', r.name, 'relation', r.sort, 'column', a.attname,
            'statistics', CASE WHEN a.attstattarget >= 0 THEN a.attstattarget END,
            'options', (
              SELECT coalesce(jsonb_agg(regexp_match(option, '^([^=]*)=(.*)$') ORDER BY option), '[]')
              FROM unnest(a.attoptions) AS option
            ),
            'storage', CASE WHEN a.attstorage <> ty.typstorage THEN word.storage ->> a.attstorage::text END,
            'storage_of_type', word.storage ->> ty.typstorage::text,
            'compression', CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END
          )
        FROM relation AS r
        JOIN pg_attribute AS a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
        JOIN pg_type AS ty ON ty.oid = a.atttypid
        CROSS JOIN (
          VALUES ('{"p": "plain", "e": "external", "m": "main", "x": "extended"}'::jsonb)
        ) AS word(storage)
        WHERE r.relkind IN ('r', 'p', 'm', 'f')
          AND (a.attstattarget >= 0 OR a.attoptions IS NOT NULL OR a.attstorage <> ty.typstorage OR a.attcompression <> '')"#;

    fn comes(&self, _before: &Schema) -> Stage {
        Stage::Expand
    }

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.table.clone(), self.column.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![self.relation_id()]
    }

    fn owner(&self) -> Option<Id> {
        // The columns of a materialized view are no objects of their own.
        Some(match self.relation {
            Relation::MaterializedView | Relation::View => self.relation_id(),
            Relation::Table | Relation::ForeignTable => Id::new(Kind::Column, self.path()),
        })
    }

    fn rebuild(&self) -> Rebuild {
        Rebuild::WhenDisturbed
    }

    fn essence(&self) -> Self {
        Self { storage_of_type: String::new(), ..self.clone() }
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        self.unset().changes(style, self)
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        self.changes(style, &self.unset())
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        Alteration::InPlace(from.changes(context.style, to))
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.column(&self.schema, &self.table, &mut it.column);
        rename.relation(&self.schema, &mut it.table);
        it
    }

    fn phrase(&self) -> String {
        format!("settings of column {}", self.column)
    }
}
