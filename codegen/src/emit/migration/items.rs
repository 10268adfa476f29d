//! The statements of a plan in the order of the page, each with the section that it stands in.

use super::layout::comment;
use crate::model::Statement;
use crate::plan::{Aside, Aspect, Loss, Plan, Step};

/// A statement and where it stands.
pub struct Item<'a> {
    /// The section: its number from 0, and its title.
    pub section: (usize, &'a str),
    /// What is said above it, as comment lines.
    pub said: String,
    /// The statement.
    pub statement: &'a Statement,
}

const GUARDS: &str = "Refuse before anything is touched, if the values that are gone are needed";

/// All statements of a plan, in the order of [`Plan::statements`]; what can't be restored is said where it is missed.
pub fn items<'a>(plan: &'a Plan, losses: &[Loss]) -> Vec<Item<'a>> {
    let (mut items, mut number) = (Vec::new(), 0);
    let mut add = |title: &'a str, of_it: Vec<(String, &'a Statement)>| {
        items.extend(of_it.into_iter().map(|(said, statement)| Item { section: (number, title), said, statement }));
        number += 1;
    };
    if !plan.guards.is_empty() {
        add(GUARDS, plan.guards.iter().map(unexplained).collect());
    }
    let aside = |it: &'a Aside| (it.title.as_str(), it.statements.iter().map(unexplained).collect());
    if let Some((title, statements)) = plan.opening.as_ref().map(aside) {
        add(title, statements);
    }
    for section in &plan.sections {
        add(&section.title, section.steps.iter().flat_map(|step| explained(step, losses)).collect());
    }
    if let Some((title, statements)) = plan.closing.as_ref().map(aside) {
        add(title, statements);
    }
    items
}

fn unexplained(statement: &Statement) -> (String, &Statement) {
    (String::new(), statement)
}

fn explained<'a>(step: &'a Step, losses: &[Loss]) -> Vec<(String, &'a Statement)> {
    let ids: Vec<_> = step.changes().filter(|change| change.after().is_some()).map(|change| change.id()).collect();
    let missed = losses.iter().filter(|loss| loss.aspect == Aspect::Definition && ids.contains(&loss.id));
    let said: String = missed.map(|loss| comment("", &format!("Can't restore {}", loss.what))).collect();
    let said = std::iter::once(said).chain(std::iter::repeat(String::new()));
    said.zip(&step.statements).collect()
}
