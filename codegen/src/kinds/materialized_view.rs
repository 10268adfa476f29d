//! `CREATE MATERIALIZED VIEW`; its indexes are objects of their own.

use serde::{Deserialize, Serialize};

use super::parameters;
use super::storage::Action;
use super::storage::Storage;
use super::{Alteration, Claim, Context, Kind, Namespace, ObjectKind, Rebuild, Renaming};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// A materialized view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaterializedView {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// The query, without semicolon.
    pub query: String,
    /// Whether it was filled: cosmetic, but one that is made anew is filled again if it was.
    pub populated: bool,
    /// How and where its rows are kept.
    #[serde(flatten)]
    pub storage: Storage,
}

impl MaterializedView {
    fn id(&self) -> Id {
        Id::new(Kind::MaterializedView, self.path())
    }

    fn action(&self, style: &Style, action: &str) -> Statement {
        let name = style.name(&self.schema, &self.name);
        Statement::new(format!("ALTER MATERIALIZED VIEW {name} {action}")).lock(self.id(), LockMode::AccessExclusive)
    }
}

impl ObjectKind for MaterializedView {
    const NAME: &'static str = "materialized view";
    const PRINTED: &'static [&'static str] = &["query"];
    const CATALOG: &str = r#"
        SELECT 'pg_class'::regclass, m.oid, 0, stored.facts || jsonb_build_object(
            'schema', m.schema, 'name', m.name,
            'query', btrim(pg_get_viewdef(m.oid), E' ;\n'),
            'populated', m.relispopulated
          )
        FROM relation AS m
        JOIN stored ON stored.oid = m.oid
        WHERE m.relkind = 'm'"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_class WHERE oid >= 16384 AND relkind = 'm')";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn claims(&self) -> Vec<Claim> {
        Claim::relation_with_rows(&self.schema, &self.name)
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn rebuild(&self) -> Rebuild {
        Rebuild::WhenDisturbed
    }

    fn essence(&self) -> Self {
        Self { populated: true, ..self.clone() }
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        let Storage { with, access_method, tablespace, .. } = &self.storage;
        let method = access_method.as_ref().map(|it| format!(" USING {}", sql::ident(it))).unwrap_or_default();
        let space = tablespace.as_ref().map(|it| format!(" TABLESPACE {}", sql::ident(it))).unwrap_or_default();
        let empty = if self.populated { "" } else { "\nWITH NO DATA" };
        let with = parameters::with(with);
        vec![Statement::new(format!("CREATE MATERIALIZED VIEW {name}{method}{with}{space} AS\n{}{empty}", self.query))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        let sql = format!("DROP MATERIALIZED VIEW {}{name}", style.if_exists());
        vec![Statement::new(sql).lock(self.id(), LockMode::AccessExclusive)]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        if from.query != to.query {
            return Alteration::Replace;
        }
        let actions = from.storage.changes(&to.storage);
        let name = context.style.name(&to.schema, &to.name);
        let statement = |action: &Action| {
            action.locked(Statement::new(format!("ALTER MATERIALIZED VIEW {name} {}", action.words)), to.id())
        };
        Alteration::InPlace(actions.iter().map(statement).collect())
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        Some(vec![self.action(style, &format!("RENAME TO {}", sql::ident(&to.name)))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.relation(&self.schema, &mut it.name);
        it
    }
}
