//! `CREATE TYPE ... AS RANGE`

use serde::{Deserialize, Serialize};

use super::{Alteration, Claim, Context, Kind, Namespace, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// A range type, and the multirange type that comes along with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// The schema of the multirange type.
    pub multirange_schema: String,
    /// The multirange type.
    pub multirange: String,
    /// `SUBTYPE = ...` and what else is not the default, in the order of the manual.
    pub options: Vec<String>,
}

impl ObjectKind for Range {
    const NAME: &'static str = "range type";
    const NOUN: Option<&'static str> = Some("TYPE");
    const CATALOG: &str = r#"
        SELECT 'pg_type'::regclass, t.oid, 0, jsonb_build_object(
            'schema', t.schema, 'name', t.name,
            'multirange_schema', place.nspname, 'multirange', multirange.typname,
            'options', array_remove(ARRAY[
              'SUBTYPE = ' || format_type(r.rngsubtype, NULL),
              CASE WHEN NOT opclass.opcdefault
                THEN 'SUBTYPE_OPCLASS = ' || quote_ident(n.nspname) || '.' || quote_ident(opclass.opcname) END,
              CASE WHEN r.rngcollation <> subtype.typcollation THEN 'COLLATION = ' || (
                SELECT CASE WHEN own.nspname = 'pg_catalog' THEN '' ELSE quote_ident(own.nspname) || '.' END
                  || quote_ident(c.collname)
                FROM pg_collation AS c
                JOIN pg_namespace AS own ON own.oid = c.collnamespace
                WHERE c.oid = r.rngcollation
              ) END,
              'CANONICAL = ' || nullif(r.rngcanonical::text, '-'),
              'SUBTYPE_DIFF = ' || nullif(r.rngsubdiff::text, '-')
            ], NULL)
          )
        FROM own_type AS t
        JOIN pg_range AS r ON r.rngtypid = t.oid
        JOIN pg_type AS subtype ON subtype.oid = r.rngsubtype
        JOIN pg_opclass AS opclass ON opclass.oid = r.rngsubopc
        JOIN pg_namespace AS n ON n.oid = opclass.opcnamespace
        JOIN pg_type AS multirange ON multirange.oid = r.rngmultitypid
        JOIN pg_namespace AS place ON place.oid = multirange.typnamespace"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_range WHERE rngtypid >= 16384)";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn claims(&self) -> Vec<Claim> {
        vec![
            Claim::Type(self.schema.clone(), self.name.clone()),
            Claim::Type(self.multirange_schema.clone(), self.multirange.clone()),
        ]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        let multirange = format!("MULTIRANGE_TYPE_NAME = {}", style.name(&self.multirange_schema, &self.multirange));
        let options: Vec<&str> = self.options.iter().map(String::as_str).chain([multirange.as_str()]).collect();
        vec![Statement::new(format!("CREATE TYPE {name} AS RANGE (\n  {}\n)", options.join(",\n  ")))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("DROP TYPE {}{}", style.if_exists(), style.name(&self.schema, &self.name)))]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        let named = Self { multirange: to.multirange.clone(), ..from.clone() };
        if named != *to {
            return Alteration::Replace;
        }
        let name = context.style.name(&from.multirange_schema, &from.multirange);
        Alteration::InPlace(vec![Statement::new(format!("ALTER TYPE {name} RENAME TO {}", sql::ident(&to.multirange)))])
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        Some(vec![Statement::new(format!("ALTER TYPE {name} RENAME TO {}", sql::ident(&to.name)))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.own(Kind::Range, &[&self.schema], &mut it.name);
        it
    }
}
