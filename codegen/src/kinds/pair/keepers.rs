//! What keeps two columns the same: a function and a trigger.

use super::Pair;
use crate::kinds::trigger::{Event, Timing};
use crate::kinds::{Column, Firing, Function, Object, Relation, Trigger, staging};
use crate::model::Id;
use crate::sql;

impl Pair {
    /// What keeps both the same: a function and a trigger. The trigger's name comes last, so that it sees what other
    /// triggers have made of a row.
    pub fn keepers(&self) -> [Object; 2] {
        let (schema, table) = (&self.old.schema, &self.old.table);
        let base = format!("{table}_{}", self.new.name);
        let apart = format!("{schema}.{table}.{}", self.new.name);
        let function = staging::fitting(&format!("tablewright_same_{base}"), &apart);
        let needs = self.old.ty.needs().into_iter().chain(self.new.ty.needs());
        let trigger = Trigger {
            schema: schema.clone(),
            table: table.clone(),
            relation: Relation::default(),
            name: staging::fitting(&format!("~tablewright_same_{}", self.new.name), &apart),
            timing: Timing::Before,
            events: vec![Event::Insert, Event::Update(Vec::new())],
            for_each_row: true,
            condition: None,
            old_table: None,
            new_table: None,
            function_schema: schema.clone(),
            function: function.clone(),
            arguments: Vec::new(),
            constraint: None,
            enabled: Firing::default(),
        };
        let function = Function {
            schema: schema.clone(),
            name: function,
            returns: "trigger".into(),
            language: "plpgsql".into(),
            body: self.body(),
            needs: needs.map(|id| (id.kind.name().to_owned(), id.path.to_vec())).collect(),
            ..Function::empty()
        };
        [function.into(), trigger.into()]
    }

    /// What the two are told of as, with what they consist of.
    pub fn topic(&self) -> (String, Vec<Id>) {
        let title = format!("{}: Keep {} and {} the same", self.old.table.to_uppercase(), self.old.name, self.new.name);
        (title, [self.new_id()].into_iter().chain(self.keepers().iter().map(Object::id)).collect())
    }

    fn body(&self) -> String {
        let (old, new) = (sql::ident(&self.old.name), sql::ident(&self.new.name));
        let [forth, back] = [&self.forth[0], &self.back[0]];
        if self.is_hidden() {
            return format!("\nBEGIN\n  NEW.{new} := {forth};\n  RETURN NEW;\nEND\n");
        }
        let (new_is, old_is) = (text_of(&new, &self.new), text_of(&old, &self.old));
        format!(
            "
BEGIN
  IF pg_catalog.current_setting('tablewright.moving', true) = 'yes' THEN
    RETURN NEW;
  ELSIF TG_OP = 'INSERT' THEN
    IF NEW.{new_is} IS NOT NULL THEN
      NEW.{old} := {back};
    ELSE
      NEW.{new} := {forth};
    END IF;
  ELSIF NEW.{new_is} IS DISTINCT FROM OLD.{new_is} THEN
    NEW.{old} := {back};
  ELSIF NEW.{old_is} IS DISTINCT FROM OLD.{old_is} OR NEW.{new_is} IS NULL THEN
    NEW.{new} := {forth};
  END IF;
  RETURN NEW;
END
"
        )
    }
}

/// A form of an object that does not act on values which only move, if it would.
pub fn unmoved(object: &Object) -> Option<Object> {
    match object {
        Object::Trigger(trigger) => trigger.unmoved().map(Object::from),
        _ => None,
    }
}

/// What can be compared of a value: not every type has an equality, but every value has a text. Of a row of NULLs it can't
/// be said either whether it is NULL.
pub(super) fn text_of(name: &str, column: &Column) -> String {
    const COMPARED: [&str; 9] = [
        "text",
        "smallint",
        "integer",
        "bigint",
        "boolean",
        "date",
        "uuid",
        "timestamp with time zone",
        "timestamp without time zone",
    ];
    let ty = &column.ty;
    let is_plain = ty.schema.is_none() && ty.dimensions == 0 && COMPARED.contains(&ty.name.as_str());
    if is_plain && column.collation.is_none() { name.to_owned() } else { format!("{name}::text") }
}
