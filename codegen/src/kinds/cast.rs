//! `CREATE CAST`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::Style;

/// A cast between two types.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cast {
    /// The type of what is cast, as SQL writes it.
    pub source: String,
    /// The type that it becomes, as SQL writes it.
    pub target: String,
    /// `WITH FUNCTION ...`, `WITHOUT FUNCTION` or `WITH INOUT`
    pub way: String,
    /// `ASSIGNMENT` or `IMPLICIT`; explicit only if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
}

impl ObjectKind for Cast {
    const NAME: &'static str = "cast";
    const CATALOG: &str = r#"
        SELECT 'pg_cast'::regclass, c.oid, 0, jsonb_build_object(
            'source', format_type(c.castsource, NULL), 'target', format_type(c.casttarget, NULL),
            'way', CASE c.castmethod
              WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION'
            END,
            'context', CASE c.castcontext WHEN 'a' THEN 'ASSIGNMENT' WHEN 'i' THEN 'IMPLICIT' END
          )
        FROM pg_cast AS c
        WHERE c.oid >= 16384
          -- Members of extensions, and what comes along with a range.
          AND NOT EXISTS (
            SELECT FROM pg_depend WHERE classid = 'pg_cast'::regclass AND objid = c.oid AND deptype IN ('e', 'i')
          )"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_cast WHERE oid >= 16384)";

    fn reference(path: &[String], _style: &Style) -> String {
        let part = |at: usize| path.get(at).map_or("", String::as_str);
        format!("CAST ({} AS {})", part(0), part(1))
    }

    fn path(&self) -> Vec<String> {
        vec![self.source.clone(), self.target.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        Vec::new()
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let reference = Self::reference(&self.path(), style);
        let context = self.context.as_ref().map(|context| format!(" AS {context}")).unwrap_or_default();
        vec![Statement::new(format!("CREATE {reference} {}{context}", self.way))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("DROP CAST {}({} AS {})", style.if_exists(), self.source, self.target))]
    }

    fn alter(_context: &Context, _from: &Self, _to: &Self) -> Alteration {
        Alteration::Replace
    }

    fn renamed(&self, _rename: &Renaming) -> Self {
        self.clone()
    }
}
