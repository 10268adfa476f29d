//! `ALTER PUBLICATION ... ADD TABLE`

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, ObjectKind, Rebuild, Renaming};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// That a publication tells of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicationTable {
    /// The publication.
    pub publication: String,
    /// The table's schema.
    pub schema: String,
    /// The table.
    pub table: String,
    /// The columns, in the order of the table; all of them if none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
    /// `WHERE`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
}

impl PublicationTable {
    fn table_id(&self) -> Id {
        Id::new(Kind::Table, [&self.schema, &self.table])
    }

    /// `ONLY`, since the heirs of the table are members of their own.
    fn statement(&self, style: &Style, verb: &str, more: &str) -> Statement {
        let (publication, table) = (sql::ident(&self.publication), style.name(&self.schema, &self.table));
        let sql = format!("ALTER PUBLICATION {publication} {verb} TABLE ONLY {table}{more}");
        Statement::new(sql).lock(self.table_id(), LockMode::ShareUpdateExclusive)
    }
}

impl ObjectKind for PublicationTable {
    const NAME: &'static str = "published table";
    const CATALOG: &str = r#"
        SELECT 'pg_publication_rel'::regclass, r.oid, 0, jsonb_build_object(
            'publication', p.pubname, 'schema', n.nspname, 'table', t.relname,
            'columns', (
              SELECT coalesce(jsonb_agg(a.attname ORDER BY a.attnum), '[]')
              FROM jsonb_array_elements_text(CASE jsonb_typeof(to_jsonb(r) -> 'prattrs')
                WHEN 'array' THEN to_jsonb(r) -> 'prattrs' ELSE '[]' END) AS number
              JOIN pg_attribute AS a ON a.attrelid = r.prrelid AND a.attnum = number::int
            ),
            -- Before 15 there is no such column, so that its name means the one of `older`.
            'condition', (SELECT pg_get_expr(prqual, prrelid) FROM pg_publication_rel WHERE oid = r.oid)
          )
        FROM pg_publication_rel AS r
        JOIN pg_publication AS p ON p.oid = r.prpubid
        JOIN pg_class AS t ON t.oid = r.prrelid
        JOIN pg_namespace AS n ON n.oid = t.relnamespace
        CROSS JOIN (SELECT NULL::pg_node_tree AS prqual) AS older"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_publication_rel)";

    fn path(&self) -> Vec<String> {
        vec![self.publication.clone(), self.schema.clone(), self.table.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        let column = |name| Id::new(Kind::Column, [&self.schema, &self.table, name]);
        std::iter::once(self.table_id()).chain(self.columns.iter().map(column)).collect()
    }

    fn owner(&self) -> Option<Id> {
        Some(Id::new(Kind::Publication, [&self.publication]))
    }

    fn rebuild(&self) -> Rebuild {
        Rebuild::WhenDisturbed
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let columns =
            if self.columns.is_empty() { String::new() } else { format!(" ({})", sql::idents(&self.columns)) };
        let condition = self.condition.as_ref().map_or_else(String::new, |it| format!(" WHERE ({it})"));
        vec![self.statement(style, "ADD", &(columns + &condition))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![self.statement(style, "DROP", "")]
    }

    fn alter(_context: &Context, _from: &Self, _to: &Self) -> Alteration {
        Alteration::Replace
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.columns(&self.schema, &self.table, &mut it.columns);
        if let Some(condition) = &mut it.condition {
            rename.expression(&self.schema, &self.table, condition);
        }
        rename.relation(&self.schema, &mut it.table);
        it
    }
}
