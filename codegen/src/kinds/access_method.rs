//! `CREATE ACCESS METHOD`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// A way to store tables or to look things up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessMethod {
    /// Its name.
    pub name: String,
    /// `TABLE` or `INDEX`
    #[serde(rename = "type")]
    pub ty: String,
    /// The handler, as SQL names it.
    pub handler: String,
}

impl ObjectKind for AccessMethod {
    const NAME: &'static str = "access method";
    const CATALOG: &str = r#"
        SELECT 'pg_am'::regclass, a.oid, 0, jsonb_build_object(
            'name', a.amname, 'type', CASE a.amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END, 'handler', a.amhandler::text
          )
        FROM pg_am AS a
        WHERE a.oid >= 16384
          AND NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_am'::regclass AND objid = a.oid)"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_am WHERE oid >= 16384)";

    fn path(&self) -> Vec<String> {
        vec![self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        Vec::new()
    }

    fn create(&self, _style: &Style) -> Vec<Statement> {
        let name = sql::ident(&self.name);
        vec![Statement::new(format!("CREATE ACCESS METHOD {name} TYPE {} HANDLER {}", self.ty, self.handler))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("DROP ACCESS METHOD {}{}", style.if_exists(), sql::ident(&self.name)))]
    }

    fn alter(_context: &Context, _from: &Self, _to: &Self) -> Alteration {
        Alteration::Replace
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }
}
