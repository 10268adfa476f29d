//! `ALTER SEQUENCE ... OWNED BY`: an object of its own, since the column's default needs the sequence and the
//! ownership needs the column.

mod declared;

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// That a sequence belongs to a column of a table in its schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ownership {
    /// The schema of the sequence and the table.
    pub schema: String,
    /// The sequence.
    pub sequence: String,
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
}

impl Ownership {
    fn statement(&self, style: &Style, owner: &str) -> Vec<Statement> {
        vec![Statement::new(format!("ALTER SEQUENCE {} OWNED BY {owner}", style.name(&self.schema, &self.sequence)))]
    }

    fn column(&self, style: &Style) -> String {
        format!("{}.{}", style.name(&self.schema, &self.table), sql::ident(&self.column))
    }
}

impl ObjectKind for Ownership {
    const NAME: &'static str = "sequence owner";
    const CATALOG: &str = r#"
        SELECT 0, 0, 0, jsonb_build_object('schema', s.schema, 'sequence', s.name, 'table', t.name, 'column', a.attname)
        FROM relation AS s
        JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.deptype = 'a'
        JOIN "table" AS t ON d.refclassid = 'pg_class'::regclass AND t.oid = d.refobjid
        JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
        WHERE s.relkind = 'S'"#;

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.sequence.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Id::new(Kind::Column, [&self.schema, &self.table, &self.column])]
    }

    fn owner(&self) -> Option<Id> {
        Some(Id::new(Kind::Sequence, [&self.schema, &self.sequence]))
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        self.statement(style, &self.column(style))
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        self.statement(style, "NONE")
    }

    fn alter(context: &Context, _from: &Self, to: &Self) -> Alteration {
        Alteration::InPlace(to.create(context.style))
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.column(&self.schema, &self.table, &mut it.column);
        rename.relation(&self.schema, &mut it.table);
        rename.own(Kind::Sequence, &[&self.schema], &mut it.sequence);
        it
    }
}
