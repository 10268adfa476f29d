//! `CREATE SCHEMA`: a namespace. PostgreSQL's catalog calls it so too, which leaves "schema" for all objects together.

mod declared;

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// A schema other than `public`, which is always there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Namespace {
    /// Its name.
    pub name: String,
}

impl Namespace {
    /// The id of the schema of that name.
    pub fn id_of(name: &str) -> Id {
        Id::new(Kind::Namespace, [name])
    }
}

impl ObjectKind for Namespace {
    const NAME: &'static str = "schema";
    const CATALOG: &str = r#"
        SELECT 'pg_namespace'::regclass, n.oid, 0, jsonb_build_object('name', n.name)
        FROM namespace AS n
        WHERE n.name <> 'public'
          AND NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_namespace'::regclass AND objid = n.oid)"#;

    fn path(&self) -> Vec<String> {
        vec![self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        Vec::new()
    }

    fn create(&self, _style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("CREATE SCHEMA {}", sql::ident(&self.name)))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("DROP SCHEMA {}{}", style.if_exists(), sql::ident(&self.name)))]
    }

    fn alter(_context: &Context, _from: &Self, _to: &Self) -> Alteration {
        Alteration::InPlace(Vec::new())
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }
}
