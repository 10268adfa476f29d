//! `CREATE OPERATOR FAMILY`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Namespace, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// An operator family; what is added to it by hand are objects of their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OperatorFamily {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// The index access method.
    pub method: String,
}

impl ObjectKind for OperatorFamily {
    const NAME: &'static str = "operator family";
    const CATALOG: &str = r#"
        SELECT 'pg_opfamily'::regclass, f.oid, 0,
          jsonb_build_object('schema', n.name, 'name', f.opfname, 'method', a.amname)
        FROM pg_opfamily AS f
        JOIN namespace AS n ON n.oid = f.opfnamespace
        JOIN pg_am AS a ON a.oid = f.opfmethod
        WHERE NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_opfamily'::regclass AND objid = f.oid)"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_opfamily WHERE oid >= 16384)";

    fn reference(path: &[String], style: &Style) -> String {
        let part = |at: usize| path.get(at).map_or("", String::as_str);
        format!("OPERATOR FAMILY {} USING {}", style.name(part(0), part(1)), sql::ident(part(2)))
    }

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone(), self.method.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("CREATE {}", Self::reference(&self.path(), style)))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let (exists, name) = (style.if_exists(), style.name(&self.schema, &self.name));
        vec![Statement::new(format!("DROP OPERATOR FAMILY {exists}{name} USING {}", sql::ident(&self.method)))]
    }

    fn alter(_context: &Context, _from: &Self, _to: &Self) -> Alteration {
        Alteration::InPlace(Vec::new())
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }

    fn phrase(&self) -> String {
        format!("operator family {}", self.name)
    }
}
