//! The same rules for SQL that is written by hand, as far as its text tells.
//!
//! A statement becomes the change that it makes, as the parser has read it; what only a schema would tell (which sort of
//! constraint a name is, which type a column had) is said to be not looked at, and never guessed.

mod accept;
mod constraint;
mod only;
mod parts;
mod translate;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use squawk_syntax::SourceFile;

use super::{Direction, Finding, Hazard, Rule, Said, Way, along};
use crate::kinds::{Context, Moment, Object};
use crate::model::{Change, Id, LockMode, Schema, Statement};
use crate::plan::{Plan, Section, Step};
use crate::script::{Piece, pieces, place};
use crate::sql::Style;

pub use only::{NOT_LOOKED_AT, WRITTEN};

/// A file.
pub struct Text<'a> {
    /// Its name, for messages.
    pub name: &'a str,
    /// What stands in it.
    pub text: &'a str,
}

/// What was found in a file.
#[derive(Debug, Default)]
pub struct Written {
    /// The hazards, by their places.
    pub hazards: Vec<Found>,
    /// What is no SQL, and acceptances that match nothing, with file, line and column.
    pub faults: Vec<String>,
}

/// A hazard of a file.
#[derive(Debug)]
pub struct Found {
    /// The bytes of the statement.
    pub range: Range<usize>,
    /// The hazard.
    pub hazard: Hazard,
    /// Why it is accepted, if it is.
    pub accepted: Option<String>,
}

/// What a statement comes to.
#[derive(Default)]
struct Meaning {
    /// What has to be there before.
    assumed: Vec<Object>,
    /// What it changes: the first of each list is what the others are carried by.
    changes: Vec<Vec<Change>>,
    /// What only people write.
    only: Vec<(&'static str, Id, Said)>,
    /// What of it could not be understood.
    unknown: Vec<String>,
    /// Whether it runs beside others, without a lock that keeps them from writing.
    is_concurrent: bool,
}

/// Rules that would have to know the whole schema: without it, they would find what is not there.
const NEED_SCHEMA: &[&str] = &["foreign-key-without-index", "index-redundant"];

/// What the rules find in a file.
pub fn written(file: &Text) -> Written {
    let mut found = Written::default();
    let (mut meanings, mut comments) = (Vec::new(), Vec::new());
    for piece in pieces(file.text) {
        match piece {
            Piece::Comment(range) => comments.push(range),
            Piece::Statement(range) => match meaning(&file.text[range.clone()]) {
                Ok(meaning) => meanings.push((range, meaning)),
                Err((at, message)) => {
                    let (line, column) = place(file.text, range.start + at);
                    found.faults.push(format!("{}:{line}:{column}: {message}", file.name));
                }
            },
            Piece::Skipped(_) => {}
        }
    }
    only::across(file.text, &mut meanings);
    found.hazards = hazards(file.text, &meanings);
    found.faults.extend(accept::accept(file, &comments, &mut found.hazards));
    found
}

/// The meaning of one statement, or where it stops being SQL and why.
fn meaning(sql: &str) -> Result<Meaning, (usize, String)> {
    let parsed = SourceFile::parse(sql);
    if let Some(error) = parsed.errors().first() {
        return Err((usize::from(error.range().start()), format!("this is no SQL: {}", error.message())));
    }
    let mut meaning = Meaning::default();
    parsed.tree().stmts().for_each(|statement| translate::translate(&statement, &mut meaning));
    Ok(meaning)
}

fn hazards(text: &str, meanings: &[(Range<usize>, Meaning)]) -> Vec<Found> {
    let before = assumed(meanings);
    let mut now: BTreeMap<Id, Arc<Object>> = before.iter().map(|(id, object)| (id.clone(), object.clone())).collect();
    for change in meanings.iter().flat_map(|(_, meaning)| meaning.changes.iter().flatten()) {
        if let Some(object) = change.before() {
            now.remove(&object.id());
        }
        match change {
            Change::Create(object) | Change::Alter { to: object, .. } | Change::Rename { to: object, .. } => {
                now.insert(object.id(), object.clone());
            }
            Change::Drop(_) => {}
        }
    }
    // A map has no id twice.
    let after = Schema::of(now.into_values()).unwrap_or_default();
    let (plan, places) = planned(text, meanings, (&before, &after));
    let style = Style { unqualified: Some("public".into()), ..Style::default() };
    let way = Way::new(Direction::Up, (&before, &after), (&plan, &[]), &style);
    let known = along(&way).into_iter().filter(|hazard| !NEED_SCHEMA.contains(&hazard.rule));
    let of_rules = known.map(|hazard| {
        let range = hazard.step.and_then(|step| places.get(step - 1).cloned()).unwrap_or_default();
        Found { range, hazard, accepted: None }
    });
    let mut found: Vec<Found> = of_rules.collect();
    found.extend(meanings.iter().flat_map(|(range, meaning)| only::hazards(range, meaning)));
    found.sort_by_key(|it| it.range.start);
    found
}

/// What has to be there before the file: what it speaks of and has not made by then.
fn assumed(meanings: &[(Range<usize>, Meaning)]) -> Schema {
    let (mut there, mut made) = (BTreeMap::new(), Vec::new());
    for (_, meaning) in meanings {
        for object in meaning.assumed.iter().filter(|object| !made.contains(&object.id())) {
            there.entry(object.id()).or_insert_with(|| Arc::new(object.clone()));
        }
        made.extend(meaning.changes.iter().flatten().filter_map(|change| change.after()).map(Object::id));
    }
    Schema::of(there.into_values()).unwrap_or_default()
}

/// The changes as a plan, with the locks that their kinds know of, and the place of each step.
fn planned(
    text: &str,
    meanings: &[(Range<usize>, Meaning)],
    (before, after): (&Schema, &Schema),
) -> (Plan, Vec<Range<usize>>) {
    let style = Style::default();
    let context = Context { style: &style, from: before, to: after };
    let mut moment = Moment::new(before, after);
    let (mut steps, mut places) = (Vec::new(), Vec::new());
    for (range, meaning) in meanings {
        for changes in &meaning.changes {
            let Some((head, carried)) = changes.split_first() else { continue };
            let mut statement = Statement::new(&text[range.clone()]);
            statement.locks = changes.iter().flat_map(|change| locks(&context, change)).collect();
            moment.settle(&changes.iter().collect::<Vec<_>>(), &mut statement);
            if meaning.is_concurrent {
                statement.locks.iter_mut().for_each(|lock| lock.mode = LockMode::ShareUpdateExclusive);
            }
            changes.iter().for_each(|change| moment.pass(change));
            steps.push(Step { change: head.clone(), carries: carried.to_vec(), statements: vec![statement] });
            places.push(range.clone());
        }
    }
    (Plan { sections: vec![Section { title: String::new(), steps }], ..Plan::default() }, places)
}

fn locks(context: &Context, change: &Change) -> Vec<crate::model::Lock> {
    let statements = match change {
        Change::Create(object) => object.create(context.style),
        Change::Drop(object) => Object::drop(object, context.style),
        Change::Alter { from, to } => match Object::alter(context, from, to) {
            crate::kinds::Alteration::InPlace(statements) | crate::kinds::Alteration::Disturbing { statements, .. } => {
                statements
            }
            _ => [Object::drop(from, context.style), to.create(context.style)].concat(),
        },
        Change::Rename { from, to } => from.rename(context.style, to).unwrap_or_default(),
    };
    statements.into_iter().flat_map(|statement| statement.locks).collect()
}

/// A hazard of a statement that makes no change of a kind.
fn hazard(rule: &'static Rule, object: Id, said: Said) -> Hazard {
    Hazard::new(rule, Direction::Up, Finding { object, said, locks: Vec::new(), step: None })
}
