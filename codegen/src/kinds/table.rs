//! `CREATE TABLE`: the table itself; columns and constraints are objects of their own and stand in it as clauses.

mod declared;

use serde::{Deserialize, Serialize};

use super::{Alteration, Claim, Context, Kind, Namespace, ObjectKind, Renaming, Storage};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// How and where its rows are kept.
    #[serde(flatten)]
    pub storage: Storage,
}

impl ObjectKind for Table {
    const NAME: &'static str = "table";
    const CATALOG: &str = r#"
        SELECT 'pg_class'::regclass, t.oid, 0, stored.facts || jsonb_build_object('schema', t.schema, 'name', t.name)
        FROM "table" AS t
        JOIN stored ON stored.oid = t.oid"#;
    const HOLDS_DATA: bool = true;

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn claims(&self) -> Vec<Claim> {
        Claim::relation_with_rows(&self.schema, &self.name)
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        self.create_with(style, &[])
    }

    fn create_with(&self, style: &Style, clauses: &[String]) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        let body = if clauses.is_empty() { String::new() } else { format!("\n  {}\n", clauses.join(",\n  ")) };
        let unlogged = if self.storage.unlogged { "UNLOGGED " } else { "" };
        vec![Statement::new(format!("CREATE {unlogged}TABLE {name} ({body}){}", self.storage.clauses()))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let sql = format!("DROP TABLE {}{}", style.if_exists(), style.name(&self.schema, &self.name));
        vec![Statement::new(sql).lock(Id::new(Kind::Table, self.path()), LockMode::AccessExclusive)]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        let table = context.style.name(&to.schema, &to.name);
        let statement = |action: &String| {
            Statement::new(format!("ALTER TABLE {table} {action}"))
                .lock(Id::new(Kind::Table, to.path()), LockMode::AccessExclusive)
        };
        Alteration::InPlace(from.storage.changes(&to.storage).iter().map(statement).collect())
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let sql = format!("ALTER TABLE {} RENAME TO {}", style.name(&self.schema, &self.name), sql::ident(&to.name));
        Some(vec![Statement::new(sql).lock(Id::new(Kind::Table, self.path()), LockMode::AccessExclusive)])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.relation(&self.schema, &mut it.name);
        it
    }

    fn lost_by_drop(&self) -> Option<String> {
        Some("its rows".into())
    }
}
