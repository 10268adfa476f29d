//! `CREATE RULE`: what a command on a table or view does also, or instead.

use serde::{Deserialize, Serialize};

use super::trigger::Firing;
use super::{Alteration, Context, ObjectKind, Rebuild, Relation, Renaming};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// A rule of a table or view, other than the query of a view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The relation's schema.
    pub schema: String,
    /// The relation.
    pub table: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "Relation::is_table")]
    pub relation: Relation,
    /// Its name.
    pub name: String,
    /// The whole statement but `CREATE RULE`, its name and `AS`.
    pub definition: String,
    /// In which sessions it applies.
    #[serde(default, skip_serializing_if = "Firing::is_usual")]
    pub enabled: Firing,
}

impl Rule {
    fn relation_id(&self) -> Id {
        self.relation.id(&self.schema, &self.table)
    }

    fn on(&self, style: &Style) -> String {
        format!("{} ON {}", sql::ident(&self.name), style.name(&self.schema, &self.table))
    }

    fn locked(&self, sql: String) -> Statement {
        Statement::new(sql).lock(self.relation_id(), LockMode::AccessExclusive)
    }

    fn definition(&self, verb: &str) -> Statement {
        self.locked(format!("{verb} {} AS {}", sql::ident(&self.name), self.definition))
    }

    fn enabling(&self, style: &Style) -> Statement {
        let (table, name) = (style.name(&self.schema, &self.table), sql::ident(&self.name));
        self.locked(format!("ALTER TABLE {table} {} RULE {name}", self.enabled.verb()))
    }
}

impl ObjectKind for Rule {
    const NAME: &'static str = "rule";
    const PRINTED: &'static [&'static str] = &["definition"];
    const CATALOG: &str = r#"
        SELECT 'pg_rewrite'::regclass, w.oid, 0, jsonb_build_object(
            'schema', r.schema, 'table', r.name, 'relation', r.sort, 'name', w.rulename,
            'definition', substring(
              btrim(pg_get_ruledef(w.oid), E' ;\n') FROM length('CREATE RULE ' || quote_ident(w.rulename) || ' AS ') + 1
            ),
            'enabled', firing.word
          )
        FROM relation AS r
        JOIN pg_rewrite AS w ON w.ev_class = r.oid AND w.rulename <> '_RETURN'
        LEFT JOIN firing ON firing.letter = w.ev_enabled"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_rewrite WHERE oid >= 16384 AND rulename <> '_RETURN')";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.table.clone(), self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        Vec::new()
    }

    fn owner(&self) -> Option<Id> {
        Some(self.relation_id())
    }

    fn rebuild(&self) -> Rebuild {
        Rebuild::WhenDisturbed
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let enabling = (!self.enabled.is_usual()).then(|| self.enabling(style));
        std::iter::once(self.definition("CREATE RULE")).chain(enabling).collect()
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![self.locked(format!("DROP RULE {}{}", style.if_exists(), self.on(style)))]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        let replaced = from.definition != to.definition;
        let definition = replaced.then(|| to.definition("CREATE OR REPLACE RULE"));
        let enabling = (from.enabled != to.enabled).then(|| to.enabling(context.style));
        Alteration::InPlace(definition.into_iter().chain(enabling).collect())
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        Some(vec![self.locked(format!("ALTER RULE {} RENAME TO {}", self.on(style), sql::ident(&to.name)))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.own(super::Kind::Rule, &[&self.schema, &self.table], &mut it.name);
        rename.relation(&self.schema, &mut it.table);
        it
    }
}
