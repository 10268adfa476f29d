//! `CREATE INDEX`

mod declared;
mod online;

use serde::{Deserialize, Serialize};

use super::key::include;
use super::parameters::{self, Parameters};
use super::{
    Alteration, Claim, Context, Follow, IndexTree, KeyPart, Kind, ObjectKind, Rebuild, Relation, Renaming, Side, Stage,
    Term,
};
use crate::expression;
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// An index that no constraint owns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Its schema, which is the table's.
    pub schema: String,
    /// The table or materialized view.
    pub table: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "Relation::is_table")]
    pub relation: Relation,
    /// Its name.
    pub name: String,
    /// `UNIQUE`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unique: bool,
    /// The index method.
    pub method: String,
    /// The key.
    pub key: Vec<KeyPart>,
    /// `INCLUDE`
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub include: Vec<String>,
    /// `WHERE`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predicate: Option<String>,
    /// `NULLS NOT DISTINCT` (PostgreSQL 15)
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nulls_not_distinct: bool,
    /// Storage parameters, sorted by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Parameters,
    /// `TABLESPACE`, if it is not the database's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tablespace: Option<String>,
    /// Statistics targets of expressions, by the number of the key's part, from 1.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statistics: Vec<(i16, i32)>,
    /// It was made concurrently and that failed, so that no query uses it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub invalid: bool,
    /// How it stands to those of partitions.
    #[serde(flatten)]
    pub tree: IndexTree,
}

impl Index {
    fn table_id(&self) -> Id {
        self.relation.id(&self.schema, &self.table)
    }

    fn definition(&self, at: &str, how: &str) -> String {
        let unique = if self.unique { "UNIQUE " } else { "" };
        let method =
            if self.method == "btree" { String::new() } else { format!(" USING {}", sql::ident(&self.method)) };
        let key: Vec<String> = self.key.iter().map(KeyPart::sql).collect();
        let mut text = format!(
            "CREATE {unique}INDEX {how}{}\n  ON {}{at}{method} ({}){}",
            sql::ident(&self.name),
            self.tree.only(),
            key.join(", "),
            include(&self.include)
        );
        if self.nulls_not_distinct {
            text += " NULLS NOT DISTINCT";
        }
        text += &parameters::with(&self.with);
        if let Some(space) = &self.tablespace {
            text += &format!(" TABLESPACE {}", sql::ident(space));
        }
        if let Some(predicate) = &self.predicate {
            text += &format!("\n  WHERE {predicate}");
        }
        text
    }

    /// The columns that no two rows of the table have in common, if it makes sure of that.
    pub fn unique_columns(&self) -> Option<Vec<String>> {
        let column = |part: &KeyPart| match &part.term {
            Term::Column(name) => Some(name.clone()),
            Term::Expression(_) => None,
        };
        self.key.iter().map(column).collect::<Option<_>>().filter(|_| self.unique && self.predicate.is_none())
    }

    fn altered(&self, style: &Style, action: &str) -> Statement {
        Statement::new(format!("ALTER INDEX {} {action}", style.name(&self.schema, &self.name)))
    }

    fn statistics(&self, style: &Style, (part, target): (i16, i32)) -> Statement {
        self.altered(style, &format!("ALTER COLUMN {part} SET STATISTICS {target}"))
    }

    /// `COALESCE(column, constant)` in a unique key makes NULL and the constant one key, which surprises people.
    fn note(&self) -> Option<String> {
        let parts = self.key.iter().filter(|_| self.unique).filter_map(|part| match &part.term {
            Term::Expression(text) => expression::coalesced(text),
            Term::Column(_) => None,
        });
        let notes: Vec<String> = parts
            .map(|(column, value)| {
                format!("COALESCE makes NULL and {value} the same key: two rows can't differ in that alone ({column})")
            })
            .collect();
        (!notes.is_empty()).then(|| notes.join("; "))
    }
}

impl ObjectKind for Index {
    const NAME: &'static str = "index";
    const PRINTED: &'static [&'static str] = &["key", "predicate"];
    const HANDED_ON: bool = true;
    const CAN_BE_TWICE: bool = true;
    const CATALOG: &str = r#"
        SELECT 'pg_class'::regclass, own.oid, 0,
          t.schema, t.name AS "table", t.sort AS relation, own.relname AS name, i.indisunique AS unique,
          method.amname AS method, key.parts AS key, include.columns AS include,
          pg_get_expr(i.indpred, i.indrelid) AS predicate, i.nulls_not_distinct,
          CASE WHEN own.reloptions IS NOT NULL THEN (
            SELECT json_agg(regexp_match(parameter, '^([^=]*)=(.*)$') ORDER BY parameter)
            FROM unnest(own.reloptions) AS parameter
          ) END AS "with",
          space.spcname AS tablespace,
          CASE WHEN i.indexprs IS NOT NULL THEN key.targets END AS statistics,
          NOT i.indisvalid AND own.relkind <> 'I' AS invalid,
          CASE WHEN own.relispartition THEN (
            SELECT parent.object
            FROM pg_inherits
            JOIN index_object AS parent ON parent.oid = inhparent
            WHERE inhrelid = own.oid
          ) END AS attached_to,
          -- One that is not valid lacks one of them.
          own.relkind = 'I' AND (
            NOT i.indisvalid OR EXISTS (SELECT FROM pg_inherits WHERE inhparent = own.oid)
          ) AS has_attached,
          own.oid IN (SELECT oid FROM index_twin) AS is_twin, own.relkind = 'I' AND NOT i.indisvalid AS is_incomplete
        FROM relation AS t
        JOIN index_of_any_major AS i ON i.indrelid = t.oid
        JOIN pg_class AS own ON own.oid = i.indexrelid
        JOIN pg_am AS method ON method.oid = own.relam
        JOIN index_key AS key ON key.oid = i.indexrelid
        LEFT JOIN pg_tablespace AS space ON space.oid = own.reltablespace
        LEFT JOIN index_include AS include ON include.oid = i.indexrelid
        WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND contype IN ('p', 'u', 'x'))"#;

    fn comes(&self, _before: &Schema) -> Stage {
        Stage::Migrate
    }

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn claims(&self) -> Vec<Claim> {
        vec![Claim::Relation(self.schema.clone(), self.name.clone())]
    }

    fn needs(&self, schema: &Schema) -> Vec<Id> {
        let table = (self.schema.as_str(), self.table.as_str());
        let mut needs: Vec<Id> = self.key.iter().flat_map(|part| part.needs(schema, table)).collect();
        needs.extend(self.include.iter().map(|name| Id::new(Kind::Column, [table.0, table.1, name])));
        needs.extend(self.predicate.iter().flat_map(|text| expression::needs(text, table, schema)));
        // An operator class may come with an extension, which is not visible in the text.
        if self.key.iter().any(|part| part.opclass.is_some()) || self.method != "btree" {
            needs.extend(schema.below(&Id::new(Kind::Extension, [] as [String; 0])).map(|(id, _)| id.clone()));
        }
        needs
    }

    fn owner(&self) -> Option<Id> {
        Some(self.table_id())
    }

    fn rebuild(&self) -> Rebuild {
        // PostgreSQL rebuilds a plain index itself when a column's type changes, but operators belong to a type.
        let plain = |part: &KeyPart| matches!(part.term, Term::Column(_)) && part.opclass.is_none();
        // Only these two have operators for nearly every type that a column can get.
        let common = matches!(self.method.as_str(), "btree" | "hash");
        let simple = common && self.predicate.is_none() && self.key.iter().all(plain);
        if simple { Rebuild::WhenReplaced } else { Rebuild::WhenDisturbed }
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let at = style.name(&self.schema, &self.table);
        let statement = Statement::new(self.definition(&at, "")).lock(self.table_id(), LockMode::Share).scan();
        let mut statement = self.tree.reaching(statement);
        statement.note = self.note();
        let statistics = self.statistics.iter().map(|target| self.statistics(style, *target));
        std::iter::once(statement).chain(statistics).collect()
    }

    fn alike(&self) -> Option<String> {
        let Self { unique, method, key, include, predicate, nulls_not_distinct, .. } = self;
        Some(format!("{unique} {method} {key:?} {include:?} {predicate:?} {nulls_not_distinct}"))
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let drop = Statement::new(self.drop_statement(style, ""));
        vec![drop.lock(self.table_id(), LockMode::AccessExclusive).with_partitions()]
    }

    fn create_online(&self, context: &Context) -> Option<Vec<Statement>> {
        self.created_online(context)
    }

    fn drop_online(&self, context: &Context) -> Option<Vec<Statement>> {
        self.dropped_online(context)
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        let facts = |it: &Self| Self {
            with: Vec::new(),
            tablespace: None,
            statistics: Vec::new(),
            invalid: false,
            tree: IndexTree::default(),
            ..it.clone()
        };
        if facts(from) != facts(to) || from.invalid && !to.invalid {
            return Alteration::Replace;
        }
        let mut actions = parameters::changes(&from.with, &to.with);
        if from.tablespace != to.tablespace {
            let space = to.tablespace.as_deref().unwrap_or("pg_default");
            actions.push(format!("SET TABLESPACE {}", sql::ident(space)));
        }
        let mut statements: Vec<Statement> = actions.iter().map(|action| to.altered(context.style, action)).collect();
        let gone = from.statistics.iter().filter(|(part, _)| !to.statistics.iter().any(|(kept, _)| kept == part));
        statements.extend(gone.map(|(part, _)| to.statistics(context.style, (*part, -1))));
        let set = to.statistics.iter().filter(|target| !from.statistics.contains(target));
        statements.extend(set.map(|target| to.statistics(context.style, *target)));
        Alteration::InPlace(statements)
    }

    fn essence(&self) -> Self {
        Self { tree: self.tree.essence(), ..self.clone() }
    }

    fn follows_link(&self, own: Side) -> bool {
        self.tree.follows_link(own)
    }

    fn follows(&self) -> Vec<Follow> {
        self.tree.follows([&self.schema, &self.table])
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        Some(vec![Statement::new(format!("ALTER INDEX {name} RENAME TO {}", sql::ident(&to.name)))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        for part in &mut it.key {
            *part = part.renamed(rename, (&self.schema, &self.table));
        }
        if let Some(predicate) = &mut it.predicate {
            rename.expression(&self.schema, &self.table, predicate);
        }
        rename.columns(&self.schema, &self.table, &mut it.include);
        it.tree.rename(rename);
        rename.own(Kind::Index, &[&self.schema], &mut it.name);
        rename.relation(&self.schema, &mut it.table);
        it
    }

    fn tolerates_null(&self, column: &Id) -> bool {
        let keyed = self.key.iter().any(|part| part.term == Term::Column(column.name().to_owned()));
        !(self.unique && self.nulls_not_distinct && keyed)
    }

    fn phrase(&self) -> String {
        format!("{}index {}", if self.unique { "unique " } else { "" }, self.name)
    }
}
