//! `FOREIGN KEY ... REFERENCES`

mod action;
mod declared;
mod definition;
mod firing;
mod online;

use serde::{Deserialize, Serialize};

pub use action::Action;

use super::{Alteration, Claim, Context, Deferrable, Firing, Follow, Kind, ObjectKind, Rebuild, Renaming, Stage};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::Style;

/// A foreign key constraint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKey {
    /// The table's schema.
    pub schema: String,
    /// The table.
    pub table: String,
    /// Its name.
    pub name: String,
    /// The columns, in order.
    pub columns: Vec<String>,
    /// The referenced table's schema.
    pub to_schema: String,
    /// The referenced table.
    pub to_table: String,
    /// The referenced columns, in order.
    pub to_columns: Vec<String>,
    /// `ON DELETE`
    #[serde(default, skip_serializing_if = "Action::is_none")]
    pub on_delete: Action,
    /// `ON UPDATE`
    #[serde(default, skip_serializing_if = "Action::is_none")]
    pub on_update: Action,
    /// `PERIOD`, of the last columns (PostgreSQL 18)
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub period: bool,
    /// `NOT VALID`: rows that were there before are not checked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_valid: bool,
    /// `NOT ENFORCED`: no row is checked (PostgreSQL 18).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_enforced: bool,
    /// In which sessions the triggers on the referencing table fire.
    #[serde(default, skip_serializing_if = "Firing::is_usual")]
    pub firing: Firing,
    /// In which sessions the triggers on the referenced table fire.
    #[serde(default, skip_serializing_if = "Firing::is_usual")]
    pub firing_on_target: Firing,
    /// `MATCH FULL`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub match_full: bool,
    /// When it is checked.
    #[serde(default, skip_serializing_if = "Deferrable::is_not")]
    pub deferrable: Deferrable,
    /// The path of the one of the partitioned table that it is a copy of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy_of: Option<Vec<String>>,
}

impl ObjectKind for ForeignKey {
    const NAME: &'static str = "foreign key";
    const NOUN: Option<&'static str> = Some("CONSTRAINT");
    const HANDED_ON: bool = true;
    const CAN_BE_TWICE: bool = true;
    const CATALOG: &str = r#"
        SELECT 'pg_constraint'::regclass, c.oid, 0, c.schema, c."table", c.name,
          -- Looked up by the index of pg_attribute, which is several times as long as these lists.
          ARRAY(
            SELECT (SELECT attname FROM pg_attribute WHERE attrelid = c.conrelid AND attnum = number)
            FROM unnest(c.conkey) AS number
          ) AS columns,
          n.nspname AS to_schema, target.relname AS to_table,
          ARRAY(
            SELECT (SELECT attname FROM pg_attribute WHERE attrelid = c.confrelid AND attnum = number)
            FROM unnest(c.confkey) AS number
          ) AS to_columns,
          CASE c.confdeltype
            WHEN 'n' THEN json_build_object('set_null', coalesce(deleted.names, '[]'))
            WHEN 'd' THEN json_build_object('set_default', coalesce(deleted.names, '[]'))
            WHEN 'c' THEN '"cascade"'
            WHEN 'r' THEN '"restrict"'
          END AS on_delete,
          CASE c.confupdtype
            WHEN 'n' THEN '{"set_null": []}'::json
            WHEN 'd' THEN '{"set_default": []}'
            WHEN 'c' THEN '"cascade"'
            WHEN 'r' THEN '"restrict"'
          END AS on_update,
          c.confmatchtype = 'f' AS match_full,
          own_firing.word AS firing, other_firing.word AS firing_on_target,
          c.temporal AS period, c.not_valid, c.not_enforced, c."deferrable", c.parent AS copy_of
        FROM key_constraint AS c
        LEFT JOIN firing_inside AS own_firing ON own_firing.oid = c.oid AND own_firing.tgrelid = c.conrelid
        LEFT JOIN firing_inside AS other_firing ON other_firing.oid = c.oid AND other_firing.tgrelid = c.confrelid
        JOIN pg_class AS target ON target.oid = c.confrelid
        JOIN pg_namespace AS n ON n.oid = target.relnamespace
        LEFT JOIN (
          SELECT it.oid, json_agg(a.attname ORDER BY a.attnum)
          FROM constraint_of_any_major AS it
          CROSS JOIN LATERAL unnest(it.deleted) AS number
          JOIN pg_attribute AS a ON a.attrelid = it.conrelid AND a.attnum = number
          GROUP BY it.oid
        ) AS deleted(oid, names) ON deleted.oid = c.oid
        WHERE c.contype = 'f'"#;

    fn comes(&self, before: &Schema) -> Stage {
        // A column that is new is empty in the rows of those who do not know it, and what is empty refers to nothing.
        let is_new = |column: &&Id| !before.contains(column);
        let columns = self.place().columns(&self.columns);
        if !self.match_full && columns.iter().any(|column| is_new(&column)) { Stage::Migrate } else { Stage::Contract }
    }

    fn path(&self) -> Vec<String> {
        self.place().path()
    }

    fn claims(&self) -> Vec<Claim> {
        vec![Claim::Constraint(self.schema.clone(), self.table.clone(), self.name.clone())]
    }

    fn needs(&self, schema: &Schema) -> Vec<Id> {
        let mut needs = self.place().columns(&self.columns);
        needs.extend(self.to_columns.iter().map(|name| Id::new(Kind::Column, [&self.to_schema, &self.to_table, name])));
        needs.push(self.target());
        needs.extend(self.backing(schema));
        needs
    }

    fn could_need(&self, schema: &Schema) -> Vec<Id> {
        // Of several keys that fit, PostgreSQL takes the one that it finds first.
        self.fitting(schema)
    }

    fn owner(&self) -> Option<Id> {
        Some(self.place().table())
    }

    fn rebuild(&self) -> Rebuild {
        // Both sides may change their type, and in between there is no operator to compare them by.
        Rebuild::WhenDisturbed
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        self.added(style)
    }

    fn create_online(&self, context: &Context) -> Option<Vec<Statement>> {
        self.created_online(context)
    }

    fn clause(&self, style: &Style) -> Option<String> {
        // PostgreSQL takes NOT VALID in a new table for a mistake, and forgets it.
        (!self.not_valid && self.fires_as_usual()).then(|| self.place().clause(&self.definition(style)))
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![self.place().drop(style).lock(self.target(), LockMode::AccessExclusive).with_partitions()]
    }

    fn follows(&self) -> Vec<Follow> {
        let link = Id::new(Kind::Partition, [&self.schema, &self.table]);
        self.copy_of.iter().map(|path| Follow { leader: Id::new(Kind::ForeignKey, path), link: link.clone() }).collect()
    }

    fn led(&self, before: Option<&Self>, leader: (Option<&Self>, Option<&Self>)) -> Option<Self> {
        let leader = leader.1?;
        match before {
            Some(it) => Some(Self {
                name: it.name.clone(),
                firing: it.firing,
                firing_on_target: it.firing_on_target,
                ..self.copy(leader)
            }),
            None => self.has_name_of_leader().then(|| self.copy(leader)),
        }
    }

    fn comes_with_link(&self, _owner_is_new: bool) -> bool {
        self.has_name_of_leader()
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        if let Some(statements) = from.changes(context.style, to) {
            return Alteration::InPlace(statements);
        }
        let leads_elsewhere = (&from.to_schema, &from.to_table) != (&to.to_schema, &to.to_table);
        if leads_elsewhere || from.fitting(context.from).iter().any(|key| !context.to.contains(key)) {
            // Between its end and its new beginning the old key has to go, which it could stand on again.
            return Alteration::Replace;
        }
        // Drop and add of a foreign key disturb nobody, and together they can say why.
        let mut statements = from.drop(context.style);
        if let Some(first) = statements.first_mut() {
            first.note = from.note(to);
        }
        statements.extend(to.made(context));
        Alteration::InPlace(statements)
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        Some(self.place().rename(style, &to.name))
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.columns(&self.schema, &self.table, &mut it.columns);
        rename.columns(&self.schema, &self.table, it.on_delete.columns_mut());
        rename.columns(&self.schema, &self.table, it.on_update.columns_mut());
        rename.columns(&self.to_schema, &self.to_table, &mut it.to_columns);
        if let Some(path) = &mut it.copy_of
            && let Some(now) = rename.applied(&Id::new(Kind::ForeignKey, path.iter()))
        {
            *path = now.path.to_vec();
        }
        rename.own(Kind::ForeignKey, &[&self.schema, &self.table], &mut it.name);
        rename.relation(&self.schema, &mut it.table);
        rename.relation(&self.to_schema, &mut it.to_table);
        it
    }
}
