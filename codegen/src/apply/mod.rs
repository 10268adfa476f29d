//! The runner: brings a database to a migration, or back, and goes on where an earlier run was cut off.
//!
//! What a database has is written in the schema `tablewright`, beside what the root package's runner writes there, and is
//! read from another runner's `migration_history` too.

mod alone;
mod books;
mod carry;
mod decide;
pub mod drift;
mod foreign;
pub mod many;
mod migrations;
mod outcome;
mod parts;
mod session;
mod sort;
mod status;
mod stopped;
mod teller;
mod text;
mod watch;
mod way;

use std::collections::BTreeMap;

use crate::connect::{self, Target};

pub use carry::Resume;
pub use foreign::TABLE as FOREIGN_TABLE;
pub use migrations::{Migration, Migrations};
pub use parts::{Part, parts};
pub use session::Manner;
pub use status::{Line, Standing, Status, status};
pub use stopped::Stopped;
pub use teller::{Tell, Teller};
pub use text::{File, Text};
pub use way::{Way, Work};

use books::Books;
use foreign::Foreign;
use session::Session;
use stopped::unkept;

/// How far to go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Goal {
    /// To this migration; without it, all the way up, or one step down.
    pub to: Option<u32>,
    /// The open migration too, whose text may still change.
    pub open: bool,
    /// The values that a rollback destroys may go.
    pub accept_losses: bool,
    /// What the user says of a statement of which it can't be seen whether it has happened.
    pub resume: Option<Resume>,
}

/// What a run has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// The migrations that it carried out, in order.
    pub now: Vec<String>,
    /// Those that another runner had applied, and that are noted now.
    pub adopted: Vec<String>,
    /// The open migration that was left out.
    pub left_out: Option<String>,
    /// What the database has and the project doesn't know.
    pub unknown: Vec<u32>,
    /// The last migration of the project that the database has now.
    pub at: Option<u32>,
}

/// Applies what the database does not have; or rolls back the last migration, or all after one.
///
/// # Errors
/// When something has to be decided first, or a part is refused; what was done before stays so.
pub fn migrate(
    target: &Target,
    migrations: &Migrations,
    (way, goal): (Way, &Goal),
    manner: &Manner,
    tell: &Tell,
) -> Result<Done, Stopped> {
    let mut run = Run::begin(target, migrations, manner, tell)?;
    let works = decided(migrations, &run.books, run.foreign.as_ref(), (way, goal))?;
    run.open_books()?;
    let adopted = run.adopt(migrations)?;
    let now = run.carry_out(&works, goal)?;
    let applied: Vec<u32> = run.books.applied.keys().copied().collect();
    let is_done = |number: &u32| works.iter().any(|work| work.number == *number);
    let last = match way {
        Way::Up => migrations.all.iter().map(|it| it.number).rfind(|it| applied.contains(it) || is_done(it)),
        Way::Down => applied.iter().copied().rfind(|number| !is_done(number)),
    };
    let done = Done { now, adopted, at: last.or(migrations.baseline), ..Done::default() };
    Ok(match way {
        Way::Up => {
            let left_out = decide::left_out(migrations, &applied, goal).map(Migration::stem);
            Done { left_out, unknown: decide::unknown(migrations, &run.books), ..done }
        }
        Way::Down => done,
    })
}

/// Notes the migrations up to a number as applied, without running them: somebody else has brought the database there.
///
/// # Errors
/// When one is noted with another text, or there is none with this number.
pub fn adopt(
    target: &Target,
    migrations: &Migrations,
    through: u32,
    manner: &Manner,
    tell: &Tell,
) -> Result<Vec<String>, Stopped> {
    let mut run = Run::begin(target, migrations, manner, tell)?;
    let refusals = decide::unadoptable(migrations, &run.books, through);
    if !refusals.is_empty() {
        return Err(Stopped::Refused(refusals));
    }
    run.open_books()?;
    run.note(migrations.all.iter().filter(|migration| migration.number <= through).collect())
}

/// What would be carried out, and nothing is: it only reads, without the lock.
///
/// # Errors
/// As of [`migrate`].
pub fn dry(target: &Target, migrations: &Migrations, goal: &Goal, way: Way) -> Result<Vec<Work>, Stopped> {
    let (books, foreign) = read(target)?;
    decided(migrations, &books, foreign.as_ref(), (way, goal))
}

fn decided(
    migrations: &Migrations,
    books: &Books,
    foreign: Option<&Foreign>,
    (way, goal): (Way, &Goal),
) -> Result<Vec<Work>, Stopped> {
    match way {
        Way::Up => decide::ups(migrations, books, foreign, goal),
        Way::Down => decide::downs(migrations, books, foreign, goal),
    }
}

/// Reads our books and another runner's, in a session that only reads.
fn read(target: &Target) -> Result<(Books, Option<Foreign>), Stopped> {
    let mut client = connect::connect(target).map_err(|error| Stopped::Failed(error.to_string()))?;
    // The other runner's table is looked for where the role's own search path leads.
    let foreign = foreign::read(&mut client).map_err(|error| unkept(&error))?;
    connect::prepare_to_read(&mut client).map_err(|error| Stopped::Failed(error.to_string()))?;
    Ok((books::read(&mut client).map_err(|error| unkept(&error))?, foreign))
}

/// A run that holds the lock and knows what the database has.
struct Run {
    session: Session,
    books: Books,
    foreign: Option<Foreign>,
}

impl Run {
    fn begin(target: &Target, migrations: &Migrations, manner: &Manner, tell: &Tell) -> Result<Self, Stopped> {
        let mut session = session::open(target, migrations.unqualified.as_deref(), manner, tell)?;
        let books = books::read(&mut session.client).map_err(|error| unkept(&error))?;
        let foreign = foreign::read(&mut session.client).map_err(|error| unkept(&error))?;
        Ok(Self { session, books, foreign })
    }

    fn open_books(&mut self) -> Result<(), Stopped> {
        books::open(&mut self.session.client).map_err(|error| unkept(&error))
    }

    /// Notes in our books what the other runner's say, so that the runner of the root package knows it too.
    fn adopt(&mut self, migrations: &Migrations) -> Result<Vec<String>, Stopped> {
        let foreign = self.foreign.as_ref();
        self.note(migrations.all.iter().filter(|migration| decide::by_other(migration, foreign)).collect())
    }

    fn note(&mut self, migrations: Vec<&Migration>) -> Result<Vec<String>, Stopped> {
        let new = migrations.into_iter().filter(|it| !self.books.applied.contains_key(&it.number));
        let new: Vec<&Migration> = new.collect();
        let client = &mut self.session.client;
        for it in &new {
            books::adopt(client, it.number, &it.name, &it.up.hash).map_err(|error| unkept(&error))?;
        }
        self.books = books::read(client).map_err(|error| unkept(&error))?;
        Ok(new.into_iter().map(Migration::stem).collect())
    }

    fn carry_out(&mut self, works: &[Work], goal: &Goal) -> Result<Vec<String>, Stopped> {
        if let (Some(obstacle), false) = (self.foreign.as_ref().and_then(Foreign::obstacle), works.is_empty()) {
            self.session.tell.say(&format!("note     {obstacle}: that runner will not know what is applied here"));
        }
        let (mut now, none) = (Vec::new(), BTreeMap::new());
        for work in works {
            let steps = self.books.unfinished.get(&(work.number, work.way)).unwrap_or(&none);
            let goes_on = if steps.is_empty() { "" } else { ", which was cut off" };
            self.session.tell.say(&format!("{:<8} {}{goes_on}", work.way.name(), work.stem()));
            carry::carry_out(&mut self.session, work, self.foreign.as_ref(), steps, goal.resume)?;
            now.push(work.stem());
        }
        Ok(now)
    }
}
