//! `CREATE COLLATION`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, Namespace, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// A collation. The version of the library that it was made with is no fact about the schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collation {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// What it is made of, each as CREATE wants it, in the order of the manual.
    pub options: Vec<String>,
}

impl ObjectKind for Collation {
    const NAME: &'static str = "collation";
    const CATALOG: &str = r#"
        SELECT 'pg_collation'::regclass, c.oid, 0, jsonb_build_object(
            'schema', n.name, 'name', c.collname,
            'options', array_remove(ARRAY[
              'PROVIDER = ' || CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
              -- Where the locale stands differs by major; before 15 ICU shares the columns of libc.
              'LOCALE = ' || quote_literal(coalesce(
                own ->> 'colllocale', own ->> 'colliculocale',
                CASE WHEN c.collprovider = 'i' OR c.collcollate = c.collctype THEN c.collcollate END
              )),
              CASE WHEN c.collprovider = 'c' AND c.collcollate <> c.collctype
                THEN format('LC_COLLATE = %L, LC_CTYPE = %L', c.collcollate, c.collctype) END,
              CASE WHEN NOT c.collisdeterministic THEN 'DETERMINISTIC = false' END,
              'RULES = ' || quote_literal(own ->> 'collicurules')
            ], NULL)
          )
        FROM pg_collation AS c
        JOIN namespace AS n ON n.oid = c.collnamespace
        CROSS JOIN LATERAL to_jsonb(c) AS own
        WHERE NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_collation'::regclass AND objid = c.oid)"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_collation WHERE oid >= 16384)";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        vec![Statement::new(format!("CREATE COLLATION {name} (\n  {}\n)", self.options.join(",\n  ")))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        vec![Statement::new(format!("DROP COLLATION {}{name}", style.if_exists()))]
    }

    fn alter(_context: &Context, _from: &Self, _to: &Self) -> Alteration {
        Alteration::Replace
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        Some(vec![Statement::new(format!("ALTER COLLATION {name} RENAME TO {}", sql::ident(&to.name)))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.own(Kind::Collation, &[&self.schema], &mut it.name);
        it
    }
}
