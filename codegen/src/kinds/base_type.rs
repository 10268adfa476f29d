//! `CREATE TYPE ... (INPUT = ..., OUTPUT = ...)`, and `CREATE TYPE ...` alone, which makes a shell.

use serde::{Deserialize, Serialize};

use super::{Alteration, Claim, Context, Namespace, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::Style;

/// A base type with the functions that read and write it, or a shell: the name of a type that is yet to come.
///
/// The functions are parts of it and no objects of their own, since neither can be without the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaseType {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// The statements that make its input, output, receive and send functions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub functions: Vec<String>,
    /// `INPUT = ...` and so on, in the order of the manual; none for a shell.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
}

impl ObjectKind for BaseType {
    const NAME: &'static str = "base type";
    const NOUN: Option<&'static str> = Some("TYPE");
    const CATALOG: &str = r#"
        SELECT 'pg_type'::regclass, t.oid, 0, jsonb_build_object(
            'schema', t.schema, 'name', t.name,
            'functions', (
              SELECT coalesce(jsonb_agg(pg_get_functiondef(own.oid) ORDER BY own.oid), '[]')
              FROM io_function AS own
              WHERE own.type = t.oid
            ),
            'options', CASE WHEN t.typisdefined THEN array_remove(ARRAY[
              'INPUT = ' || t.typinput, 'OUTPUT = ' || t.typoutput,
              'RECEIVE = ' || nullif(t.typreceive::text, '-'), 'SEND = ' || nullif(t.typsend::text, '-'),
              'TYPMOD_IN = ' || nullif(t.typmodin::text, '-'), 'TYPMOD_OUT = ' || nullif(t.typmodout::text, '-'),
              'ANALYZE = ' || nullif(t.typanalyze::text, '-'), 'SUBSCRIPT = ' || nullif(t.typsubscript::text, '-'),
              'INTERNALLENGTH = ' || CASE t.typlen WHEN -1 THEN 'VARIABLE' WHEN -2 THEN '-2' ELSE t.typlen::text END,
              CASE WHEN t.typbyval THEN 'PASSEDBYVALUE' END,
              'ALIGNMENT = ' || CASE t.typalign WHEN 'c' THEN 'char' WHEN 's' THEN 'int2' WHEN 'i' THEN 'int4' ELSE 'double' END,
              'STORAGE = ' || CASE t.typstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' ELSE 'extended' END,
              'CATEGORY = ' || quote_literal(t.typcategory::text),
              CASE WHEN t.typispreferred THEN 'PREFERRED = true' END,
              'DEFAULT = ' || quote_literal(t.typdefault),
              CASE WHEN t.typelem <> 0 THEN 'ELEMENT = ' || format_type(t.typelem, NULL) END,
              'DELIMITER = ' || quote_literal(t.typdelim::text),
              CASE WHEN t.typcollation <> 0 THEN 'COLLATABLE = true' END
            ], NULL) END
          )
        FROM own_type AS t
        WHERE t.typtype = 'p'
          OR (t.typtype = 'b' AND NOT EXISTS (SELECT FROM pg_type AS element WHERE element.typarray = t.oid))"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_type WHERE oid >= 16384 AND (typtype = 'p' OR typtype = 'b' AND typinput::oid >= 16384))";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn claims(&self) -> Vec<Claim> {
        vec![Claim::Type(self.schema.clone(), self.name.clone())]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let name = style.name(&self.schema, &self.name);
        let mut statements = vec![Statement::new(format!("CREATE TYPE {name}"))];
        statements.extend(self.functions.iter().map(|function| Statement::new(function.trim_end()).with_body()));
        if !self.options.is_empty() {
            statements.push(Statement::new(format!("CREATE TYPE {name} (\n  {}\n)", self.options.join(",\n  "))));
        }
        statements
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let drop = format!("DROP TYPE {}{}", style.if_exists(), style.name(&self.schema, &self.name));
        if self.functions.is_empty() {
            return vec![Statement::new(drop)];
        }
        // The type and its functions need each other, so no other statement drops them; all else is gone by now.
        vec![Statement::new(format!("{drop} CASCADE")).note("takes along the functions that read and write it")]
    }

    fn alter(_context: &Context, _from: &Self, _to: &Self) -> Alteration {
        Alteration::Replace
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }
}
