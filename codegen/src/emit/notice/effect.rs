//! What one change means for those who write and read a table.

use super::super::markdown::{code, codes, text};
use super::super::upsert::Key;
use super::super::{facts, reference};
use crate::kinds::{Column, ForeignKey, Object};
use crate::model::{Change, Schema};
use crate::sql::Style;

/// What changes, and what that breaks; both Markdown, a sentence each.
pub(super) struct Effect {
    pub(super) what: String,
    pub(super) breaks: Option<String>,
}

impl Effect {
    fn new(what: String) -> Self {
        Self { what, breaks: None }
    }

    fn breaks(self, breaks: String) -> Self {
        Self { breaks: Some(breaks), ..self }
    }
}

/// The effect of a change; none for what nobody notices but by speed.
pub(super) fn effect(change: &Change, after: &Schema) -> Option<Effect> {
    match (change.before(), change.after()) {
        (Some(from), Some(to)) if matches!(change, Change::Rename { .. }) => Some(renamed(from, to)),
        (None, Some(object)) => created(object, after),
        (Some(object), None) => dropped(object),
        (Some(from), Some(to)) => altered(from, to),
        (None, None) => None,
    }
}

fn created(object: &Object, after: &Schema) -> Option<Effect> {
    if let Some(key) = Key::of(object) {
        let (target, name) = (code(&key.conflict_target()), code(&key.name));
        let effect = Effect::new(format!("Rows are unique by {target} now ({} {name}).", key.what));
        return Some(effect.breaks(format!("A plain INSERT of a second row with the same {target} fails.")));
    }
    match object {
        Object::Column(column) => Some(new_column(column, after)),
        Object::ForeignKey(key) => Some(new_reference(key)),
        Object::Check(check) => Some(
            Effect::new(format!("Every row must satisfy {} now.", code(&check.expression)))
                .breaks(format!("A write that {} does not allow fails.", code(&check.name))),
        ),
        Object::Exclusion(it) => Some(
            Effect::new(format!("Rows must not overlap now ({}).", code(&it.name)))
                .breaks(format!("A write that overlaps another row in {} fails.", code(&it.name))),
        ),
        Object::Trigger(it) => {
            Some(Effect::new(format!("The trigger {} runs {} now.", code(&it.name), code(&it.function))))
        }
        Object::RowSecurity(_) => Some(
            Effect::new("Row level security is on now.".into())
                .breaks("Rows that no policy shows you are gone from your view, and writes to them fail.".into()),
        ),
        Object::Policy(it) => Some(Effect::new(format!("The policy {} is new.", code(&it.name)))),
        Object::Table(_) => Some(Effect::new("The table is new.".into())),
        _ => None,
    }
}

fn new_column(column: &Column, after: &Schema) -> Effect {
    let name = code(&column.name);
    let required = if column.not_null { "required" } else { "may be NULL" };
    let fills = match (&column.default, &column.identity, &column.generated) {
        (Some(default), _, _) => format!(", {} if you do not send it", code(default)),
        (_, Some(_), _) | (_, _, Some(_)) => ", filled by the database".into(),
        _ => String::new(),
    };
    let comment = facts::comment(after, &facts::column_id(column))
        .map(|it| format!(" {}.", text(it.trim_end_matches('.'))))
        .unwrap_or_default();
    let effect = Effect::new(format!("The column {name} is new: {}, {required}{fills}.{comment}", code(&ty(column))));
    let must_be_sent = column.not_null && fills.is_empty();
    if must_be_sent {
        effect.breaks(format!("An INSERT without {name} fails: it is required and has no default."))
    } else {
        effect
    }
}

fn new_reference(key: &ForeignKey) -> Effect {
    let columns = codes(&key.columns);
    let target = code(&key.to_table);
    Effect::new(format!("{columns} must refer to a row of {target} now; {}.", text(&reference::on_delete(key))))
        .breaks(format!("A write whose {columns} has no row in {target} fails."))
}

fn dropped(object: &Object) -> Option<Effect> {
    if let Some(key) = Key::of(object) {
        let target = code(&key.conflict_target());
        let effect = Effect::new(format!("Rows are no longer unique by {target} ({} {}).", key.what, code(&key.name)));
        return Some(effect.breaks(format!(
            "An upsert with {} fails: nothing decides that conflict any more.",
            code(&format!("ON CONFLICT {}", key.conflict_target()))
        )));
    }
    match object {
        Object::Column(column) => {
            let name = code(&column.name);
            let effect = Effect::new(format!("The column {name} is gone."));
            Some(effect.breaks(format!(
                "Every statement that names {} fails.",
                code(&format!("{}.{}", column.table, column.name))
            )))
        }
        Object::ForeignKey(key) => Some(Effect::new(format!(
            "{} need not refer to a row of {} any more, and nothing happens to it when that row is deleted.",
            codes(&key.columns),
            code(&key.to_table)
        ))),
        Object::Check(it) => Some(Effect::new(format!("The check {} is gone.", code(&it.name)))),
        Object::Exclusion(it) => Some(Effect::new(format!("The exclusion {} is gone.", code(&it.name)))),
        Object::Trigger(it) => Some(
            Effect::new(format!("The trigger {} is gone.", code(&it.name)))
                .breaks(format!("What {} did on a write does not happen any more.", code(&it.function))),
        ),
        Object::RowSecurity(_) => Some(Effect::new("Row level security is off now.".into())),
        Object::Policy(it) => Some(
            Effect::new(format!("The policy {} is gone.", code(&it.name)))
                .breaks(format!("Rows that only {} showed are gone from your view.", code(&it.name))),
        ),
        _ => None,
    }
}

fn altered(from: &Object, to: &Object) -> Option<Effect> {
    match (from, to) {
        (Object::Column(from), Object::Column(to)) => altered_column(from, to),
        (Object::ForeignKey(from), Object::ForeignKey(to)) => Some(altered_reference(from, to)),
        (Object::Check(from), Object::Check(to)) => Some(
            Effect::new(format!(
                "The check {} changes from {} to {}.",
                code(&to.name),
                code(&from.expression),
                code(&to.expression)
            ))
            .breaks(format!("A write that only the old form of {} allowed fails.", code(&to.name))),
        ),
        _ => altered_other(from, to),
    }
}

fn altered_other(from: &Object, to: &Object) -> Option<Effect> {
    let name = code(to.id().name());
    match (Key::of(from), Key::of(to), to) {
        (Some(old), Some(new), _) if old != new => {
            let [was, is] = [&old, &new].map(Key::conflict_target);
            let effect = Effect::new(format!("The key {name} changes from {} to {}.", code(&was), code(&is)));
            Some(effect.breaks(format!("An upsert with {} may fail.", code(&format!("ON CONFLICT {was}")))))
        }
        (_, _, Object::Enumeration(_)) => Some(Effect::new(format!("The values of the type {name} change."))),
        (_, _, Object::Domain(_) | Object::Trigger(_) | Object::Policy(_) | Object::Exclusion(_)) => {
            let effect = Effect::new(format!("The {} changes.", text(&to.phrase())));
            Some(effect.breaks(format!("A write that only the old form of {name} allowed may fail.")))
        }
        _ => None,
    }
}

fn altered_column(from: &Column, to: &Column) -> Option<Effect> {
    let name = code(&to.name);
    let mut what = Vec::new();
    let mut breaks = Vec::new();
    if from.ty != to.ty {
        what.push(format!("The column {name} changes its type from {} to {}.", code(&ty(from)), code(&ty(to))));
        breaks.push(format!("A value of {name} that {} does not take fails.", code(&ty(to))));
    }
    match (from.not_null, to.not_null) {
        (false, true) => {
            what.push(format!("The column {name} is required now."));
            let left_out = if to.default.is_none() { " or leaves it out" } else { "" };
            breaks.push(format!("A write that sends NULL for {name}{left_out} fails."));
        }
        (true, false) => {
            what.push(format!("The column {name} may be NULL now."));
            breaks.push(format!("A reader that takes {name} for never NULL is wrong."));
        }
        _ => {}
    }
    if from.default != to.default {
        let of = |it: &Option<String>| it.as_ref().map_or_else(|| "none".to_owned(), |it| code(it));
        what.push(format!("The default of {name} changes from {} to {}.", of(&from.default), of(&to.default)));
    }
    if from.generated != to.generated || from.identity != to.identity {
        what.push(format!("The database fills {name} in another way now."));
        breaks.push(format!("A write that sends {name} may fail."));
    }
    let join = |sentences: Vec<String>| (!sentences.is_empty()).then(|| sentences.join(" "));
    join(what).map(|what| Effect { what, breaks: join(breaks) })
}

fn altered_reference(from: &ForeignKey, to: &ForeignKey) -> Effect {
    let columns = codes(&to.columns);
    let [was, is] = [from, to].map(reference::on_delete);
    if was == is {
        return Effect::new(format!("The foreign key {} of {columns} changes.", code(&to.name)));
    }
    Effect::new(format!("What deletes do changes: {} (before: {}).", text(&is), text(&was))).breaks(format!(
        "Deleting a row of {} no longer does what it did to {}.",
        code(&to.to_table),
        code(&to.table)
    ))
}

fn renamed(from: &Object, to: &Object) -> Effect {
    let (was, is) = (from.id(), to.id());
    let effect = Effect::new(format!("The {} {} is called {} now.", is.kind.name(), code(was.name()), code(is.name())));
    match to {
        Object::Column(_) | Object::Table(_) | Object::View(_) => {
            effect.breaks(format!("Every statement that names {} fails.", code(was.name())))
        }
        _ => effect,
    }
}

/// The type as the documentation writes it.
fn ty(column: &Column) -> String {
    column.ty.sql(&Style { unqualified: Some("public".into()), ..Style::default() })
}
