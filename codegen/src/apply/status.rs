//! What a database has, and what it lacks.

use super::books::{Books, Step};
use super::decide;
use super::foreign::Foreign;
use super::migrations::{Migration, Migrations};
use super::stopped::Stopped;
use super::way::Way;
use crate::connect::Target;

/// How a database stands to the migrations of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// One line for each migration, by number.
    pub lines: Vec<Line>,
    /// What has to be decided before anything can be applied.
    pub refusals: Vec<String>,
}

/// One migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub standing: Standing,
}

/// How a migration stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The database has it since then.
    Applied(String),
    /// The database has it, as the other runner says.
    AppliedByOther,
    /// The database has it with another text.
    Changed,
    /// The database lacks it.
    Pending,
    /// The database lacks it, and its text may still change.
    Open,
    /// It has stopped half-way, after so many parts; with the statement that had begun, if one had.
    CutOff(Way, usize, Option<String>),
    /// The other runner has applied so many of its files.
    CutOffByOther(usize, usize),
    /// The database has it, and the project doesn't.
    Unknown,
}

impl Standing {
    /// In words.
    pub fn words(&self) -> String {
        match self {
            Self::Applied(at) => format!("applied {at}"),
            Self::AppliedByOther => "applied, says migration_history".to_owned(),
            Self::Changed => "applied with another text".to_owned(),
            Self::Pending => "pending".to_owned(),
            Self::Open => "open".to_owned(),
            Self::CutOff(way, done, None) => format!("cut off on its way {}, {done} parts done", way.name()),
            Self::CutOff(way, done, Some(sql)) => {
                format!("cut off on its way {}, {done} parts done, then in `{sql}`", way.name())
            }
            Self::CutOffByOther(done, all) => format!("cut off: {done} of {all} files applied, says migration_history"),
            Self::Unknown => "applied, but not in this project".to_owned(),
        }
    }

    /// Whether the database lacks something that is decided.
    pub fn is_behind(&self) -> bool {
        matches!(self, Self::Pending | Self::CutOff(..) | Self::CutOffByOther(..))
    }
}

/// Reads how a database stands; writes nothing.
///
/// # Errors
/// When the database can't be reached or read.
pub fn status(target: &Target, migrations: &Migrations) -> Result<Status, Stopped> {
    let (books, foreign) = super::read(target)?;
    let mut lines: Vec<Line> = migrations.all.iter().map(|it| line(it, &books, foreign.as_ref())).collect();
    for number in decide::unknown(migrations, &books) {
        let name = books.applied.get(&number).map(|noted| noted.name.clone()).unwrap_or_default();
        lines.push(Line { number, name, standing: Standing::Unknown });
    }
    lines.sort_by_key(|line| line.number);
    let goal = super::Goal { open: true, ..super::Goal::default() };
    let refusals = match decide::ups(migrations, &books, foreign.as_ref(), &goal) {
        Err(Stopped::Refused(refusals)) => refusals,
        _ => Vec::new(),
    };
    Ok(Status { lines, refusals })
}

fn line(migration: &Migration, books: &Books, foreign: Option<&Foreign>) -> Line {
    let (number, name) = (migration.number, migration.name.clone());
    let noted = books.applied.get(&number);
    let files = foreign.map_or(0, |book| book.files(number, &name, migration.up.files.len()).len());
    let standing = match (cut_off(books, number), noted) {
        (Some(cut), _) => cut,
        (None, Some(_)) if decide::changed(migration, noted).is_some() => Standing::Changed,
        (None, Some(noted)) => Standing::Applied(noted.at.clone()),
        (None, None) if decide::by_other(migration, foreign) => Standing::AppliedByOther,
        (None, None) if files > 0 => Standing::CutOffByOther(files, migration.up.files.len()),
        (None, None) if migration.is_open => Standing::Open,
        (None, None) => Standing::Pending,
    };
    Line { number, name, standing }
}

fn cut_off(books: &Books, number: u32) -> Option<Standing> {
    let (way, steps) =
        [Way::Up, Way::Down].into_iter().find_map(|way| Some((way, books.unfinished.get(&(number, way))?)))?;
    let begun = steps.values().find(|step| !step.is_done).map(|step: &Step| step.statement.clone());
    Some(Standing::CutOff(way, steps.values().filter(|step| step.is_done).count(), begun))
}
