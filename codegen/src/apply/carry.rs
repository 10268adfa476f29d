//! One migration, part by part: each happens once, whenever the run before was cut off.
//!
//! **Architecture Invariant:** a part that is a transaction is noted in that transaction. A statement that can't be in
//! one is noted as begun before it, and as done after it; in between, the next run looks whether it has happened.

use std::collections::BTreeMap;
use std::thread;
use std::time::{Duration, Instant};

use super::alone;
use super::books::{self, Step};
use super::foreign::Foreign;
use super::parts::{Part, Statement};
use super::session::Session;
use super::sort::Sort;
use super::stopped::{Broke, Stopped, advice, reason, unkept};
use super::teller::head;
use super::watch::watched;
use super::way::{Way, Work};

/// What the user says of a statement of which it can't be seen whether it has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resume {
    /// It has happened.
    Done,
    /// It has not, or does no harm a second time.
    Again,
}

/// What carrying out one migration needs besides the session.
pub struct Errand<'a> {
    /// The migration and the way.
    pub work: &'a Work,
    /// The book of another runner.
    pub foreign: Option<&'a Foreign>,
    /// What an earlier run has noted, by part.
    pub steps: &'a BTreeMap<usize, Step>,
    /// What the user says of the part that had begun.
    pub resume: Option<Resume>,
    /// The files that the parts stand in, from 0.
    pub files: Vec<usize>,
}

/// Carries out a migration, from where an earlier run has left it.
///
/// # Errors
/// When a part is refused or the connection is lost; the message says how far it has come.
pub fn carry_out(
    session: &mut Session,
    work: &Work,
    foreign: Option<&Foreign>,
    steps: &BTreeMap<usize, Step>,
    resume: Option<Resume>,
) -> Result<(), Stopped> {
    let parts = work.text.parts().map_err(Stopped::Refused)?;
    let files = parts.iter().filter(|(_, part)| part.is_step()).map(|(file, _)| *file).collect();
    let parts: Vec<Part> = parts.into_iter().map(|(_, part)| part).collect();
    let errand = Errand { work, foreign, steps, resume, files };
    let total = errand.total();
    errand.recognise(&parts)?;
    session.afresh().map_err(|error| unkept(&error))?;
    let mut number = 0;
    for part in &parts {
        number += usize::from(part.is_step());
        match part {
            Part::Session(statement) => set(session, statement).map_err(|broke| errand.explain(broke, number + 1))?,
            _ if errand.is_done(number) => session.tell.say(&format!("part     {number} of {total} was done before")),
            Part::Together { begin, statements } => errand.together(session, part, number, begin, statements)?,
            Part::Alone(statement) => alone::carry_out(session, &errand, part, number, statement)?,
        }
    }
    if total == 0 {
        let finish = session.transact("BEGIN", |session| errand.finish(session));
        finish.map_err(|broke| errand.explain(broke, 1))?;
    }
    Ok(())
}

fn set(session: &mut Session, statement: &Statement) -> Result<(), Broke> {
    let Sort::Session(name) = &statement.sort else { return Ok(()) };
    session.set(name, &statement.sql).map_err(|error| Broke::Server(error, Some(statement.clone())))
}

impl Errand<'_> {
    /// How many parts there are.
    pub fn total(&self) -> usize {
        self.files.len()
    }

    /// Whether an earlier run, or another runner, has done it.
    fn is_done(&self, number: usize) -> bool {
        self.steps.get(&number).is_some_and(|step| step.is_done) || self.is_done_by_other(number)
    }

    fn is_done_by_other(&self, number: usize) -> bool {
        let (work, file) = (self.work, number.checked_sub(1).and_then(|at| self.files.get(at)));
        let (Some(foreign), Some(file), Way::Up) = (self.foreign, file, work.way) else { return false };
        foreign.files(work.number, &work.name, work.text.files.len()).contains(file)
    }

    /// The parts that have run must be those of the file.
    fn recognise(&self, parts: &[Part]) -> Result<(), Stopped> {
        let parts: Vec<&Part> = parts.iter().filter(|part| part.is_step()).collect();
        let changed = |number: usize, step: &Step| parts.get(number - 1).is_none_or(|part| part.hash() != step.sha256);
        let changed: Vec<String> = self
            .steps
            .iter()
            .filter(|(number, step)| (step.is_done || self.resume.is_none()) && changed(**number, step))
            .map(|(number, step)| format!("part {number} (`{}`)", step.statement))
            .collect();
        if changed.is_empty() {
            return Ok(());
        }
        let (stem, path) = (self.work.stem(), self.work.text.path());
        Err(Stopped::refused(format!(
            "migration {stem} has stopped half-way, and {} is no longer what {path} says; restore the text that was run, then run `{}` again",
            changed.join(", "),
            self.work.way.command()
        )))
    }

    /// What is noted of a part.
    pub fn step(&self, part: &Part, found: Option<String>) -> Step {
        let statement = part.statements().first().map(|it| head(&it.sql)).unwrap_or_default();
        Step { sha256: part.hash(), is_done: false, found, statement }
    }

    /// Notes in the open transaction that a part is done; with the last one, the whole migration is.
    pub fn note(&self, session: &mut Session, number: usize, step: &Step) -> Result<(), Broke> {
        if number == self.total() {
            return self.finish(session);
        }
        // The part ends its file, where the next one stands in another.
        if let (Some(foreign), Way::Up, true) =
            (self.foreign, self.work.way, self.files[number - 1] != self.files[number])
        {
            foreign.note_file(&mut session.client, self.work, self.files[number - 1])?;
        }
        Ok(books::done(&mut session.client, self.work, number, step)?)
    }

    fn finish(&self, session: &mut Session) -> Result<(), Broke> {
        books::finish(&mut session.client, self.work)?;
        match self.foreign {
            Some(foreign) => Ok(foreign.note(&mut session.client, self.work)?),
            None => Ok(()),
        }
    }

    /// One transaction, tried again as a whole where that may help.
    fn together(
        &self,
        session: &mut Session,
        part: &Part,
        number: usize,
        begin: &str,
        statements: &[Statement],
    ) -> Result<(), Stopped> {
        let start = Instant::now();
        let step = self.step(part, None);
        self.patiently(session, number, |session| {
            session.transact(begin, |session| {
                for (at, statement) in statements.iter().enumerate() {
                    session.tell.live(&format!(
                        "         {} of {}: {}",
                        at + 1,
                        statements.len(),
                        head(&statement.sql)
                    ));
                    session.insist()?;
                    run(session, statement)?;
                }
                self.note(session, number, &step)
            })
        })?;
        if statements.iter().any(|it| it.sort == Sort::Session("all".to_owned())) {
            session.afresh().map_err(|error| unkept(&error))?;
        }
        let count = if statements.len() == 1 { "statement" } else { "statements" };
        self.tell_done(session, number, &format!("{} {count} in one transaction", statements.len()), start);
        Ok(())
    }

    /// Says that a part is done, and how long it took.
    pub fn tell_done(&self, session: &Session, number: usize, what: &str, start: Instant) {
        let seconds = start.elapsed().as_secs_f64();
        session.tell.say(&format!("part     {number} of {}: {what}, {seconds:.1} s", self.total()));
    }

    /// Tries again, after longer and longer pauses, what failed for a reason that may pass.
    ///
    /// # Errors
    /// The last reason.
    pub fn patiently(
        &self,
        session: &mut Session,
        number: usize,
        mut act: impl FnMut(&mut Session) -> Result<(), Broke>,
    ) -> Result<(), Stopped> {
        let mut pause = Duration::from_millis(250);
        for _ in 0..session.manner.retries {
            match act(session) {
                Err(broke) if broke.may_pass() => {
                    let why = self.explain(broke, number);
                    let tell = session.tell.clone();
                    tell.say(&format!("again    in {:.1} s: {why}", pause.as_secs_f64()));
                    thread::sleep(pause);
                    pause = (pause * 2).min(Duration::from_secs(30));
                }
                acted => return acted.map_err(|broke| self.explain(broke, number)),
            }
        }
        act(session).map_err(|broke| self.explain(broke, number))
    }

    /// Where it has stopped, why, what stays, and how it goes on.
    pub fn explain(&self, broke: Broke, number: usize) -> Stopped {
        let (error, statement) = match broke {
            Broke::Stopped(stopped) => return stopped,
            Broke::Server(error, statement) => (error, statement),
        };
        let (stem, command) = (self.work.stem(), self.work.way.command());
        let leaves = statement.as_ref().is_some_and(|it| it.sort.is_alone() || it.sort == Sort::Call);
        let place = statement
            .map(|it| format!(" at {}:{} `{}`", it.path, line(&it, &error), head(&it.sql)))
            .unwrap_or_default();
        let part = if self.total() > 1 { format!(" in part {number} of {}", self.total()) } else { String::new() };
        let stays = match number {
            0 | 1 if leaves => "what it has left is seen to by the next run".to_owned(),
            0 | 1 => "nothing of it stays".to_owned(),
            _ => format!("parts 1 to {} stay", number - 1),
        };
        let known =
            if error.as_db_error().is_some() { stays } else { "what has happened is seen by the next run".to_owned() };
        Stopped::Failed(format!(
            "{} {stem} stopped{part}{place}: {}{}; {known}; then run `{command}` again, which goes on from there",
            self.work.way.noun(),
            reason(&error),
            advice(&error)
        ))
    }
}

/// Runs a statement of a migration, and says how it stands if it takes long.
pub fn run(session: &mut Session, statement: &Statement) -> Result<(), Broke> {
    let Session { client, pid, target, tell, .. } = session;
    let ran = watched(target, *pid, tell, &head(&statement.sql), || client.batch_execute(&statement.sql));
    ran.map_err(|error| Broke::Server(error, Some(statement.clone())))
}

/// The line that the server points at.
fn line(statement: &Statement, error: &postgres::Error) -> usize {
    let position = match error.as_db_error().and_then(|answer| answer.position()) {
        Some(postgres::error::ErrorPosition::Original(position)) => *position as usize,
        _ => 1,
    };
    statement.line + statement.sql.chars().take(position.saturating_sub(1)).filter(|it| *it == '\n').count()
}
