//! Hazards for people and for machines.

mod sarif;

use annotate_snippets::{AnnotationKind, Level as Shown, Renderer, Snippet};
use serde_json::{Value, json};

use super::super::terminal::Terminal;
use super::Format;
use super::reported::Reported;
use crate::lint::{Direction, Level};

/// Tells all hazards.
pub fn say(terminal: &Terminal, format: Format, reported: &[Reported]) {
    if terminal.is_json() || format == Format::Json {
        return terminal.print(&format!("{:#}", json!({ "hazards": reported.iter().map(value).collect::<Vec<_>>() })));
    }
    match format {
        Format::Sarif => terminal.print(&format!("{:#}", sarif::log(reported))),
        Format::Github => reported.iter().for_each(|it| terminal.say(annotation(it))),
        Format::Text | Format::Json => reported.iter().for_each(|it| terminal.say(excerpt(terminal, it))),
    }
    if format == Format::Text {
        terminal.say(summary(reported));
    }
}

fn value(it: &Reported) -> Value {
    // A hazard is plain data, which JSON can always hold.
    let mut value = serde_json::to_value(&it.hazard).unwrap_or_default();
    value["why"] = json!(it.hazard.why);
    value["file"] = json!(it.file);
    (value["line"], value["column"]) = (json!(it.line), json!(it.column));
    (value["accepted"], value["accept"]) = (json!(it.accepted), json!(it.acceptance));
    value
}

fn excerpt(terminal: &Terminal, it: &Reported) -> String {
    let hazard = &it.hazard;
    let level = match (hazard.level, &it.accepted) {
        (_, Some(_)) | (Level::Note, _) => Shown::NOTE,
        (Level::Warning, _) => Shown::WARNING,
        (Level::Error, _) => Shown::ERROR,
    };
    let way = if hazard.direction == Direction::Down { "rollback: " } else { "" };
    let title = format!("{way}{}: {} ({})", hazard.object, hazard.what, hazard.rule);
    let mut group = if it.text.is_empty() {
        level.primary_title(title).element(Shown::NOTE.message(it.file.as_str()))
    } else {
        let snippet = Snippet::source(it.text.as_str()).path(it.file.as_str());
        level.primary_title(title).element(snippet.annotation(AnnotationKind::Primary.span(it.range.clone())))
    };
    group = group.element(Shown::NOTE.message(hazard.why));
    let locks = locks(it);
    if !locks.is_empty() {
        group = group.element(Shown::NOTE.message(locks));
    }
    if let Some(safer) = &hazard.safer {
        group = group.element(Shown::HELP.message(format!("safer: {safer}")));
    }
    group = match &it.accepted {
        Some(because) => group.element(Shown::NOTE.message(format!("accepted: {because}"))),
        None => group.element(Shown::HELP.message(format!("to accept it: {}", it.acceptance))),
    };
    let renderer = if terminal.speaks_in_color() { Renderer::styled() } else { Renderer::plain() };
    renderer.render(&[group]) + "\n"
}

/// The locks of the step, in a line.
fn locks(it: &Reported) -> String {
    let lock = |lock: &crate::lint::HeldLock| {
        let work = match (lock.rewrites, lock.scans) {
            (true, _) => ", written anew",
            (false, true) => ", read from end to end",
            (false, false) => "",
        };
        format!("{} on {}{work}", lock.mode.name(), lock.table)
    };
    let list: Vec<String> = it.hazard.locks.iter().map(lock).collect();
    if list.is_empty() { String::new() } else { format!("locks: {}", list.join("; ")) }
}

/// Source: GitHub documentation, "Workflow commands for GitHub Actions".
fn annotation(it: &Reported) -> String {
    let command = match (it.hazard.level, &it.accepted) {
        (_, Some(_)) | (Level::Note, _) => "notice",
        (Level::Warning, _) => "warning",
        (Level::Error, _) => "error",
    };
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let (file, rule) = (property(&it.file), property(it.hazard.rule));
    let safer = it.hazard.safer.as_ref().map(|safer| format!("\nsafer: {safer}")).unwrap_or_default();
    let message = data(&format!("{}: {}{safer}", it.hazard.object, it.hazard.what));
    format!("::{command} file={file},line={},col={},title={rule}::{message}", it.line, it.column)
}

fn summary(reported: &[Reported]) -> String {
    let count = |level| reported.iter().filter(|it| it.hazard.level == level && it.accepted.is_none()).count();
    let accepted = reported.iter().filter(|it| it.accepted.is_some()).count();
    format!(
        "{} errors, {} warnings, {} notes; {accepted} accepted",
        count(Level::Error),
        count(Level::Warning),
        count(Level::Note)
    )
}
