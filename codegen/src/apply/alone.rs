//! A statement without a transaction block, and what a run that was cut off in it has left.

use std::time::Instant;

use super::books::{self, Step};
use super::carry::{Errand, Resume, run};
use super::outcome::{Outcome, found, leftovers, outcome};
use super::parts::{Part, Statement};
use super::session::Session;
use super::sort::Sort;
use super::stopped::{Broke, Stopped};
use super::teller::head;

/// Carries out a statement that stands alone.
///
/// # Errors
/// When it is refused, or when it can't be seen whether it has happened already.
pub fn carry_out(
    session: &mut Session,
    errand: &Errand,
    part: &Part,
    number: usize,
    statement: &Statement,
) -> Result<(), Stopped> {
    let start = Instant::now();
    let mut alone =
        Alone { errand, part, number, statement, begun: errand.steps.get(&number).cloned(), said: errand.resume };
    if alone.begun.is_none() && alone.with_its_note(session)? {
        errand.tell_done(session, number, &head(&statement.sql), start);
        return Ok(());
    }
    errand.patiently(session, number, |session| alone.attempt(session))?;
    errand.tell_done(session, number, &head(&statement.sql), start);
    Ok(())
}

struct Alone<'a> {
    errand: &'a Errand<'a>,
    part: &'a Part,
    number: usize,
    statement: &'a Statement,
    /// What was noted when it began, in this run or an earlier one.
    begun: Option<Step>,
    /// What the user says of it.
    said: Option<Resume>,
}

impl Alone<'_> {
    /// What a transaction can hold shares one with its note; false if it can't. A procedure is tried, since it alone knows
    /// whether it commits.
    fn with_its_note(&self, session: &mut Session) -> Result<bool, Stopped> {
        if !matches!(self.statement.sort, Sort::Ordinary | Sort::Call) {
            return Ok(false);
        }
        let step = self.errand.step(self.part, None);
        let mut is_alone = false;
        self.errand.patiently(session, self.number, |session| {
            let shared = session.transact("BEGIN", |session| {
                session.insist()?;
                run(session, self.statement)?;
                self.errand.note(session, self.number, &step)
            });
            is_alone = shared.as_ref().is_err_and(Broke::is_about_transactions);
            if is_alone { Ok(()) } else { shared }
        })?;
        Ok(!is_alone)
    }

    fn attempt(&mut self, session: &mut Session) -> Result<(), Broke> {
        match self.begun.clone() {
            None => self.begin(session)?,
            Some(step) => match self.outcome(session, &step)? {
                Outcome::Done => return self.done(session, &step),
                Outcome::Again(first) => self.tidy(session, &first)?,
                Outcome::Finish(last) => {
                    self.tidy(session, &last)?;
                    return self.done(session, &step);
                }
                Outcome::Unknown => return Err(self.unknown(&step).into()),
            },
        }
        self.execute(session)
    }

    /// Looks at what there is, removes what an earlier attempt has left, and notes that it begins.
    fn begin(&mut self, session: &mut Session) -> Result<(), Broke> {
        let sort = &self.statement.sort;
        let found = found(&mut session.client, sort)?;
        let leftovers = leftovers(&mut session.client, sort)?;
        self.tidy(session, &leftovers)?;
        let step = self.errand.step(self.part, found);
        session.transact("BEGIN", |session| {
            Ok(books::begun(&mut session.client, self.errand.work, self.number, &step)?)
        })?;
        self.begun = Some(step);
        Ok(())
    }

    fn outcome(&mut self, session: &mut Session, step: &Step) -> Result<Outcome, Broke> {
        match self.said.take() {
            Some(Resume::Done) => Ok(Outcome::Done),
            Some(Resume::Again) => Ok(Outcome::Again(leftovers(&mut session.client, &self.statement.sort)?)),
            // A procedure that had to run outside of a transaction commits by itself, in batches.
            None if self.statement.sort == Sort::Call => Ok(Outcome::Again(Vec::new())),
            None => Ok(outcome(&mut session.client, &self.statement.sort, step.found.as_deref())?),
        }
    }

    fn tidy(&self, session: &mut Session, statements: &[String]) -> Result<(), Broke> {
        for sql in statements {
            session.tell.say(&format!("tidy     {sql}"));
            let statement = Statement { sql: sql.clone(), ..self.statement.clone() };
            self.run(session, &statement)?;
        }
        Ok(())
    }

    fn execute(&mut self, session: &mut Session) -> Result<(), Broke> {
        session.tell.live(&format!("         {}", head(&self.statement.sql)));
        if let Err(broke) = self.run(session, self.statement) {
            // What the server refuses as a whole has not happened; of the other sorts, the next attempt looks.
            if self.statement.sort == Sort::Ordinary && broke.code().is_some() {
                books::not_begun(&mut session.client, self.errand.work, self.number)?;
                self.begun = None;
            }
            return Err(broke);
        }
        let step = self.errand.step(self.part, None);
        self.done(session, &step)
    }

    fn run(&self, session: &mut Session, statement: &Statement) -> Result<(), Broke> {
        if self.statement.sort.waits_in_peace() {
            return in_peace(session, statement);
        }
        session.insist()?;
        run(session, statement)
    }

    fn done(&self, session: &mut Session, step: &Step) -> Result<(), Broke> {
        session.transact("BEGIN", |session| self.errand.note(session, self.number, step))
    }

    fn unknown(&self, step: &Step) -> Stopped {
        let (work, number, total) = (self.errand.work, self.number, self.errand.total());
        let (path, line, command) = (&self.statement.path, self.statement.line, work.way.command());
        Stopped::refused(format!(
            "{} {} was cut off in part {number} of {total}, and it can't be seen whether this has happened ({path}:{line}):\n  {}\n\
             look in the database whether it has; if so: `{command} --resume done`; if not, or if it does no harm twice: `{command} --resume again`",
            work.way.noun(),
            work.stem(),
            step.statement
        ))
    }
}

/// Runs a statement that waits for others without making anybody wait: it may take its time.
fn in_peace(session: &mut Session, statement: &Statement) -> Result<(), Broke> {
    session.be_patient()?;
    let ran = run(session, statement);
    if !session.client.is_closed() {
        session.set_timeouts()?;
    }
    ran
}
