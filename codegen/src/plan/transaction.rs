//! Which statements share a transaction.

use super::{Plan, Step};
use crate::model::{Schema, Statement, Transaction};

/// Statements of a plan that belong together, in order.
#[derive(Clone, Debug)]
pub enum Part<'a> {
    /// One transaction.
    Together(Vec<&'a Statement>),
    /// A statement that runs by itself.
    Alone(&'a Statement),
}

impl Plan {
    /// Whether one transaction carries out the whole plan.
    pub fn is_one_transaction(&self) -> bool {
        self.statements().all(|statement| statement.transaction != Transaction::Outside)
    }

    /// The statements, by the transactions that they run in.
    pub fn parts(&self) -> Vec<Part<'_>> {
        let mut parts = Vec::new();
        for statement in self.statements() {
            match (statement.transaction, parts.last_mut()) {
                (Transaction::Outside, _) => parts.push(Part::Alone(statement)),
                (_, Some(Part::Together(statements))) => statements.push(statement),
                (_, _) => parts.push(Part::Together(vec![statement])),
            }
        }
        parts
    }
}

/// Lets what has to be committed before its use run in one transaction with the rest, where the rest does not use it.
pub(super) fn settle(plan: &mut Plan, to: &Schema) {
    let mut later: Vec<Step> = Vec::new();
    for step in plan.sections.iter_mut().rev().flat_map(|section| section.steps.iter_mut().rev()) {
        let id = step.change.id();
        let uses = |other: &Step| {
            let mut made = other.changes().filter(|change| change.after().is_some());
            made.any(|change| to.needs(&change.id()).any(|need| *need == id))
        };
        let waits = step.statements.iter().any(|it| it.transaction == Transaction::CommittedBeforeUse);
        if waits {
            let used = later.iter().any(uses);
            for statement in &mut step.statements {
                if statement.transaction == Transaction::CommittedBeforeUse {
                    statement.transaction = if used { Transaction::Outside } else { Transaction::Within };
                }
            }
        }
        later.push(Step { statements: Vec::new(), ..step.clone() });
    }
}
