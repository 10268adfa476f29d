//! Which statements share a transaction.

use super::{Plan, Step};
use crate::model::{Schema, Statement, Transaction};

/// Statements of a plan that belong together, in order.
#[derive(Clone, Debug)]
pub enum Part<'a> {
    /// One transaction.
    Together(Vec<&'a Statement>),
    /// A transaction that holds nothing else than what stands there, so that it needs no BEGIN and COMMIT.
    Apart(Vec<&'a Statement>),
    /// A statement that no transaction can hold.
    Alone(&'a Statement),
}

impl<'a> Part<'a> {
    /// Its statements.
    pub fn statements(&self) -> &[&'a Statement] {
        match self {
            Part::Together(statements) | Part::Apart(statements) => statements,
            Part::Alone(statement) => std::slice::from_ref(statement),
        }
    }
}

impl Plan {
    /// Whether one transaction carries out the whole plan.
    pub fn is_one_transaction(&self) -> bool {
        self.statements().all(|it| !matches!(it.transaction, Transaction::Outside | Transaction::Apart))
    }

    /// Whether it has to be written as a file for each part.
    pub fn is_split(&self) -> bool {
        self.wrapped && self.parts().len() > 1
    }

    /// The statements, by the transactions that they run in.
    pub fn parts(&self) -> Vec<Part<'_>> {
        let mut parts = Vec::new();
        for statement in self.statements() {
            match (statement.transaction, parts.last_mut()) {
                (Transaction::Outside, _) => parts.push(Part::Alone(statement)),
                (Transaction::Apart, _) => parts.push(Part::Apart(vec![statement])),
                (Transaction::Along, Some(Part::Together(before) | Part::Apart(before))) => before.push(statement),
                (_, Some(Part::Together(before))) => before.push(statement),
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
                    statement.transaction = if used { Transaction::Apart } else { Transaction::Within };
                }
            }
        }
        later.push(Step { statements: Vec::new(), ..step.clone() });
    }
}
