//! The parts of a plan.

use super::{Heading, PlanError, Section, compact, online, order, rebuild, section, transaction};
use crate::diff::diff;
use crate::kinds::{Batch, Context};
use crate::model::{Change, Id, Schema, Statement};
use crate::sql::Style;

/// Statements in an order that runs, in sections that read well.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// What is set for the time of the plan, as `SET` wants it.
    pub settings: Vec<String>,
    /// Run before anything is touched; each refuses with a message if what follows can't work.
    pub guards: Vec<Statement>,
    /// What is put aside before anything is touched.
    pub opening: Option<Aside>,
    /// What there is to do, in order.
    pub sections: Vec<Section>,
    /// What is left to be done when all that is done.
    pub closing: Option<Aside>,
    /// What an online plan has to do in a way that keeps others waiting, or takes from them for a while: which object, and
    /// how.
    pub offline: Vec<(Id, String)>,
    /// Whether each file is run in one transaction, so that each part has to be a file.
    pub wrapped: bool,
}

/// Statements around the steps, that change no object of the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Their heading, without a number.
    pub title: String,
    /// The statements, in order.
    pub statements: Vec<Statement>,
}

/// One change and the statements that carry it out.
#[derive(Clone, Debug)]
pub struct Step {
    /// The change.
    pub change: Change,
    /// Changes that the same statements carry out: clauses of a CREATE TABLE, or what goes down with it.
    pub carries: Vec<Change>,
    /// The statements, in order.
    pub statements: Vec<Statement>,
}

/// A data change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backfill {
    /// The column whose values it sets, or the table or sequence.
    pub column: Id,
    /// The statement.
    pub statement: Statement,
    /// When it is run.
    pub moment: Moment,
    /// How an online plan does the same in batches.
    pub batch: Option<Batch>,
}

/// When a data change is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Before the column gets its final form; in a new column, before it becomes NOT NULL.
    BeforeFinalForm,
    /// When the object has its final form; in a new column, before it becomes NOT NULL.
    WhenThere,
}

impl Plan {
    /// The plan that leads from one schema to another, in this style.
    ///
    /// # Errors
    /// What PostgreSQL has no way for, and a cycle of objects that need each other, which is a fault of the declaration
    /// (or of `needs`).
    pub fn between(
        before: &Schema,
        after: &Schema,
        style: &Style,
        backfills: &[Backfill],
        headings: &[Heading],
    ) -> Result<Self, PlanError> {
        let context = Context { style, from: before, to: after };
        let tasks = rebuild::expand(&context, diff(before, after), backfills)
            .map_err(|reasons| PlanError::Impossible(reasons.into_iter().collect()))?;
        let topics = section::topics(&tasks, before, after, headings);
        let groups = order::sort(&tasks, &topics.section_of).map_err(PlanError::Cycle)?;
        let sections = compact::write(&context, &tasks, &groups, &topics);
        let mut plan = Self { sections, wrapped: style.wrapped, ..Self::default() };
        transaction::settle(&mut plan, after);
        if style.online {
            online::settle(&mut plan);
        }
        if style.unchecked_bodies && plan.statements().any(|statement| statement.has_body) {
            plan.settings.push("check_function_bodies = off".into());
        }
        Ok(plan)
    }

    /// All steps, in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.sections.iter().flat_map(|section| &section.steps)
    }

    /// All statements, in order, guards first.
    pub fn statements(&self) -> impl Iterator<Item = &Statement> {
        let opening = self.opening.iter().flat_map(|it| &it.statements);
        let closing = self.closing.iter().flat_map(|it| &it.statements);
        let steps = self.steps().flat_map(|step| &step.statements);
        self.guards.iter().chain(opening).chain(steps).chain(closing)
    }

    /// Whether there is nothing to do.
    pub fn is_empty(&self) -> bool {
        self.statements().next().is_none()
    }

    /// The statements as one text to run, without headings and notes.
    pub fn sql(&self) -> String {
        let settings = self.settings.iter().map(|setting| format!("SET LOCAL {setting};\n"));
        settings.chain(self.statements().map(|statement| format!("{};\n", statement.sql))).collect()
    }
}

impl Step {
    /// Every change that the statements carry out, the leading one first.
    pub fn changes(&self) -> impl Iterator<Item = &Change> {
        std::iter::once(&self.change).chain(&self.carries)
    }
}
