//! A rename, and what it does to every object that mentions what is renamed.

use super::{Kind, Relation, TypeName};
use crate::expression;
use crate::model::Id;

/// A rename. The value of an enum is named by the enum's path and the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// The id before.
    pub from: Id,
    /// The last part of its path afterwards.
    pub to: String,
}

impl Renaming {
    /// The id afterwards of the renamed object itself.
    pub fn target(&self) -> Id {
        let mut path = self.from.path.to_vec();
        if let Some(last) = path.last_mut() {
            last.clone_from(&self.to);
        }
        Id::new(self.from.kind, path)
    }

    /// The id afterwards of the renamed object or of a part of a renamed table, if this is one.
    pub fn applied(&self, id: &Id) -> Option<Id> {
        let depth = self.from.path.len();
        let itself = *id == self.from;
        let of_table = matches!(
            id.kind,
            Kind::Column
                | Kind::PrimaryKey
                | Kind::Unique
                | Kind::Check
                | Kind::Exclusion
                | Kind::ForeignKey
                | Kind::Rule
                | Kind::ColumnSetting
                | Kind::ViewDefault
                | Kind::Clustering
                | Kind::ReplicaIdentity
                | Kind::Trigger
                | Kind::Policy
                | Kind::RowSecurity
                | Kind::Partition
                | Kind::Inheritance
        );
        let part = Relation::is(self.from.kind) && of_table && id.path.starts_with(&self.from.path);
        (itself || part).then(|| {
            let mut path = id.path.to_vec();
            path[depth - 1].clone_from(&self.to);
            Id::new(id.kind, path)
        })
    }

    /// Mends the name of a table or view.
    pub fn relation(&self, schema: &str, name: &mut String) {
        if Relation::is(self.from.kind) {
            self.exactly(&[schema], name);
        }
    }

    /// Mends the name of a column.
    pub fn column(&self, schema: &str, table: &str, name: &mut String) {
        if self.from.kind == Kind::Column {
            self.exactly(&[schema, table], name);
        }
    }

    /// Mends the names of several columns of one table.
    pub fn columns(&self, schema: &str, table: &str, names: &mut [String]) {
        for name in names {
            self.column(schema, table, name);
        }
    }

    /// Mends the name of an index of a table, which may be that of a constraint.
    pub fn index(&self, schema: &str, table: &str, name: &mut String) {
        match self.from.kind {
            Kind::Index => self.exactly(&[schema], name),
            Kind::PrimaryKey | Kind::Unique | Kind::Exclusion => self.exactly(&[schema, table], name),
            _ => {}
        }
    }

    /// Mends the own name of an object of this kind below `above`.
    pub fn own(&self, kind: Kind, above: &[&str], name: &mut String) {
        if self.from.kind == kind {
            self.exactly(above, name);
        }
    }

    /// Mends an expression over the columns of a table, as PostgreSQL does by itself.
    pub fn expression(&self, schema: &str, table: &str, text: &mut String) {
        let here = self.from.kind == Kind::Column && self.from.path[..2] == [schema, table];
        if here {
            *text = expression::with_column_renamed(text, self.from.name(), &self.to);
        }
    }

    /// Mends the name of a type.
    pub fn type_name(&self, ty: &mut TypeName) {
        let schema = ty.schema.clone().unwrap_or_default();
        if matches!(self.from.kind, Kind::Enumeration | Kind::Domain) {
            self.exactly(&[&schema], &mut ty.name);
        }
    }

    fn exactly(&self, above: &[&str], name: &mut String) {
        let path = &self.from.path;
        let same = path.len() == above.len() + 1 && path[..above.len()] == *above && self.from.name() == name;
        if same {
            name.clone_from(&self.to);
        }
    }
}
