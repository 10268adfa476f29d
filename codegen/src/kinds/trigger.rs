//! `CREATE TRIGGER`

mod declared;
mod event;

use serde::{Deserialize, Serialize};

pub use event::{Event, Timing};

use super::{
    Alteration, Context, Deferrable, ExtensionDependency, Kind, ObjectKind, Rebuild, Relation, Renaming, pair,
};
use crate::expression;
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// A trigger of a table or view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// The table's schema.
    pub schema: String,
    /// The table.
    pub table: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "Relation::is_table")]
    pub relation: Relation,
    /// Its name.
    pub name: String,
    /// When it fires.
    pub timing: Timing,
    /// On what it fires, in PostgreSQL's order.
    pub events: Vec<Event>,
    /// `FOR EACH ROW`, else for each statement.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub for_each_row: bool,
    /// `WHEN`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<String>,
    /// `REFERENCING OLD TABLE AS`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old_table: Option<String>,
    /// `REFERENCING NEW TABLE AS`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new_table: Option<String>,
    /// The function's schema.
    pub function_schema: String,
    /// The function.
    pub function: String,
    /// Its arguments.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<String>,
    /// `CREATE CONSTRAINT TRIGGER`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<ConstraintTrigger>,
    /// In which sessions it fires.
    #[serde(default, skip_serializing_if = "Firing::is_usual")]
    pub enabled: Firing,
}

/// What a constraint trigger has besides.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConstraintTrigger {
    /// When it fires within the transaction.
    #[serde(default, skip_serializing_if = "Deferrable::is_not")]
    pub deferrable: Deferrable,
    /// `FROM`: the schema and name of another table that the constraint refers to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<(String, String)>,
}

/// In which sessions a trigger or rule is in force (documentation, ALTER TABLE, `ENABLE REPLICA TRIGGER`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Firing {
    /// In all but those of replication
    #[default]
    Usual,
    /// In none
    Never,
    /// Only in those of replication
    OnReplica,
    /// In all
    Always,
}

impl Firing {
    /// True for the usual one, which is not written.
    pub fn is_usual(&self) -> bool {
        *self == Firing::Usual
    }

    /// The words before `TRIGGER` or `RULE`.
    pub fn verb(self) -> &'static str {
        match self {
            Firing::Usual => "ENABLE",
            Firing::Never => "DISABLE",
            Firing::OnReplica => "ENABLE REPLICA",
            Firing::Always => "ENABLE ALWAYS",
        }
    }
}

impl Trigger {
    /// A form of it that does not act on values which only move from one column to another, if it would.
    pub(super) fn unmoved(&self) -> Option<Self> {
        // One that watches certain columns does not watch the one that the values move to.
        let fires = self.events.iter().any(|event| matches!(event, Event::Update(columns) if columns.is_empty()));
        let condition = match &self.condition {
            Some(own) => format!("(({own}) AND {})", pair::NOT_MOVING),
            None => pair::NOT_MOVING.to_owned(),
        };
        fires.then(|| Self { condition: Some(condition), ..self.clone() })
    }

    fn table_id(&self) -> Id {
        self.relation.id(&self.schema, &self.table)
    }

    fn definition(&self, style: &Style, verb: &str) -> Statement {
        let timing = match self.timing {
            Timing::Before => "BEFORE",
            Timing::After => "AFTER",
            Timing::InsteadOf => "INSTEAD OF",
        };
        let events: Vec<String> = self.events.iter().map(Event::sql).collect();
        let table = style.name(&self.schema, &self.table);
        let mut sql = format!("{verb} {}\n  {timing} {} ON {table}", sql::ident(&self.name), events.join(" OR "));
        if let Some(constraint) = &self.constraint {
            if let Some((schema, table)) = &constraint.from {
                sql += &format!("\n  FROM {}", style.name(schema, table));
            }
            sql += constraint.deferrable.clause();
        }
        let transition = [("OLD", &self.old_table), ("NEW", &self.new_table)];
        if transition.iter().any(|(_, name)| name.is_some()) {
            sql += "\n  REFERENCING";
            for (which, name) in transition.iter().filter_map(|(which, name)| Some((which, name.as_ref()?))) {
                sql += &format!(" {which} TABLE AS {}", sql::ident(name));
            }
        }
        sql += if self.for_each_row { "\n  FOR EACH ROW" } else { "\n  FOR EACH STATEMENT" };
        if let Some(condition) = &self.condition {
            sql += &format!("\n  WHEN ({condition})");
        }
        let arguments: Vec<String> = self.arguments.iter().map(|it| sql::literal(it)).collect();
        sql += &format!(
            "\n  EXECUTE FUNCTION {}({})",
            style.name(&self.function_schema, &self.function),
            arguments.join(", ")
        );
        self.handed_on(Statement::new(sql).lock(self.table_id(), LockMode::ShareRowExclusive))
    }

    /// The statement, whose last lock is taken on the partitions too, if these have a copy of the trigger.
    fn handed_on(&self, statement: Statement) -> Statement {
        if self.for_each_row { statement.with_partitions() } else { statement }
    }

    fn enabling(&self, style: &Style) -> Statement {
        let (table, name) = (style.name(&self.schema, &self.table), sql::ident(&self.name));
        let sql = format!("ALTER TABLE {table} {} TRIGGER {name}", self.enabled.verb());
        self.handed_on(Statement::new(sql).lock(self.table_id(), LockMode::ShareRowExclusive))
    }
}

impl ObjectKind for Trigger {
    const NAME: &'static str = "trigger";
    const PRINTED: &'static [&'static str] = &["condition"];
    const HANDED_ON: bool = true;
    const CATALOG: &str = r#"
        SELECT 'pg_trigger'::regclass, t.oid, 0, json_build_object(
            'schema', r.schema, 'table', r.name, 'relation', r.sort, 'name', t.tgname,
            'timing', CASE t.tgtype & 66 WHEN 2 THEN 'before' WHEN 64 THEN 'instead_of' ELSE 'after' END,
            'events', to_json(array_remove(ARRAY[
              CASE WHEN t.tgtype & 4 <> 0 THEN '"insert"'::jsonb END,
              CASE WHEN t.tgtype & 8 <> 0 THEN '"delete"'::jsonb END,
              CASE WHEN t.tgtype & 16 <> 0 THEN jsonb_build_object('update', CASE WHEN cardinality(t.tgattr::int2[]) > 0 THEN (
                SELECT jsonb_agg(a.attname ORDER BY a.attnum)
                FROM unnest(t.tgattr::int2[]) AS number
                JOIN pg_attribute AS a ON a.attrelid = t.tgrelid AND a.attnum = number
              ) ELSE '[]' END) END,
              CASE WHEN t.tgtype & 32 <> 0 THEN '"truncate"'::jsonb END
            ], NULL)),
            'for_each_row', t.tgtype & 1 = 1,
            -- pg_get_expr can't write OLD and NEW.
            'condition', CASE WHEN t.tgqual IS NOT NULL THEN substring(pg_get_triggerdef(t.oid)
              FROM ' FOR EACH (?:ROW|STATEMENT) WHEN \((.*)\) EXECUTE FUNCTION ') END,
            'old_table', t.tgoldtable, 'new_table', t.tgnewtable,
            'function_schema', n.nspname, 'function', f.proname,
            'arguments', CASE WHEN t.tgnargs > 0 THEN (
              -- Each argument ends in a zero byte, which no text can hold.
              SELECT coalesce(jsonb_agg(convert_from(decode(part[1], 'hex'), getdatabaseencoding()) ORDER BY at), '[]')
              FROM regexp_matches(encode(t.tgargs, 'hex'), '((?:(?!00)..)*)00', 'g') WITH ORDINALITY AS argument(part, at)
            ) END,
            'constraint', CASE WHEN t.tgconstraint <> 0 THEN jsonb_build_object(
              'deferrable', CASE
                WHEN t.tginitdeferred THEN 'initially_deferred' WHEN t.tgdeferrable THEN 'initially_immediate' ELSE 'not'
              END,
              'from', CASE WHEN other.oid IS NOT NULL
                THEN jsonb_build_array(place.nspname, other.relname) END
            ) END,
            'enabled', firing.word
          )
        FROM relation AS r
        JOIN pg_trigger AS t ON t.tgrelid = r.oid AND NOT t.tgisinternal AND t.tgparentid = 0
        JOIN pg_proc AS f ON f.oid = t.tgfoid
        JOIN pg_namespace AS n ON n.oid = f.pronamespace
        LEFT JOIN pg_class AS other ON other.oid = t.tgconstrrelid
        LEFT JOIN pg_namespace AS place ON place.oid = other.relnamespace
        LEFT JOIN firing ON firing.letter = t.tgenabled"#;

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.table.clone(), self.name.clone()]
    }

    fn needs(&self, schema: &Schema) -> Vec<Id> {
        let mut needs: Vec<Id> = vec![Id::new(Kind::Function, [&self.function_schema, &self.function, ""])];
        needs.push(Id::new(Kind::View, [&self.schema, &self.table]));
        for event in &self.events {
            if let Event::Update(columns) = event {
                needs.extend(columns.iter().map(|name| Id::new(Kind::Column, [&self.schema, &self.table, name])));
            }
        }
        needs.extend(
            self.condition.iter().flat_map(|text| expression::needs(text, (&self.schema, &self.table), schema)),
        );
        needs
    }

    fn owner(&self) -> Option<Id> {
        Some(self.table_id())
    }

    fn rebuild(&self) -> Rebuild {
        Rebuild::WhenDisturbed
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let verb = if self.constraint.is_some() { "CREATE CONSTRAINT TRIGGER" } else { "CREATE TRIGGER" };
        let enabling = (!self.enabled.is_usual()).then(|| self.enabling(style));
        std::iter::once(self.definition(style, verb)).chain(enabling).collect()
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let sql = format!(
            "DROP TRIGGER {}{} ON {}",
            style.if_exists(),
            sql::ident(&self.name),
            style.name(&self.schema, &self.table)
        );
        vec![self.handed_on(Statement::new(sql).lock(self.table_id(), LockMode::AccessExclusive))]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        if (Self { enabled: to.enabled, ..from.clone() }) == *to {
            return Alteration::InPlace(vec![to.enabling(context.style)]);
        }
        // A constraint trigger can't be replaced (documentation, CREATE TRIGGER).
        if from.constraint.is_some() || to.constraint.is_some() || from.relation != to.relation {
            return Alteration::Replace;
        }
        // What replaces a trigger is enabled as a new one is.
        let enabling = (!to.enabled.is_usual()).then(|| to.enabling(context.style));
        let definition = to.definition(context.style, "CREATE OR REPLACE TRIGGER");
        let dependencies = ExtensionDependency::said_again(context, &Id::new(Kind::Trigger, to.path()));
        Alteration::InPlace(std::iter::once(definition).chain(enabling).chain(dependencies).collect())
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let table = style.name(&self.schema, &self.table);
        let sql = format!("ALTER TRIGGER {} ON {table} RENAME TO {}", sql::ident(&self.name), sql::ident(&to.name));
        Some(vec![self.handed_on(Statement::new(sql).lock(self.table_id(), LockMode::AccessExclusive))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        for event in &mut it.events {
            if let Event::Update(columns) = event {
                rename.columns(&self.schema, &self.table, columns);
            }
        }
        if let Some(condition) = &mut it.condition {
            rename.expression(&self.schema, &self.table, condition);
        }
        if let Some((schema, table)) = it.constraint.as_mut().and_then(|constraint| constraint.from.as_mut()) {
            rename.relation(schema, table);
        }
        rename.own(Kind::Trigger, &[&self.schema, &self.table], &mut it.name);
        rename.relation(&self.schema, &mut it.table);
        it
    }
}
