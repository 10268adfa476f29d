//! `CREATE EXTENSION`

mod declared;

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Namespace, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// An extension. What it brings along is its own affair and not part of the schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// Its name.
    pub name: String,
    /// The schema that its objects go to, if said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// Its version, if said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

impl ObjectKind for Extension {
    const NAME: &'static str = "extension";
    const CATALOG: &str = r#"
        SELECT 'pg_extension'::regclass, e.oid, 0, jsonb_build_object('name', e.extname, 'schema', n.nspname, 'version', e.extversion)
        FROM pg_extension AS e
        JOIN pg_namespace AS n ON n.oid = e.extnamespace
        WHERE (e.extname, n.nspname) <> ('plpgsql', 'pg_catalog')"#;

    fn path(&self) -> Vec<String> {
        vec![self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        self.schema.iter().map(|schema| Namespace::id_of(schema)).collect()
    }

    fn create(&self, _style: &Style) -> Vec<Statement> {
        let schema = self.schema.as_ref().map(|schema| format!(" SCHEMA {}", sql::ident(schema))).unwrap_or_default();
        let version = self.version.as_ref().map(|version| format!(" VERSION {}", sql::literal(version))).unwrap_or_default();
        vec![Statement::new(format!("CREATE EXTENSION {}{schema}{version}", sql::ident(&self.name)))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("DROP EXTENSION {}{}", style.if_exists(), sql::ident(&self.name)))]
    }

    fn alter(_context: &Context, from: &Self, to: &Self) -> Alteration {
        let name = sql::ident(&to.name);
        let mut statements = Vec::new();
        if let Some(version) = to.version.as_ref().filter(|_| from.version != to.version) {
            statements.push(Statement::new(format!("ALTER EXTENSION {name} UPDATE TO {}", sql::literal(version))));
        }
        if let Some(schema) = to.schema.as_ref().filter(|_| from.schema != to.schema) {
            statements.push(Statement::new(format!("ALTER EXTENSION {name} SET SCHEMA {}", sql::ident(schema))));
        }
        Alteration::InPlace(statements)
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }
}
