//! `ALTER PUBLICATION ... ADD TABLES IN SCHEMA`, from PostgreSQL 15 on

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, Namespace, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// That a publication tells of all tables of a schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationSchema {
    /// The publication.
    pub publication: String,
    /// The schema.
    pub schema: String,
}

impl PublicationSchema {
    fn statement(&self, verb: &str) -> Vec<Statement> {
        let (publication, schema) = (sql::ident(&self.publication), sql::ident(&self.schema));
        vec![Statement::new(format!("ALTER PUBLICATION {publication} {verb} TABLES IN SCHEMA {schema}"))]
    }
}

impl ObjectKind for PublicationSchema {
    const NAME: &'static str = "published schema";
    // The catalog `pg_publication_namespace` is not there before 15, but what it holds stands in pg_depend as well.
    const CATALOG: &str = r#"
        SELECT DISTINCT member.classid, member.objid, 0,
          jsonb_build_object('publication', p.pubname, 'schema', n.nspname)
        FROM pg_depend AS member
        JOIN pg_publication AS p ON member.refclassid = 'pg_publication'::regclass AND p.oid = member.refobjid
        JOIN pg_depend AS other ON other.classid = member.classid AND other.objid = member.objid
        JOIN pg_namespace AS n ON other.refclassid = 'pg_namespace'::regclass AND n.oid = other.refobjid
        WHERE member.classid = to_regclass('pg_catalog.pg_publication_namespace')"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_publication)";

    fn path(&self) -> Vec<String> {
        vec![self.publication.clone(), self.schema.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn owner(&self) -> Option<Id> {
        Some(Id::new(Kind::Publication, [&self.publication]))
    }

    fn create(&self, _style: &Style) -> Vec<Statement> {
        self.statement("ADD")
    }

    fn drop(&self, _style: &Style) -> Vec<Statement> {
        self.statement("DROP")
    }

    fn alter(_context: &Context, _from: &Self, _to: &Self) -> Alteration {
        Alteration::InPlace(Vec::new())
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }
}
