//! `CREATE TRIGGER`

mod declared;

use serde::{Deserialize, Serialize};

use super::{Alteration, Context, Kind, ObjectKind, Rebuild, Renaming};
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
}

/// When a trigger fires.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// `BEFORE`
    Before,
    /// `AFTER`
    After,
    /// `INSTEAD OF`
    InsteadOf,
}

/// What a trigger fires on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// `INSERT`
    Insert,
    /// `DELETE`
    Delete,
    /// `UPDATE`, of these columns if any is named
    Update(Vec<String>),
    /// `TRUNCATE`
    Truncate,
}

impl Event {
    fn sql(&self) -> String {
        match self {
            Event::Insert => "INSERT".into(),
            Event::Delete => "DELETE".into(),
            Event::Update(columns) if columns.is_empty() => "UPDATE".into(),
            Event::Update(columns) => format!("UPDATE OF {}", sql::idents(columns)),
            Event::Truncate => "TRUNCATE".into(),
        }
    }
}

impl Trigger {
    fn table_id(&self) -> Id {
        Id::new(Kind::Table, [&self.schema, &self.table])
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
        sql += &format!("\n  EXECUTE FUNCTION {}({})", style.name(&self.function_schema, &self.function), arguments.join(", "));
        Statement::new(sql).lock(self.table_id(), LockMode::ShareRowExclusive)
    }
}

impl ObjectKind for Trigger {
    const NAME: &'static str = "trigger";
    const CATALOG: &str = r#"
        SELECT 'pg_trigger'::regclass, t.oid, 0, jsonb_build_object(
            'schema', r.schema, 'table', r.name, 'name', t.tgname,
            'timing', CASE t.tgtype & 66 WHEN 2 THEN 'before' WHEN 64 THEN 'instead_of' ELSE 'after' END,
            'events', (
              SELECT jsonb_agg(event ORDER BY bit) FROM (VALUES
                (1, 4, '"insert"'::jsonb),
                (2, 8, '"delete"'),
                (3, 16, jsonb_build_object('update', (
                  SELECT coalesce(jsonb_agg(a.attname ORDER BY a.attnum), '[]')
                  FROM unnest(t.tgattr::int2[]) AS number
                  JOIN pg_attribute AS a ON a.attrelid = t.tgrelid AND a.attnum = number
                ))),
                (4, 32, '"truncate"')
              ) AS possible(place, bit, event)
              WHERE t.tgtype & bit <> 0
            ),
            'for_each_row', t.tgtype & 1 = 1,
            -- pg_get_expr can't write OLD and NEW.
            'condition', CASE WHEN t.tgqual IS NOT NULL THEN substring(pg_get_triggerdef(t.oid)
              FROM ' FOR EACH (?:ROW|STATEMENT) WHEN \((.*)\) EXECUTE FUNCTION ') END,
            'old_table', t.tgoldtable, 'new_table', t.tgnewtable,
            'function_schema', n.nspname, 'function', f.proname,
            'arguments', (
              -- Each argument ends in a zero byte, which no text can hold.
              SELECT coalesce(jsonb_agg(convert_from(decode(part[1], 'hex'), getdatabaseencoding()) ORDER BY at), '[]')
              FROM regexp_matches(encode(t.tgargs, 'hex'), '((?:(?!00)..)*)00', 'g') WITH ORDINALITY AS argument(part, at)
            )
          )
        FROM relation AS r
        JOIN pg_trigger AS t ON t.tgrelid = r.oid AND NOT t.tgisinternal AND t.tgconstraint = 0
        JOIN pg_proc AS f ON f.oid = t.tgfoid
        JOIN pg_namespace AS n ON n.oid = f.pronamespace"#;

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
        needs.extend(self.condition.iter().flat_map(|text| expression::needs(text, (&self.schema, &self.table), schema)));
        needs
    }

    fn owner(&self) -> Option<Id> {
        Some(self.table_id())
    }

    fn rebuild(&self) -> Rebuild {
        Rebuild::WhenDisturbed
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        vec![self.definition(style, "CREATE TRIGGER")]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        let sql = format!("DROP TRIGGER {}{} ON {}", style.if_exists(), sql::ident(&self.name), style.name(&self.schema, &self.table));
        vec![Statement::new(sql).lock(self.table_id(), LockMode::AccessExclusive)]
    }

    fn alter(context: &Context, _from: &Self, to: &Self) -> Alteration {
        Alteration::InPlace(vec![to.definition(context.style, "CREATE OR REPLACE TRIGGER")])
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let table = style.name(&self.schema, &self.table);
        let sql = format!("ALTER TRIGGER {} ON {table} RENAME TO {}", sql::ident(&self.name), sql::ident(&to.name));
        Some(vec![Statement::new(sql).lock(self.table_id(), LockMode::AccessExclusive)])
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
        rename.own(Kind::Trigger, &[&self.schema, &self.table], &mut it.name);
        rename.relation(&self.schema, &mut it.table);
        it
    }
}
