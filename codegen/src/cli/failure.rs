//! Why there is no result, and what to do.

use serde_json::json;

use super::excerpt::{excerpt, place};
use super::json::change;
use super::terminal::{Terminal, command};
use crate::intent::{acceptance, resolutions, short};
use crate::plan::Ambiguity;
use crate::run::Failure;

/// Says a failure to people or machines.
pub fn say(terminal: &Terminal, failure: &Failure) {
    terminal.complain(words(terminal, failure));
    terminal.json(&value(failure));
    annotate(terminal, failure);
}

fn words(terminal: &Terminal, failure: &Failure) -> String {
    let error = |text: &str| format!("{}: {text}", terminal.red("error"));
    match failure {
        Failure::Unreadable(errors) => errors.iter().map(|it| error(it)).collect::<Vec<_>>().join("\n"),
        Failure::Faulty(sources, faults) => {
            let excerpts: Vec<String> = faults.iter().map(|fault| excerpt(terminal, sources, fault)).collect();
            let count = if faults.len() == 1 { "one fault".to_owned() } else { format!("{} faults", faults.len()) };
            format!(
                "{}\n\n{}",
                excerpts.join("\n\n"),
                error(&format!("{count} in the declaration; nothing was written"))
            )
        }
        Failure::Cycle(cycle) => error(&cycle.to_string()),
        Failure::Ambiguous(ambiguities) => {
            let questions: Vec<String> = ambiguities.iter().map(|it| error(&question(it))).collect();
            let help =
                format!("the intent is in schema/src/migrations; if no migration is open: {}", command("new NAME"));
            format!("{}\n{help}", questions.join("\n"))
        }
        Failure::Pending(changes) => {
            let list: Vec<String> =
                changes.iter().map(|change| format!("  {} {}", change.verb(), short(&change.id()))).collect();
            let count = changes.len();
            let head = error(&format!(
                "the declaration differs from the last sealed schema in {count} objects, and no migration is open"
            ));
            format!("{head}\n{}\nname the migration: {}", list.join("\n"), command("new NAME"))
        }
        Failure::Refused(losses, hazards) => {
            let list: Vec<String> = losses
                .iter()
                .map(|it| {
                    let object = short(&it.0.id);
                    format!("  {object}: {}\n    accepts: &[{}]", it.0.what, acceptance(&it.0.id))
                })
                .chain(hazards.iter().map(|it| {
                    let object = short(&it.id);
                    format!("  {object}: {} ({})\n    accepts: &[{}]", it.what, it.rule, it.acceptance())
                }))
                .collect();
            let what = if losses.is_empty() { "has grave hazards" } else { "destroys data" };
            format!(
                "{}\n{}",
                error(&format!("the migration {what}, and its intent does not accept that; nothing was written")),
                list.join("\n")
            )
        }
        Failure::Unwritable(errors) => errors.iter().map(|it| error(&it.to_string())).collect::<Vec<_>>().join("\n"),
    }
}

/// Both ways out of a drop and a create that could be a rename.
fn question(it: &Ambiguity) -> String {
    let [rename, accept] = resolutions(&it.dropped, &it.created);
    let (dropped, created) = (short(&it.dropped), short(&it.created));
    format!(
        "{dropped} goes and {created} comes: is it a rename?\n  \
         say in the intent either that it is (the data stays):\n    renames: &[{rename}]\n  \
         or that it is not (the data goes):\n    accepts: &[{accept}]"
    )
}

fn value(failure: &Failure) -> serde_json::Value {
    let strings = |texts: Vec<String>| json!(texts);
    let (kind, details) = match failure {
        Failure::Unreadable(errors) => ("unreadable", strings(errors.clone())),
        Failure::Faulty(sources, faults) => {
            let fault = |it: &tablewright_syntax::Diagnostic| {
                let (line, column) = place(it);
                let file = sources.file(it.file).map(|file| file.path.as_str());
                json!({ "file": file, "line": line, "column": column, "message": it.message, "help": it.help })
            };
            ("faulty", json!(faults.iter().map(fault).collect::<Vec<_>>()))
        }
        Failure::Cycle(cycle) => ("cycle", strings(cycle.0.iter().map(ToString::to_string).collect())),
        Failure::Ambiguous(ambiguities) => {
            let one = |it: &Ambiguity| json!({ "dropped": it.dropped.to_string(), "created": it.created.to_string(), "resolutions": resolutions(&it.dropped, &it.created) });
            ("ambiguous", json!(ambiguities.iter().map(one).collect::<Vec<_>>()))
        }
        Failure::Pending(changes) => ("pending", json!(changes.iter().map(change).collect::<Vec<_>>())),
        Failure::Refused(losses, hazards) => {
            let losses = losses.iter().map(|it| json!({ "object": it.0.id.to_string(), "what": it.0.what }));
            let hazards = hazards.iter().map(|it| json!({ "object": it.object, "what": it.what, "rule": it.rule }));
            ("refused", json!(losses.chain(hazards).collect::<Vec<_>>()))
        }
        Failure::Unwritable(errors) => ("unwritable", strings(errors.iter().map(ToString::to_string).collect())),
    };
    json!({ "failure": kind, "exit_code": failure.exit_code(), "details": details })
}

/// With `GITHUB_ACTIONS` set, faults also appear at their lines in a pull request.
fn annotate(terminal: &Terminal, failure: &Failure) {
    let Failure::Faulty(sources, faults) = failure else { return };
    if std::env::var_os("GITHUB_ACTIONS").is_none() || terminal.is_json() {
        return;
    }
    for fault in faults {
        let (line, column) = place(fault);
        let file = sources.file(fault.file).map_or("", |file| file.path.as_str());
        terminal.say(format!(
            "::error file={file},line={line},col={column}::{}",
            fault.message.replace('%', "%25").replace('\n', "%0A")
        ));
    }
}
