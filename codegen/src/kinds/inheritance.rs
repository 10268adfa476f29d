//! `INHERITS`: that a table inherits from another.

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, Object, ObjectKind, Relation, Renaming};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::Style;

/// That a table inherits from another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inheritance {
    /// The schema of the table.
    pub schema: String,
    /// The table.
    pub table: String,
    /// Whether it is a foreign table.
    #[serde(default, skip_serializing_if = "Relation::is_table")]
    pub relation: Relation,
    /// The schema of the table that it inherits from.
    pub parent_schema: String,
    /// The table that it inherits from.
    pub parent: String,
    /// Whether that is a foreign table.
    #[serde(default, skip_serializing_if = "Relation::is_table")]
    pub parent_relation: Relation,
    /// Its place among the parents of the table, from 0.
    pub position: usize,
}

impl Inheritance {
    fn table_id(&self) -> Id {
        self.relation.id(&self.schema, &self.table)
    }

    fn parent_id(&self) -> Id {
        self.parent_relation.id(&self.parent_schema, &self.parent)
    }

    fn statement(&self, style: &Style, verb: &str) -> Statement {
        let table = style.name(&self.schema, &self.table);
        let parent = style.name(&self.parent_schema, &self.parent);
        Statement::new(format!("ALTER TABLE {table} {verb} {parent}")).lock(self.table_id(), LockMode::AccessExclusive)
    }

    /// The parents of the table, in their order.
    fn parents(&self, schema: &Schema) -> Vec<Id> {
        let links = schema.below(&Id::new(Kind::Inheritance, [&self.schema, &self.table]));
        let mut placed: Vec<(usize, Id)> = links
            .filter_map(|(id, object)| match object.as_ref() {
                Object::Inheritance(it) => Some((it.position, id.clone())),
                _ => None,
            })
            .collect();
        placed.sort();
        placed.into_iter().map(|(_, id)| id).collect()
    }
}

impl ObjectKind for Inheritance {
    const NAME: &'static str = "inheritance";
    const CATALOG: &str = r#"
        SELECT 0, 0, 0, jsonb_build_object(
            'schema', t.schema, 'table', t.name, 'relation', t.sort, 'parent_schema', n.nspname, 'parent', parent.relname,
            'parent_relation', CASE parent.relkind WHEN 'f' THEN 'foreign_table' END,
            'position', row_number() OVER (PARTITION BY t.oid ORDER BY i.inhseqno) - 1
          )
        FROM relation AS t
        JOIN pg_inherits AS i ON i.inhrelid = t.oid
        JOIN pg_class AS parent ON parent.oid = i.inhparent
        JOIN pg_namespace AS n ON n.oid = parent.relnamespace
        WHERE NOT t.relispartition AND t.relkind IN ('r', 'f')"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_inherits)";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.table.clone(), self.parent_schema.clone(), self.parent.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![self.table_id(), self.parent_id()]
    }

    fn owner(&self) -> Option<Id> {
        Some(self.table_id())
    }

    fn binds(&self) -> Vec<Id> {
        vec![self.table_id(), self.parent_id()]
    }

    fn hands_on(&self, part: Kind) -> bool {
        // Neither keys nor indexes are inherited (documentation, Inheritance, Caveats).
        matches!(part, Kind::Column | Kind::Check)
    }

    fn is_inseparable(&self, _schema: &Schema, coming: bool) -> bool {
        // It stands in the statement whatever is said of it elsewhere, since its columns come by it.
        coming && self.relation.is_table()
    }

    fn position(&self) -> usize {
        self.position
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        vec![self.statement(style, "INHERIT").lock(self.parent_id(), LockMode::ShareUpdateExclusive)]
    }

    fn clause(&self, _style: &Style) -> Option<String> {
        // The table that is made with it says it itself, behind the parentheses; a foreign one does not.
        self.relation.is_table().then(String::new)
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![self.statement(style, "NO INHERIT")]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        let (before, after) = (from.parents(context.from), to.parents(context.to));
        // A parent can only be added behind the others, so one that has to stand behind a new one is made anew.
        let stays = |id: &&Id| before.contains(id);
        let kept: Vec<&Id> = before.iter().filter(|id| after.contains(id)).collect();
        if after.iter().take_while(stays).collect::<Vec<_>>() == kept {
            Alteration::InPlace(Vec::new())
        } else {
            Alteration::Replace
        }
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.relation(&self.schema, &mut it.table);
        rename.relation(&self.parent_schema, &mut it.parent);
        it
    }

    fn phrase(&self) -> String {
        format!("inheritance of {} from {}", self.table, self.parent)
    }
}
