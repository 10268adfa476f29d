//! `CREATE CONVERSION`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, Namespace, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// A conversion between two encodings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversion {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// `FOR`: the encoding that it reads.
    pub source: String,
    /// `TO`: the encoding that it writes.
    pub target: String,
    /// The function, as SQL names it.
    pub function: String,
    /// `DEFAULT`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub default: bool,
}

impl ObjectKind for Conversion {
    const NAME: &'static str = "conversion";
    const CATALOG: &str = r#"
        SELECT 'pg_conversion'::regclass, c.oid, 0, jsonb_build_object(
            'schema', n.name, 'name', c.conname,
            'source', pg_encoding_to_char(c.conforencoding), 'target', pg_encoding_to_char(c.contoencoding),
            'function', c.conproc::text, 'default', c.condefault
          )
        FROM pg_conversion AS c
        JOIN namespace AS n ON n.oid = c.connamespace
        WHERE NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_conversion'::regclass AND objid = c.oid)"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_conversion WHERE oid >= 16384)";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let (name, default) = (style.name(&self.schema, &self.name), if self.default { "DEFAULT " } else { "" });
        let (source, target) = (sql::literal(&self.source), sql::literal(&self.target));
        let sql = format!("CREATE {default}CONVERSION {name} FOR {source} TO {target} FROM {}", self.function);
        vec![Statement::new(sql)]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        vec![Statement::new(format!("DROP CONVERSION {}{name}", style.if_exists()))]
    }

    fn alter(_context: &Context, _from: &Self, _to: &Self) -> Alteration {
        Alteration::Replace
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        Some(vec![Statement::new(format!("ALTER CONVERSION {name} RENAME TO {}", sql::ident(&to.name)))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.own(Kind::Conversion, &[&self.schema], &mut it.name);
        it
    }
}
