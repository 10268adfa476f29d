//! `CREATE TEXT SEARCH PARSER`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, Namespace, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// A parser of documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSearchParser {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// What it is made of, each as CREATE wants it, in the order of the manual.
    pub options: Vec<String>,
}

impl ObjectKind for TextSearchParser {
    const NAME: &'static str = "text search parser";
    const CATALOG: &str = r#"
        SELECT 'pg_ts_parser'::regclass, p.oid, 0, jsonb_build_object(
            'schema', n.name, 'name', p.prsname,
            'options', array_remove(ARRAY[
              'START = ' || p.prsstart, 'GETTOKEN = ' || p.prstoken, 'END = ' || p.prsend,
              'HEADLINE = ' || nullif(p.prsheadline::text, '-'), 'LEXTYPES = ' || p.prslextype
            ], NULL)
          )
        FROM pg_ts_parser AS p
        JOIN namespace AS n ON n.oid = p.prsnamespace
        WHERE NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_ts_parser'::regclass AND objid = p.oid)"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_ts_parser WHERE oid >= 16384)";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        vec![Statement::new(format!("CREATE TEXT SEARCH PARSER {name} (\n  {}\n)", self.options.join(",\n  ")))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        vec![Statement::new(format!("DROP TEXT SEARCH PARSER {}{name}", style.if_exists()))]
    }

    fn alter(_context: &Context, _from: &Self, _to: &Self) -> Alteration {
        Alteration::Replace
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        Some(vec![Statement::new(format!("ALTER TEXT SEARCH PARSER {name} RENAME TO {}", sql::ident(&to.name)))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.own(Kind::TextSearchParser, &[&self.schema], &mut it.name);
        it
    }
}
