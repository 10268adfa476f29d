//! A hazard with its place.

use std::ops::Range;

use crate::intent::short;
use crate::lint::written::Found;
use crate::lint::{Direction, Hazard};
use crate::model::parse_id;
use crate::run::{Planned, Project};
use crate::script::place;

/// A hazard with its place.
pub struct Reported {
    /// The file, as it was named, or that of the intent.
    pub file: String,
    /// The file's text.
    pub text: String,
    /// The bytes that it is about.
    pub range: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1.
    pub column: usize,
    /// The hazard.
    pub hazard: Hazard,
    /// Why it is accepted, if it is.
    pub accepted: Option<String>,
    /// How to accept it.
    pub acceptance: String,
}

impl Reported {
    /// One of a file that is written by hand.
    pub fn of_file(name: &str, text: &str, found: Found) -> Self {
        let object = short(&found.hazard.id);
        let acceptance = format!("-- tablewright: accept {} {object} because ...", found.hazard.rule);
        Self::at((name, text), found.range, found.hazard, found.accepted, acceptance)
    }

    /// One of the open migration, at its intent.
    pub fn of_migration(project: &Project, planned: &Planned, hazard: &Hazard) -> Self {
        let file = planned.intent.and_then(|intent| Some((intent, project.sources.file(intent.file)?)));
        let (name, text, range) = match file {
            Some((intent, file)) => (file.path.as_str(), file.text.as_str(), intent.name.span.byte_range()),
            None => ("schema/src", "", 0..0),
        };
        let accepted = planned.intent.and_then(|intent| {
            let fits = |object: &str| parse_id(object).is_ok_and(|id| id == hazard.id);
            let mut accepts = intent.accepts.iter().filter(|it| fits(&it.object.value));
            let named = accepts.find(|it| it.rule.as_ref().is_some_and(|rule| rule.value == hazard.rule));
            named.map(|it| it.because.value.clone())
        });
        let is_refused = planned.refused.contains(hazard);
        let covered = || planned.accepted.get(&hazard.id).cloned().filter(|_| !is_refused);
        let lost = hazard.direction == Direction::Up && hazard.group == crate::lint::Group::DestroysData;
        let accepted = accepted.or_else(|| covered().filter(|_| lost));
        Self::at((name, text), range, hazard.clone(), accepted, hazard.acceptance())
    }

    fn at(
        (file, text): (&str, &str),
        range: Range<usize>,
        hazard: Hazard,
        accepted: Option<String>,
        acceptance: String,
    ) -> Self {
        let (line, column) = place(text, range.start);
        Self { file: file.to_owned(), text: text.to_owned(), range, line, column, hazard, accepted, acceptance }
    }
}
