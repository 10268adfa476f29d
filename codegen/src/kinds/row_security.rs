//! `ALTER TABLE ... ENABLE ROW LEVEL SECURITY`

mod declared;

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, ObjectKind, Renaming};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::Style;

/// That row level security is on for a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowSecurity {
    /// The table's schema.
    pub schema: String,
    /// The table.
    pub table: String,
    /// `FORCE`: also for the table's owner.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub force: bool,
}

impl RowSecurity {
    fn table_id(&self) -> Id {
        Id::new(Kind::Table, [&self.schema, &self.table])
    }

    fn statement(&self, style: &Style, what: &str) -> Statement {
        let table = style.name(&self.schema, &self.table);
        Statement::new(format!("ALTER TABLE {table} {what} ROW LEVEL SECURITY")).lock(self.table_id(), LockMode::AccessExclusive)
    }
}

impl ObjectKind for RowSecurity {
    const NAME: &'static str = "row level security";
    const CATALOG: &str = r#"
        SELECT 0, 0, 0, jsonb_build_object('schema', t.schema, 'table', t.name, 'force', t.relforcerowsecurity)
        FROM "table" AS t
        WHERE t.relrowsecurity"#;

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.table.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        Vec::new()
    }

    fn owner(&self) -> Option<Id> {
        Some(self.table_id())
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let mut statements = vec![self.statement(style, "ENABLE")];
        statements.extend(self.force.then(|| self.statement(style, "FORCE")));
        statements
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let mut statements = vec![self.statement(style, "DISABLE")];
        statements.extend(self.force.then(|| self.statement(style, "NO FORCE")));
        statements
    }

    fn alter(context: &Context, _from: &Self, to: &Self) -> Alteration {
        Alteration::InPlace(vec![to.statement(context.style, if to.force { "FORCE" } else { "NO FORCE" })])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.relation(&self.schema, &mut it.table);
        it
    }

    fn phrase(&self) -> String {
        "row level security".into()
    }
}
