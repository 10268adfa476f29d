//! The cases as they are written down.

use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

use codegen::kinds::Renaming;
use codegen::model::parse_id;
use codegen::plan::Migration;

use crate::case::Case;

/// A change whose locks are measured.
pub struct Written {
    /// What it is called in messages.
    pub name: String,
    /// The majors that it can be tried on.
    pub majors: RangeInclusive<u32>,
    /// What it is between.
    pub ends: Ends,
    /// Whether it can lock and read less than what is said, for a reason that lies in its rows.
    pub is_weaker: bool,
}

/// What a change is between.
pub enum Ends {
    /// Two texts.
    Texts {
        /// Run for the schema before; its rows stay.
        before: String,
        /// Run for the schema after.
        after: String,
        /// What is renamed in between.
        renames: Vec<Renaming>,
    },
    /// A text, and one that changes what it has made.
    Changed {
        /// Run for the schema before; its rows stay.
        before: String,
        /// Run after it for the schema after.
        change: String,
        /// What is renamed in between.
        renames: Vec<Renaming>,
    },
    /// A migration that is planned already, and the rows before it.
    Planned(Box<Migration>, Option<String>),
}

const NEWEST: u32 = 99;

/// The cases of a text: `-- case: NAME`, perhaps `-- postgres: 17`,
/// `-- weaker: WHY` and `-- rename: ID to NAME`, then what is there before; below `-- after`, what
/// changes it. Whatever stands before the first case is there in all of them.
pub fn written(text: &str) -> Vec<Written> {
    let mut parts = text.split("-- case: ");
    let base = parts.next().unwrap_or_default();
    let one = |part: &str| {
        let (name, body) = part.split_once('\n').unwrap_or((part, ""));
        let (before, change) = body.split_once("-- after\n").unwrap_or_else(|| panic!("{name}: no `-- after`"));
        let renames = body.lines().filter_map(|line| line.strip_prefix("-- rename: ")).map(rename).collect();
        let is_weaker = body.contains("-- weaker: ");
        let (before, change) = (format!("{base}\n{before}"), change.to_owned());
        Written {
            name: format!("locks: {name}"),
            majors: oldest(body)..=NEWEST,
            ends: Ends::Changed { before, change, renames },
            is_weaker,
        }
    };
    parts.map(one).collect()
}

/// `column public.t.a to b`
fn rename(text: &str) -> Renaming {
    let (from, to) = text.rsplit_once(" to ").unwrap();
    Renaming { from: parse_id(from).unwrap(), to: to.trim_matches('"').to_owned() }
}

fn oldest(text: &str) -> u32 {
    text.lines().find_map(|line| line.strip_prefix("-- postgres: ")?.trim().parse().ok()).unwrap_or(14)
}

impl Written {
    /// A folder of `tests/pairs`.
    pub fn of_pair(folder: &Path) -> Self {
        let text = |file: &str| fs::read_to_string(folder.join(file)).unwrap();
        let (before, after) = (text("before.sql"), text("after.sql"));
        let renames = after.lines().filter_map(|line| line.strip_prefix("-- rename: ")).map(rename).collect();
        let name = format!("pairs/{}", folder.file_name().unwrap_or_default().to_string_lossy());
        Self { name, majors: oldest(&after)..=NEWEST, ends: Ends::Texts { before, after, renames }, is_weaker: false }
    }

    /// A folder of `tests/cases`.
    pub fn of_case(case: &Case) -> Self {
        let trip = case.trip().unwrap_or_else(|fault| panic!("{}: {fault}", case.name));
        let ends = Ends::Planned(Box::new(trip.migration), trip.seed);
        Self {
            name: format!("cases/{}", case.name),
            majors: case.oldest_major().max(14)..=NEWEST,
            ends,
            is_weaker: false,
        }
    }
}
