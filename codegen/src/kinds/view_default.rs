//! `ALTER VIEW ... ALTER COLUMN ... SET DEFAULT`: what an INSERT into a view puts where it says nothing.

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, ObjectKind, Rebuild, Renaming};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// The default of a view's column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewDefault {
    /// The view's schema.
    pub schema: String,
    /// The view.
    pub view: String,
    /// The column.
    pub column: String,
    /// The expression.
    pub default: String,
}

impl ViewDefault {
    fn view_id(&self) -> Id {
        Id::new(Kind::View, [&self.schema, &self.view])
    }

    fn statement(&self, style: &Style, action: &str) -> Vec<Statement> {
        let (view, column) = (style.name(&self.schema, &self.view), sql::ident(&self.column));
        let sql = format!("ALTER VIEW {view} ALTER COLUMN {column} {action}");
        vec![Statement::new(sql).lock(self.view_id(), LockMode::AccessExclusive)]
    }
}

impl ObjectKind for ViewDefault {
    const NAME: &'static str = "view default";
    const CATALOG: &str = r#"
        SELECT 'pg_attrdef'::regclass, d.oid, 0, jsonb_build_object(
            'schema', v.schema, 'view', v.name, 'column', a.attname, 'default', pg_get_expr(d.adbin, d.adrelid)
          )
        FROM pg_attrdef AS d
        JOIN relation AS v ON v.oid = d.adrelid AND v.relkind = 'v'
        JOIN pg_attribute AS a ON a.attrelid = d.adrelid AND a.attnum = d.adnum"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_class WHERE oid >= 16384 AND relkind = 'v')";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.view.clone(), self.column.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        Vec::new()
    }

    fn owner(&self) -> Option<Id> {
        Some(self.view_id())
    }

    fn rebuild(&self) -> Rebuild {
        Rebuild::WhenDisturbed
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        self.statement(style, &format!("SET DEFAULT {}", self.default))
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        self.statement(style, "DROP DEFAULT")
    }

    fn alter(context: &Context, _from: &Self, to: &Self) -> Alteration {
        Alteration::InPlace(to.create(context.style))
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.relation(&self.schema, &mut it.view);
        it
    }
}
