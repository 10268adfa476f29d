//! How the schema stands between two parts of a plan.

use super::{Plan, Step, online};
use crate::model::Id;

/// What is so when a part is done and the next is not.
#[derive(Clone, Debug, Default)]
pub struct Between<'a> {
    /// What the part has finished.
    pub done: Vec<&'a Step>,
    /// What it, or an earlier one, has begun, and a later one finishes.
    pub begun: Vec<&'a Step>,
    /// What has gone or stepped aside, to come back in a later one.
    pub missing: Vec<Id>,
}

impl Plan {
    /// How the schema stands when the part of this number, from 0, is done and the next is not.
    pub fn after_part(&self, part: usize) -> Between<'_> {
        let ranges = self.parts_of_steps();
        let steps = || self.steps().zip(&ranges);
        let is_over = |step: usize| ranges.get(step).is_some_and(|(_, last)| *last <= part);
        let away = online::away(self).into_iter().filter(|(_, (from, to))| is_over(*from) && !is_over(*to));
        Between {
            done: steps().filter(|(_, (_, last))| *last == part).map(|(step, _)| step).collect(),
            begun: steps().filter(|(_, (first, last))| *first <= part && part < *last).map(|(step, _)| step).collect(),
            missing: away.map(|(id, _)| id).collect(),
        }
    }

    /// By step, in order: the parts, from 0, that its statements run in.
    pub fn parts_of_statements(&self) -> Vec<Vec<usize>> {
        let parts = self.parts();
        let numbers = parts.iter().enumerate().flat_map(|(number, part)| part.statements().iter().map(move |_| number));
        let before = self.guards.len() + self.opening.as_ref().map_or(0, |it| it.statements.len());
        let mut numbers = numbers.skip(before);
        self.steps().map(|step| numbers.by_ref().take(step.statements.len()).collect()).collect()
    }

    /// By step, in order: the first and the last of the parts, from 0, that its statements run in.
    pub(super) fn parts_of_steps(&self) -> Vec<(usize, usize)> {
        let mut now = 0;
        let range = |of_it: Vec<usize>| {
            let first = of_it.first().copied().unwrap_or(now);
            now = of_it.last().copied().unwrap_or(now);
            (first, now)
        };
        self.parts_of_statements().into_iter().map(range).collect()
    }
}
