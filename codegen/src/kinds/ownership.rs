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
    /// The owner of the table, which the sequence then has too; the role that reads if none. Cosmetic: the owner of the
    /// table is an object of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owned_by: Option<String>,
}

impl Ownership {
    fn owner_to(&self, style: &Style, role: &str) -> Statement {
        Statement::new(format!("ALTER SEQUENCE {} OWNER TO {role}", style.name(&self.schema, &self.sequence)))
    }

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
        SELECT 0, 0, 0, jsonb_build_object('schema', s.schema, 'sequence', s.name, 'table', t.name, 'column', (SELECT attname FROM pg_attribute WHERE attrelid = t.oid AND attnum = d.refobjsubid),
            'owned_by', (SELECT rolname FROM pg_roles WHERE oid = t.relowner AND rolname <> current_user)
          )
        FROM relation AS s
        JOIN pg_depend AS d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.deptype = 'a'
        JOIN "table" AS t ON d.refclassid = 'pg_class'::regclass AND t.oid = d.refobjid
        WHERE s.relkind = 'S' AND d.refobjsubid > 0"#;

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.sequence.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![
            // A table that becomes logged or not takes along the sequences that it owns (since 15).
            Id::new(Kind::Table, [&self.schema, &self.table]),
            Id::new(Kind::Column, [&self.schema, &self.table, &self.column]),
            Id::new(Kind::Owner, [Kind::Table.name(), &self.schema, &self.table]),
        ]
    }

    fn owner(&self) -> Option<Id> {
        Some(Id::new(Kind::Sequence, [&self.schema, &self.sequence]))
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        // PostgreSQL ties them only if they have one owner.
        let owner = self.owned_by.iter().map(|role| self.owner_to(style, &sql::ident(role)));
        owner.chain(self.statement(style, &self.column(style))).collect()
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let owner = self.owned_by.iter().map(|_| self.owner_to(style, "CURRENT_USER"));
        self.statement(style, "NONE").into_iter().chain(owner).collect()
    }

    fn essence(&self) -> Self {
        Self { owned_by: None, ..self.clone() }
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
