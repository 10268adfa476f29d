//! Goes step by step to where a wish is fulfilled, when there are too many combinations to try all.

use postgres::Transaction;

use super::super::ProofError;
use super::choose::Candidate;
use super::combinations;
use super::component::Component;
use super::expressions::conjuncts;
use super::solve::tried;
use super::table::{Table, Wish};

/// Steps for one wish. In one step each dimension takes its best option, so conditions on single columns need one.
const STEPS: usize = 4;
/// For how many wishes that nothing fulfils yet.
const MOST_WISHES: usize = 32;

/// Candidates for wishes that none of `candidates` fulfils; for the conditions alone, if there are no candidates.
pub(super) fn climb(
    transaction: &mut Transaction,
    table: &Table,
    component: &Component,
    candidates: &[Candidate],
) -> Result<Vec<Candidate>, ProofError> {
    let nothing = component.dimensions.iter().map(|_| 0).collect::<Vec<usize>>();
    let start = candidates.first().map_or(nothing, |it| it.options.clone());
    let is_open = |at: &usize| !candidates.iter().any(|it| it.wishes[*at]);
    let open = (0..component.wishes.len()).filter(is_open).take(MOST_WISHES);
    let mut goals: Vec<Vec<String>> = open.map(|at| conjuncts(&component.wishes[at].sql)).collect();
    if candidates.is_empty() {
        goals.push(Vec::new());
    }
    let mut found = Vec::new();
    for mut goal in goals {
        goal.extend(component.conditions.iter().cloned());
        let ends = steps(transaction, table, component, &goal, start.clone())?;
        found.extend(tried(transaction, table, component, &ends)?);
    }
    Ok(found)
}

/// The combinations after each step towards a goal of several conditions.
fn steps(
    transaction: &mut Transaction,
    table: &Table,
    component: &Component,
    goal: &[String],
    mut center: Vec<usize>,
) -> Result<Vec<Vec<usize>>, ProofError> {
    let measured = measured(component, goal);
    let lengths: Vec<usize> = component.dimensions.iter().map(|it| it.options.len()).collect();
    let mut ends = Vec::new();
    for _ in 0..STEPS {
        let mut tries = vec![center.clone()];
        tries.extend(combinations::around(&[center.clone()], &lengths));
        let seen = tried(transaction, table, &measured, &tries)?;
        let next = step(&center, &seen);
        if next == center {
            break;
        }
        ends.push(next.clone());
        center = next;
    }
    Ok(ends)
}

/// The component with the parts of the goal as its wishes, and no condition: also what is refused is on the way.
fn measured(component: &Component, goal: &[String]) -> Component {
    let wish = |sql: &String| Wish { sql: sql.clone(), columns: Default::default(), times: 1 };
    Component {
        generated: component.generated.clone(),
        dimensions: component.dimensions.clone(),
        wishes: goal.iter().map(wish).collect(),
        ..Component::default()
    }
}

/// Each dimension takes the option that fulfils more of the goal than the one it has.
fn step(center: &[usize], seen: &[Candidate]) -> Vec<usize> {
    let count = |it: &Candidate| it.wishes.iter().filter(|is| **is).count();
    let here = seen.iter().find(|it| it.options == center).map_or(0, count);
    let mut best: Vec<(usize, usize)> = center.iter().map(|option| (here, *option)).collect();
    for it in seen {
        for (at, option) in it.options.iter().enumerate().filter(|(at, option)| center[*at] != **option) {
            if count(it) > best[at].0 {
                best[at] = (count(it), *option);
            }
        }
    }
    best.into_iter().map(|(_, option)| option).collect()
}
