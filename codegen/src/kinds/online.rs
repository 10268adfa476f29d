//! What the ways have in common that let others use a table while something of it is made.
//!
//! Sources: PostgreSQL documentation, CREATE INDEX ("Building Indexes Concurrently"), ALTER TABLE (Notes; `NOT VALID`,
//! `USING INDEX`). Which locks each takes is measured by `codegen/tests/locks.rs`.

use super::constraint::Place;
use super::{Context, Deferrable, IndexTree, Kind, Object};
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// Whether others use the table before the plan and after it, and it holds its rows itself.
pub fn is_used(context: &Context, table: &Id) -> bool {
    let there = |schema: &Schema| schema.contains(table) && !is_partitioned(schema, table);
    context.style.online && there(context.from) && there(context.to)
}

/// Whether a table's rows are those of its partitions.
pub fn is_partitioned(schema: &Schema, table: &Id) -> bool {
    matches!(schema.get(table).map(AsRef::as_ref), Some(Object::Table(table)) if table.partition_by.is_some())
}

/// A key that has an index behind it.
pub struct Key<'a> {
    /// Where it is; its index has the same name.
    pub place: Place<'a>,
    /// `UNIQUE` or `PRIMARY KEY`
    pub words: &'static str,
    /// What stands behind the name of the table in CREATE INDEX.
    pub index: String,
    /// When it is checked.
    pub deferrable: Deferrable,
    /// How it stands to those of partitions.
    pub tree: &'a IndexTree,
}

impl Key<'_> {
    /// The statements that make its index while others write, and then the key of it.
    pub fn create(&self, context: &Context) -> Option<Vec<Statement>> {
        let name = self.place.name;
        let table = self.place.table();
        // What PostgreSQL could take for another is made where it is told apart.
        if !is_used(context, &table) || self.tree.is_late() {
            return None;
        }
        let ident = sql::ident(name);
        let build = |how: &str, at: &str| format!("CREATE UNIQUE INDEX {how}{ident}\n  ON {at} {}", self.index);
        let mut statements = building(context.style, self.place, &table, build);
        let definition = format!("{} USING INDEX {ident}{}", self.words, self.deferrable.clause());
        let add = self.place.add(context.style, &definition).lock(table, LockMode::AccessExclusive);
        statements.push(self.tree.adding(add));
        Some(statements)
    }
}

/// The statements that build an index of a table that others use. `text` is what makes it, with what stands before its
/// name, on a table as it is written there.
pub fn building(style: &Style, place: Place, table: &Id, text: impl Fn(&str, &str) -> String) -> Vec<Statement> {
    let at = style.name(place.schema, place.table);
    if style.wrapped {
        let guard = Statement::new(made_before(place, &text("", &on_copy(place)))).apart();
        let build = Statement::new(text("IF NOT EXISTS ", &at)).lock(table.clone(), LockMode::Share).scan().along();
        return vec![
            guard.note("An index that was made by hand before has to be this one; an unfinished one goes"),
            build.or_by_hand(text("CONCURRENTLY IF NOT EXISTS ", &at)),
        ];
    }
    let locked = |sql: String| Statement::new(sql).lock(table.clone(), LockMode::ShareUpdateExclusive);
    let clean_up = locked(format!("DROP INDEX CONCURRENTLY IF EXISTS {}", style.name(place.schema, place.name)));
    let note = "An attempt that was cut off leaves an index that is not valid";
    vec![clean_up.waiting_for_all().note(note), locked(text("CONCURRENTLY ", &at)).scan().waiting_for_all()]
}

/// The table's empty copy in the schema of what is temporary.
fn on_copy(place: Place) -> String {
    format!("pg_temp.{}", sql::ident(place.table))
}

/// The statement that lets an index pass which somebody has made before by hand, if it is the one that `text` makes on
/// an empty copy of the table.
fn made_before(place: Place, text: &str) -> String {
    let qualified = |name: &str| format!("{}.{}", sql::ident(place.schema), sql::ident(name));
    let (index, table) = (qualified(place.name), qualified(place.table));
    let (copy, copied) = (on_copy(place), format!("pg_temp.{}", sql::ident(place.name)));
    let [index_text, table_text, copied_text] = [&index, &table, &copied].map(|name| sql::literal(name));
    // What PostgreSQL prints of it, without the table that it is on; the schema of what is temporary has two names.
    let says = |it: &str| {
        format!(
            "(SELECT pg_catalog.replace(pg_catalog.replace(pg_catalog.pg_get_indexdef({it}.indexrelid),
            pg_catalog.format(' ON %I.%I USING ', n.nspname, c.relname), ' USING '),
            pg_catalog.format(' ON pg_temp.%I USING ', c.relname), ' USING ')
          FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
          WHERE c.oid = {it}.indrelid)"
        )
    };
    let refusal = sql::literal(&format!("{index} is another index than this migration makes: rename it, or drop it"));
    let body = format!(
        "
BEGIN
  IF (SELECT NOT indisvalid FROM pg_catalog.pg_index WHERE indexrelid = pg_catalog.to_regclass({index_text})) THEN
    DROP INDEX {index};
  ELSIF pg_catalog.to_regclass({index_text}) IS NOT NULL THEN
    CREATE TEMP TABLE {} (LIKE {table});
    {};
    IF NOT EXISTS (
      SELECT FROM pg_catalog.pg_index AS made, pg_catalog.pg_index AS wanted
      WHERE made.indexrelid = pg_catalog.to_regclass({index_text})
        AND made.indrelid = pg_catalog.to_regclass({table_text})
        AND wanted.indexrelid = pg_catalog.to_regclass({copied_text})
        AND {}
        = {}
    ) THEN
      RAISE EXCEPTION '%', {refusal};
    END IF;
    DROP TABLE {copy};
  END IF;
END
",
        sql::ident(place.table),
        text,
        says("made"),
        says("wanted"),
    );
    format!("DO {}", sql::dollar_quoted(&body))
}

/// The table that an object of this kind and owner is checked in, if others use it meanwhile.
pub fn checks_later(context: &Context, owner: &Id) -> bool {
    let there = context.from.contains(owner) && context.to.contains(owner);
    context.style.online && there && owner.kind == Kind::Table
}
