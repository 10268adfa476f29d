//! `CREATE TEXT SEARCH TEMPLATE`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, Namespace, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// The functions behind dictionaries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSearchTemplate {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// What it is made of, each as CREATE wants it, in the order of the manual.
    pub options: Vec<String>,
}

impl ObjectKind for TextSearchTemplate {
    const NAME: &'static str = "text search template";
    const CATALOG: &str = r#"
        SELECT 'pg_ts_template'::regclass, t.oid, 0, jsonb_build_object(
            'schema', n.name, 'name', t.tmplname,
            'options', array_remove(ARRAY['INIT = ' || nullif(t.tmplinit::text, '-'), 'LEXIZE = ' || t.tmpllexize], NULL)
          )
        FROM pg_ts_template AS t
        JOIN namespace AS n ON n.oid = t.tmplnamespace
        WHERE NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_ts_template'::regclass AND objid = t.oid)"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_ts_template WHERE oid >= 16384)";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        vec![Statement::new(format!("CREATE TEXT SEARCH TEMPLATE {name} (\n  {}\n)", self.options.join(",\n  ")))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        vec![Statement::new(format!("DROP TEXT SEARCH TEMPLATE {}{name}", style.if_exists()))]
    }

    fn alter(_context: &Context, _from: &Self, _to: &Self) -> Alteration {
        Alteration::Replace
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        Some(vec![Statement::new(format!("ALTER TEXT SEARCH TEMPLATE {name} RENAME TO {}", sql::ident(&to.name)))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.own(Kind::TextSearchTemplate, &[&self.schema], &mut it.name);
        it
    }
}
