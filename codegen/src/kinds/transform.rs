//! `CREATE TRANSFORM`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// How a procedural language sees the values of a type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transform {
    /// The type, as SQL writes it.
    #[serde(rename = "type")]
    pub ty: String,
    /// The language.
    pub language: String,
    /// `FROM SQL WITH FUNCTION ...` and `TO SQL WITH FUNCTION ...`
    pub functions: Vec<String>,
}

impl Transform {
    fn definition(&self, verb: &str, style: &Style) -> Vec<Statement> {
        let reference = Self::reference(&self.path(), style);
        vec![Statement::new(format!("{verb} {reference} (\n  {}\n)", self.functions.join(",\n  ")))]
    }
}

impl ObjectKind for Transform {
    const NAME: &'static str = "transform";
    const CATALOG: &str = r#"
        SELECT 'pg_transform'::regclass, t.oid, 0, jsonb_build_object(
            'type', format_type(t.trftype, NULL), 'language', l.lanname,
            'functions', array_remove(ARRAY[
              CASE WHEN t.trffromsql <> 0 THEN 'FROM SQL WITH FUNCTION ' || t.trffromsql::regprocedure END,
              CASE WHEN t.trftosql <> 0 THEN 'TO SQL WITH FUNCTION ' || t.trftosql::regprocedure END
            ], NULL)
          )
        FROM pg_transform AS t
        JOIN pg_language AS l ON l.oid = t.trflang
        WHERE t.oid >= 16384
          AND NOT EXISTS (SELECT FROM extension_member WHERE classid = 'pg_transform'::regclass AND objid = t.oid)"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_transform WHERE oid >= 16384)";
    // PostgreSQL source, pg_proc.c, ProcedureCreate, up to 17.
    const ATTRACTS: &'static [Kind] = &[Kind::Function, Kind::Procedure];

    fn reference(path: &[String], _style: &Style) -> String {
        let part = |at: usize| path.get(at).map_or("", String::as_str);
        format!("TRANSFORM FOR {} LANGUAGE {}", part(0), sql::ident(part(1)))
    }

    fn path(&self) -> Vec<String> {
        vec![self.ty.clone(), self.language.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Id::new(Kind::Language, [&self.language])]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        self.definition("CREATE", style)
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let (exists, language) = (style.if_exists(), sql::ident(&self.language));
        vec![Statement::new(format!("DROP TRANSFORM {exists}FOR {} LANGUAGE {language}", self.ty))]
    }

    fn alter(context: &Context, _from: &Self, to: &Self) -> Alteration {
        Alteration::InPlace(to.definition("CREATE OR REPLACE", context.style))
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }
}
