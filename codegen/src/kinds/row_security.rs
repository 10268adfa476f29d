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
    /// That it is not on, though it is forced.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub disabled: bool,
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
        Statement::new(format!("ALTER TABLE {table} {what} ROW LEVEL SECURITY"))
            .lock(self.table_id(), LockMode::AccessExclusive)
    }
}

impl ObjectKind for RowSecurity {
    const NAME: &'static str = "row level security";
    const CATALOG: &str = r#"
        SELECT 0, 0, 0, jsonb_build_object('schema', t.schema, 'table', t.name, 'force', t.relforcerowsecurity, 'disabled', NOT t.relrowsecurity)
        FROM "table" AS t
        WHERE t.relrowsecurity OR t.relforcerowsecurity"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_class WHERE oid >= 16384 AND (relrowsecurity OR relforcerowsecurity))";

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
        let enable = (!self.disabled).then(|| self.statement(style, "ENABLE"));
        enable.into_iter().chain(self.force.then(|| self.statement(style, "FORCE"))).collect()
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let disable = (!self.disabled).then(|| self.statement(style, "DISABLE"));
        disable.into_iter().chain(self.force.then(|| self.statement(style, "NO FORCE"))).collect()
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        let word = if to.disabled { "DISABLE" } else { "ENABLE" };
        let enable = (from.disabled != to.disabled).then(|| to.statement(context.style, word));
        let word = if to.force { "FORCE" } else { "NO FORCE" };
        let force = (from.force != to.force).then(|| to.statement(context.style, word));
        Alteration::InPlace(enable.into_iter().chain(force).collect())
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
