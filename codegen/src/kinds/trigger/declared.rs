//! `#[trigger(...)]`

use tablewright_syntax::{TableDecl, TriggerDecl, TriggerEvent, TriggerTiming};

use super::super::Relation;
use super::super::declare::{Found, Names, columns};
use super::{Event, Firing, Timing, Trigger};

impl Trigger {
    /// Reads the triggers of a declared table.
    pub(crate) fn declare(table: &TableDecl, names: &Names, found: &mut Found) {
        for decl in &table.triggers {
            if let Some(condition) = &decl.condition {
                found.check_trigger_condition(table, condition);
            }
            let Some(trigger) = Self::of(table, decl, names, found) else { continue };
            let id = found.add(trigger, table.file, decl.span);
            found.comment(&id, table.file, decl.comment.as_ref());
        }
    }

    fn of(table: &TableDecl, decl: &TriggerDecl, names: &Names, found: &mut Found) -> Option<Self> {
        let function = names.function(table.file, &decl.function, found)?;
        if !function.returns.value.trim().eq_ignore_ascii_case("trigger") || !function.arguments.is_empty() {
            let message = format!("`{}` can't be a trigger's function", decl.function.value);
            let help = "declare it without arguments and with `returns = \"trigger\"`";
            found.advise(table.file, decl.function.span, message, Some(help.into()));
        }
        let text = |it: &tablewright_syntax::Text| it.value.clone();
        Some(Trigger {
            schema: table.schema.value.clone(),
            relation: Relation::Table,
            constraint: None,
            enabled: Firing::Usual,
            table: table.name.value.clone(),
            name: decl.name.value.clone(),
            timing: match decl.timing {
                TriggerTiming::Before => Timing::Before,
                TriggerTiming::After => Timing::After,
                TriggerTiming::InsteadOf => Timing::InsteadOf,
            },
            events: decl.events.iter().map(|event| Event::of(table, event)).collect(),
            for_each_row: decl.for_each_row,
            condition: decl.condition.as_ref().map(text),
            old_table: decl.transition.0.as_ref().map(text),
            new_table: decl.transition.1.as_ref().map(text),
            function_schema: text(&function.schema),
            function: text(&function.name),
            arguments: decl.arguments.iter().map(text).collect(),
        })
    }
}

impl Event {
    fn of(table: &TableDecl, event: &TriggerEvent) -> Self {
        match event {
            TriggerEvent::Insert => Event::Insert,
            TriggerEvent::Delete => Event::Delete,
            TriggerEvent::Update(fields) => Event::Update(columns(table, fields)),
            TriggerEvent::Truncate => Event::Truncate,
        }
    }
}
