//! Triggers.

use proc_macro2::Span;

use super::entries::{Entries, Shape};
use super::faults::Faults;
use super::fragment::{Fragment, split};
use super::values::{check_text, choose, each, fields};
use crate::{Text, TriggerDecl, TriggerEvent, TriggerTiming};

const TIMINGS: [(&str, TriggerTiming); 3] =
    [("before", TriggerTiming::Before), ("after", TriggerTiming::After), ("instead_of", TriggerTiming::InsteadOf)];

/// `#[trigger(name, before(update), for_each_row, execute = SomeFunction)]`
pub(crate) fn trigger(faults: &mut Faults, attribute: &syn::Attribute) -> Option<TriggerDecl> {
    let mut entries = Entries::of(faults, "`trigger` entry", attribute);
    let when = timing(faults, &mut entries);
    let for_each_row = entries.flag(faults, "for_each_row").is_some();
    let condition = entries.filled(faults, "when");
    let transition = transition(faults, &mut entries);
    let function = function(faults, &mut entries);
    let arguments = arguments(faults, &mut entries);
    let comment = entries.string(faults, "comment");
    let name = entries.required_name(faults);
    let span = entries.span;
    entries.finish(faults);
    let (timing, events) = when?;
    let trigger = TriggerDecl {
        span,
        name: name?,
        timing,
        events,
        for_each_row,
        condition,
        transition,
        function: function?,
        arguments,
        comment,
    };
    check(faults, &trigger);
    Some(trigger)
}

fn timing(faults: &mut Faults, entries: &mut Entries) -> Option<(TriggerTiming, Vec<TriggerEvent>)> {
    let mut found: Option<(TriggerTiming, Vec<TriggerEvent>)> = None;
    for (word, timing) in TIMINGS {
        let Some((span, fragments)) = entries.list(faults, word) else {
            continue;
        };
        let events = events(faults, &fragments);
        match found {
            Some(_) => faults.at(span, "a trigger has one of `before`, `after` and `instead_of`"),
            None => found = Some((timing, events)),
        }
    }
    if found.is_none() {
        entries.missing(faults, "when the trigger fires: `before(...)` or `after(...)`");
    }
    found
}

/// The events in PostgreSQL's order, whatever the order they were written in.
fn events(faults: &mut Faults, fragments: &[Fragment]) -> Vec<TriggerEvent> {
    let mut events: Vec<TriggerEvent> = Vec::new();
    for fragment in fragments {
        let Some(event) = event(faults, fragment) else {
            continue;
        };
        if events.iter().any(|other| order(other) == order(&event)) {
            faults.at(fragment.span, "this event is said twice");
            continue;
        }
        events.push(event);
    }
    events.sort_by_key(order);
    events
}

fn event(faults: &mut Faults, fragment: &Fragment) -> Option<TriggerEvent> {
    if let Some((word, group)) = fragment.call()
        && word.value == "update_of"
    {
        let columns = split(faults, group.stream());
        if columns.is_empty() {
            faults.at(fragment.span, "`update_of(...)` is empty");
        }
        return Some(TriggerEvent::Update(fields(faults, &columns)));
    }
    let choices = [
        ("insert", Some(TriggerEvent::Insert)),
        ("delete", Some(TriggerEvent::Delete)),
        ("update", Some(TriggerEvent::Update(Vec::new()))),
        ("update_of", None),
        ("truncate", Some(TriggerEvent::Truncate)),
    ];
    let choice = choose(faults, fragment, "event", &choices)?;
    if choice.value.is_none() {
        faults.at(fragment.span, "expected `update_of(field, ...)`");
    }
    choice.value
}

fn order(event: &TriggerEvent) -> u8 {
    match event {
        TriggerEvent::Insert => 0,
        TriggerEvent::Delete => 1,
        TriggerEvent::Update(_) => 2,
        TriggerEvent::Truncate => 3,
    }
}

/// `referencing(old = old_rows, new = new_rows)`
fn transition(faults: &mut Faults, entries: &mut Entries) -> (Option<Text>, Option<Text>) {
    let Some(entry) = entries.take(faults, "referencing") else {
        return (None, None);
    };
    let Shape::List(tokens) = entry.shape else {
        faults.at(entry.whole.span, "expected `referencing(old = ..., new = ...)`");
        return (None, None);
    };
    let mut inner = Entries::new(faults, "`referencing` entry", entry.whole.span, tokens);
    let old = inner.name(faults, "old");
    let new = inner.name(faults, "new");
    if old.is_none() && new.is_none() {
        inner.missing(faults, "`old = ...` or `new = ...`");
    }
    inner.finish(faults);
    (old, new)
}

fn function(faults: &mut Faults, entries: &mut Entries) -> Option<Text> {
    let Some(value) = entries.value(faults, "execute") else {
        entries.require(faults, "execute", "`execute = SomeFunction`");
        return None;
    };
    let function = value.path().and_then(|mut path| path.pop());
    if function.is_none() {
        faults.at(value.span, "expected the struct of a declared function");
    }
    function
}

fn arguments(faults: &mut Faults, entries: &mut Entries) -> Vec<Text> {
    let (_, fragments) = entries.list(faults, "arguments").unwrap_or((entries.span, Vec::new()));
    let arguments = each(faults, &fragments, "expected a string", Fragment::string);
    for argument in &arguments {
        check_text(faults, argument);
    }
    arguments
}

/// What PostgreSQL refuses (documentation, CREATE TRIGGER).
fn check(faults: &mut Faults, trigger: &TriggerDecl) {
    if trigger.timing == TriggerTiming::InsteadOf {
        faults.at(trigger.span, "only a view can have an `instead_of` trigger");
    }
    if trigger.for_each_row && trigger.events.contains(&TriggerEvent::Truncate) {
        faults.at(trigger.span, "a trigger on `truncate` can't be `for_each_row`");
    }
    let (old, new) = &trigger.transition;
    let transition: Option<Span> = old.as_ref().or(new.as_ref()).map(|name| name.span);
    if let Some(span) = transition.filter(|_| trigger.timing != TriggerTiming::After) {
        faults.at(span, "only an `after` trigger can have `referencing(...)`");
    }
}
