//! The same rules for SQL that is written by hand: as far as its text tells, or as far as a catalog does.
//!
//! By its text alone, a statement becomes the change that it makes, as the parser has read it; what only a schema would
//! tell (which sort of constraint a name is, which type a column had) is said to be unknown, and never guessed. Where the
//! file was run on a copy of the schema, the changes are those of the catalog, and the locks those that were measured.

mod accept;
mod across;
mod alter_table;
mod constraint;
mod create;
mod drop;
mod meaning;
mod only;
mod parts;
mod planned;
mod traced;
mod translate;
mod utility;

use std::ops::Range;

use squawk_syntax::SourceFile;

use super::{Direction, Finding, Hazard, Rule, Said, Way, along};
use crate::model::{Id, Lock};
use crate::script::{Piece, pieces, place};
use crate::sql::Style;

use meaning::Meaning;
pub use only::{NOT_LOOKED_AT, WRITTEN};
pub use traced::{Outcome, Ran, Trace};

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

/// What a statement means, with its place.
type Placed = (Range<usize>, Meaning);

/// Rules that would have to know the whole schema: without it, they would find what is not there.
const NEED_SCHEMA: &[&str] = &["foreign-key-without-index", "index-redundant"];

/// Rules about what is done in one transaction.
const OF_ONE_TRANSACTION: &[&str] = &["work-under-exclusive-lock", "many-tables-locked"];

/// What the rules find in a file, by its text alone.
pub fn written(file: &Text) -> Written {
    let (mut found, mut meanings, comments) = read(file);
    across::across(file.text, &mut meanings);
    found.hazards = by_text(file.text, &meanings);
    found.faults.extend(accept::accept(file, &comments, &mut found.hazards));
    found
}

/// What the rules find in a file that was run where the schema is there.
pub fn traced(file: &Text, trace: &Trace) -> Written {
    let (mut found, mut meanings, comments) = read(file);
    let told = traced::told(file.text, trace, &mut meanings);
    across::across(file.text, &mut meanings);
    let way = Way::new(Direction::Up, (&trace.before, &told.after), (&told.plan, &told.losses), &STYLE);
    let of_rules = along(&way).into_iter().filter(|it| fits(it.rule, &meanings)).map(|hazard| {
        let of_object = told.place_of.get(&hazard.id).cloned().unwrap_or_default();
        let range = hazard.step.and_then(|step| told.places.get(step - 1).cloned()).unwrap_or(of_object);
        Found { range, hazard, accepted: None }
    });
    found.hazards.extend(of_rules);
    let of_text = meanings.iter().zip(&told.taken);
    found.hazards.extend(of_text.flat_map(|((range, meaning), taken)| only::hazards(range, meaning, taken)));
    found.hazards.sort_by_key(|it| it.range.start);
    found.faults.extend(accept::accept(file, &comments, &mut found.hazards));
    found
}

static STYLE: std::sync::LazyLock<Style> =
    std::sync::LazyLock::new(|| Style { unqualified: Some("public".into()), ..Style::default() });

/// What could be read of a file: its statements with what they mean, and the places of its comments.
fn read(file: &Text) -> (Written, Vec<Placed>, Vec<Range<usize>>) {
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
    (found, meanings, comments)
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

/// Whether a rule fits a file: what nobody can run in a transaction is not run in one, and neither is what stands beside.
fn fits(rule: &str, meanings: &[Placed]) -> bool {
    let is_refused = |meaning: &Meaning| meaning.only.iter().any(|it| it.rule == "concurrently-in-transaction");
    let commits_alone = |meaning: &Meaning| meaning.is_concurrent && !is_refused(meaning);
    !OF_ONE_TRANSACTION.contains(&rule) || !meanings.iter().any(|(_, meaning)| commits_alone(meaning))
}

fn by_text(text: &str, meanings: &[Placed]) -> Vec<Found> {
    let (before, after) = planned::ends(meanings);
    let (plan, places) = planned::planned(text, meanings, (&before, &after));
    let way = Way::new(Direction::Up, (&before, &after), (&plan, &[]), &STYLE);
    let known = along(&way).into_iter().filter(|hazard| !NEED_SCHEMA.contains(&hazard.rule));
    let of_rules = known.filter(|it| fits(it.rule, meanings)).map(|hazard| {
        let range = hazard.step.and_then(|step| places.get(step - 1).cloned()).unwrap_or_default();
        Found { range, hazard, accepted: None }
    });
    let mut found: Vec<Found> = of_rules.collect();
    found.extend(meanings.iter().flat_map(|(range, meaning)| only::hazards(range, meaning, &[])));
    found.sort_by_key(|it| it.range.start);
    found
}

/// A hazard of a statement that makes no change of a kind.
fn hazard(rule: &'static Rule, object: Id, said: Said, taken: &[Lock]) -> Hazard {
    Hazard::new(rule, Direction::Up, Finding { object, said, locks: taken.to_vec(), step: None })
}
