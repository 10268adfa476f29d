//! `ALTER INDEX ... ATTACH PARTITION`: that an index of a partition is its part of the partitioned table's index.

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Follow, Kind, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::Style;

/// That an index of a partition is its part of an index of the partitioned table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexAttachment {
    /// The schema of the partition and its index.
    pub schema: String,
    /// The index.
    pub index: String,
    /// The partition.
    pub table: String,
    /// The index, or the constraint that it belongs to: a kind's name and a path.
    pub of: (String, Vec<String>),
    /// The schema of the partitioned table and its index.
    pub parent_schema: String,
    /// The index of the partitioned table.
    pub parent_index: String,
    /// The same index, or the constraint that it belongs to: a kind's name and a path.
    pub to: (String, Vec<String>),
    /// Whether that index lacks parts, and so is made behind the partitions. Cosmetic.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_late: bool,
}

fn known((kind, path): &(String, Vec<String>)) -> Option<Id> {
    Kind::named(kind).map(|kind| Id::new(kind, path))
}

impl IndexAttachment {
    fn link(&self) -> Id {
        Id::new(Kind::Partition, [&self.schema, &self.table])
    }
}

impl ObjectKind for IndexAttachment {
    const NAME: &'static str = "index attachment";
    const CATALOG: &str = r#"
        SELECT 0, 0, 0, jsonb_build_object(
            'schema', own.schema, 'index', own.name, 'table', own."table", 'of', own.object,
            'parent_schema', parent.schema, 'parent_index', parent.name, 'to', parent.object,
            'is_late', NOT parent.is_valid
          )
        FROM pg_inherits AS i
        JOIN index_object AS own ON own.oid = i.inhrelid
        JOIN index_object AS parent ON parent.oid = i.inhparent"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_inherits)";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.index.clone()]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        known(&self.of).into_iter().chain(known(&self.to)).chain([self.link()]).collect()
    }

    fn owner(&self) -> Option<Id> {
        known(&self.of)
    }

    fn follows(&self) -> Vec<Follow> {
        vec![Follow { leader: self.link(), link: self.link() }]
    }

    fn comes_with_link(&self, _owner_is_new: bool) -> bool {
        !self.is_late
    }

    fn completes(&self) -> Option<Id> {
        known(&self.to)
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let parent = style.name(&self.parent_schema, &self.parent_index);
        vec![Statement::new(format!("ALTER INDEX {parent} ATTACH PARTITION {}", style.name(&self.schema, &self.index)))]
    }

    fn drop(&self, _style: &Style) -> Vec<Statement> {
        // It ends with either index, or when the partition is detached; there is no other way.
        Vec::new()
    }

    fn alter(_context: &Context, _from: &Self, _to: &Self) -> Alteration {
        Alteration::Replace
    }

    fn essence(&self) -> Self {
        Self { is_late: false, ..self.clone() }
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        let names = [
            (&self.of, &mut it.of, &self.schema, &mut it.index),
            (&self.to, &mut it.to, &self.parent_schema, &mut it.parent_index),
        ];
        for (was, object, schema, index) in names {
            let Some(id) = known(was) else { continue };
            let Some(now) = rename.applied(&id) else { continue };
            object.1 = now.path.to_vec();
            // An index has the name of its constraint.
            if rename.from == id {
                rename.to.clone_into(index);
            }
            debug_assert_eq!(now.path[0], *schema);
        }
        rename.relation(&self.schema, &mut it.table);
        it
    }
}
