//! `explain`: the pending changes, losses and hazards in words.

use std::process::ExitCode;

use super::json;
use super::terminal::{Terminal, command};
use super::{Common, Outcome};
use crate::intent::short;
use crate::lint::Direction;
use crate::model::Change;
use crate::plan::{Aspect, Loss, Plan};
use crate::run::{self, Planned};

/// Tells what would be done. Exit code 2, if there is something to decide.
pub fn run(common: &Common, terminal: &Terminal) -> Outcome {
    let project = run::read(&common.root)?;
    let planned = run::plan(&project, common.asked())?;
    terminal.json(&json::planned(&planned));
    terminal.say(words(terminal, &planned));
    let undecided = planned.intent.is_none() && !planned.migration.is_empty();
    Ok(ExitCode::from(if !planned.unaccepted.is_empty() || !planned.refused.is_empty() {
        3
    } else if undecided {
        2
    } else {
        0
    }))
}

fn words(terminal: &Terminal, planned: &Planned) -> String {
    let migration = &planned.migration;
    if migration.is_empty() {
        return "Nothing is pending: the declaration is what was sealed last.".to_owned();
    }
    let head = match planned.intent {
        Some(intent) => format!("Migration {:03} {}: {}", intent.number.value, intent.name.value, intent.title.value),
        None => format!("No migration is open. Name one: {}", command("new NAME")),
    };
    let mut parts = vec![terminal.bold(&head), part(terminal, "Changes", changes(&migration.up))];
    parts.push(part(terminal, "Lost for good", losses(planned, |loss| loss.aspect == Aspect::Data)));
    parts.push(part(terminal, "Not restored by the rollback", losses(planned, |loss| loss.aspect != Aspect::Data)));
    parts.push(part(terminal, "Destroyed by the rollback", migration.destroyed_by_down.iter().map(loss).collect()));
    parts.push(part(
        terminal,
        "Hazards",
        planned
            .hazards
            .iter()
            .filter(|it| it.direction == Direction::Up)
            .map(|it| {
                let safer = it.safer.as_ref().map(|safer| format!("\n    safer: {safer}")).unwrap_or_default();
                format!("{}: {} ({}): {}{safer}", it.level.name(), it.object, it.rule, it.what)
            })
            .collect(),
    ));
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn part(terminal: &Terminal, title: &str, lines: Vec<String>) -> String {
    if lines.is_empty() { String::new() } else { format!("{}\n  {}", terminal.bold(title), lines.join("\n  ")) }
}

fn changes(plan: &Plan) -> Vec<String> {
    let mut lines = Vec::new();
    for section in &plan.sections {
        lines.push(section.title.clone());
        for step in &section.steps {
            let note = step
                .statements
                .iter()
                .find_map(|it| it.note.as_ref())
                .map(|note| format!(": {note}"))
                .unwrap_or_default();
            lines.push(format!("  {}{note}", sentence(&step.change)));
        }
    }
    lines
}

fn sentence(change: &Change) -> String {
    match change {
        Change::Rename { from, to } => format!("rename {} to {}", short(&from.id()), to.id().name()),
        change => format!("{} {}", change.verb(), short(&change.id())),
    }
}

fn losses(planned: &Planned, wanted: fn(&Loss) -> bool) -> Vec<String> {
    let because = |it: &Loss| {
        planned
            .accepted
            .get(&it.id)
            .filter(|_| it.aspect == Aspect::Data)
            .map(|reason| format!(" (accepted: {reason})"))
            .unwrap_or_default()
    };
    planned.migration.losses.iter().filter(|it| wanted(it)).map(|it| loss(it) + &because(it)).collect()
}

fn loss(loss: &Loss) -> String {
    format!("{}: {}", short(&loss.id), loss.what)
}
