//! What decides that two rows are the same, as `ON CONFLICT` names it.

use std::collections::BTreeSet;

use tablewright_syntax::TableDecl;

use super::super::facts;
use crate::expression;
use crate::kinds::{Object, Term};
use crate::model::Schema;
use crate::sql;

/// Something that rows are unique by, as `ON CONFLICT` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// What it is: `unique constraint`, `unique index` or `primary key`.
    pub what: &'static str,
    /// Its name.
    pub name: String,
    /// The conflict target: columns and expressions, as SQL.
    pub target: Vec<String>,
    /// Which rows it is about; none: all.
    pub predicate: Option<String>,
    /// The columns that stand in it, in order.
    pub columns: Vec<String>,
    /// Column and constant of each `COALESCE(column, constant)`.
    pub coalesced: Vec<(String, String)>,
    /// Columns that stand in it as they are.
    pub plain: Vec<String>,
    /// Whether two NULLs are the same.
    pub nulls_not_distinct: bool,
}

impl Key {
    /// What rows are unique by according to this object, if it is such an object and can decide a conflict.
    pub fn of(object: &Object) -> Option<Self> {
        let of_columns = |what, name: &str, columns: &[String], nulls_not_distinct| Self {
            what,
            name: name.to_owned(),
            target: columns.iter().map(|column| sql::ident(column)).collect(),
            predicate: None,
            columns: columns.to_vec(),
            coalesced: Vec::new(),
            plain: columns.to_vec(),
            nulls_not_distinct,
        };
        match object {
            Object::PrimaryKey(it) if it.deferrable.is_not() => {
                Some(of_columns("primary key", &it.name, &it.columns, false))
            }
            Object::Unique(it) if it.deferrable.is_not() => {
                Some(of_columns("unique constraint", &it.name, &it.columns, it.nulls_not_distinct))
            }
            Object::Index(index) if index.unique => {
                let mut key = of_columns("unique index", &index.name, &[], index.nulls_not_distinct);
                key.predicate.clone_from(&index.predicate);
                index.key.iter().for_each(|part| key.push(&part.term));
                Some(key)
            }
            _ => None,
        }
    }

    fn push(&mut self, term: &Term) {
        let columns = match term {
            Term::Column(name) => {
                self.target.push(sql::ident(name));
                self.plain.push(name.clone());
                BTreeSet::from([name.clone()])
            }
            Term::Expression(text) => {
                self.target.push(if expression::is_call(text) { text.clone() } else { format!("({text})") });
                self.coalesced.extend(expression::coalesced(text));
                expression::names(text).columns
            }
        };
        let new: Vec<String> = columns.into_iter().filter(|name| !self.columns.contains(name)).collect();
        self.columns.extend(new);
    }

    /// What stands behind `ON CONFLICT`.
    pub fn conflict_target(&self) -> String {
        let predicate = self.predicate.as_ref().map(|it| format!(" WHERE {it}")).unwrap_or_default();
        format!("({}){predicate}", self.target.join(", "))
    }
}

/// The keys that a table declares as natural, as they are in the schema.
pub(super) fn natural_keys(schema: &Schema, table: &TableDecl) -> Vec<Key> {
    let id = facts::table_id(table);
    let objects: Vec<&Object> = facts::parts(schema, &id).collect();
    let uniques = table.uniques.iter().filter(|it| it.natural_key.is_some()).filter_map(|declared| {
        let on: Vec<&str> = declared.on.iter().map(|field| facts::column_name(table, field)).collect();
        objects.iter().find(|object| match object {
            Object::Unique(it) => declared.name.as_ref().map_or(it.columns == on, |name| it.name == name.value),
            _ => false,
        })
    });
    let indexes = table.indexes.iter().filter(|it| it.natural_key.is_some()).filter_map(|declared| {
        objects.iter().find(|object| matches!(object, Object::Index(it) if it.name == declared.name.value))
    });
    uniques.chain(indexes).filter_map(|object| Key::of(object)).collect()
}
