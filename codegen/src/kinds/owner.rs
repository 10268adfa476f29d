//! `ALTER ... OWNER TO`: one kind for the owners of all others.

use serde::{Deserialize, Serialize};

use super::target::Target;
use super::{Alteration, Context, ObjectKind, Renaming};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// The owner of an object, where it is not the role that reads the database: that role runs the migration as well, and
/// owns what it makes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The object.
    #[serde(flatten)]
    pub target: Target,
    /// The owner; the role that reads if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Who owns the schema `public` in a new database.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<String>,
}

impl Owner {
    fn statement(&self, style: &Style, role: Option<&String>) -> Vec<Statement> {
        let role = role.map_or_else(|| "CURRENT_USER".to_owned(), |role| sql::ident(role));
        let statement = Statement::new(format!("ALTER {} OWNER TO {role}", self.target.reference(style)));
        vec![self.target.locked(statement, LockMode::AccessExclusive)]
    }
}

impl ObjectKind for Owner {
    const NAME: &'static str = "owner";
    const CATALOG: &str = r#"
        SELECT o.class, o.oid, 0, jsonb_build_object(
            'role', CASE WHEN NOT o.is_reader THEN pg_get_userbyid(o.owner) END,
            'on', CASE WHEN o.otherwise IS NOT NULL THEN 'schema' END,
            'path', CASE WHEN o.otherwise IS NOT NULL THEN jsonb_build_array('public') END,
            'otherwise', o.otherwise
          )
        FROM owned AS o
        WHERE CASE WHEN o.otherwise IS NULL THEN NOT o.is_reader ELSE pg_get_userbyid(o.owner) <> o.otherwise END
          -- The sequence of a column has its table's owner, and can have no other.
          AND NOT EXISTS (
            SELECT FROM pg_depend AS d
            WHERE d.classid = 'pg_class'::regclass AND d.objid = o.oid AND o.class = d.classid AND o.kind = 's'
              AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
          )"#;
    const HANGS_ON_OTHERS: bool = true;

    fn path(&self) -> Vec<String> {
        self.target.path()
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        Vec::new()
    }

    fn owner(&self) -> Option<Id> {
        self.target.id()
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        self.statement(style, self.role.as_ref())
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        self.statement(style, self.otherwise.as_ref())
    }

    fn alter(context: &Context, _from: &Self, to: &Self) -> Alteration {
        Alteration::InPlace(to.create(context.style))
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        Self { target: self.target.renamed(rename), ..self.clone() }
    }

    fn phrase(&self) -> String {
        format!("owner of {} {}", self.target.on, self.target.path.last().map_or("", String::as_str))
    }
}
