//! `CREATE TABLE`: the table itself; columns and constraints are objects of their own and stand in it as clauses.

mod declared;

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, Namespace, ObjectKind, Renaming};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
}

impl ObjectKind for Table {
    const NAME: &'static str = "table";
    const CATALOG: &str = r#"
        SELECT 'pg_class'::regclass, t.oid, 0, jsonb_build_object('schema', t.schema, 'name', t.name)
        FROM "table" AS t"#;
    const HOLDS_DATA: bool = true;

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
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
        vec![Statement::new(format!("CREATE TABLE {name} ({body})"))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let sql = format!("DROP TABLE {}{}", style.if_exists(), style.name(&self.schema, &self.name));
        vec![Statement::new(sql).lock(Id::new(Kind::Table, self.path()), LockMode::AccessExclusive)]
    }

    fn alter(_context: &Context, _from: &Self, _to: &Self) -> Alteration {
        Alteration::InPlace(Vec::new())
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
