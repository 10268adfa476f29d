//! Of all that is accepted, a few that show everything.

use std::collections::BTreeSet;

use super::component::{Component, Dimension};
use super::solve::Combinations;

/// How many rows are made at most to show everything.
pub(super) const MOST_ROWS: usize = 256;
/// How many solutions are kept for the sake of variety.
const VARIETY: usize = 48;

/// A combination that is accepted.
pub(super) struct Candidate {
    pub number: usize,
    /// Which wishes it fulfils.
    pub wishes: Vec<bool>,
}

/// What a component is given, one solution for each row.
#[derive(Debug, Default)]
pub(super) struct Solutions {
    pub values: Vec<Vec<(usize, Option<String>)>>,
    /// So many of them show everything that is to be shown.
    pub enough: usize,
    /// Wishes that none of them fulfils.
    pub unfulfilled: Vec<String>,
}

/// The options of a dimension that nothing restricts.
pub(super) fn in_order(dimension: &Dimension) -> Solutions {
    let values = dimension.options.iter().map(|option| paired(dimension, option)).collect();
    let enough = dimension.notable.iter().rposition(|it| *it).map_or(1, |last| last + 1);
    Solutions { values, enough: enough.min(MOST_ROWS), unfulfilled: Vec::new() }
}

/// A set of candidates, small but not the least, that fulfils each wish and has each notable option if any does; then
/// others, in which all options occur.
pub(super) fn covering(component: &Component, combinations: &Combinations, candidates: &[Candidate]) -> Solutions {
    let dimensions = &component.dimensions;
    let options = |it: &Candidate| (0..dimensions.len()).map(|at| (at, combinations.option(it.number, at))).collect();
    let shown: Vec<(Vec<(usize, usize)>, &Candidate)> = candidates.iter().map(|it| (options(it), it)).collect();
    let notable = |(at, option): &(usize, usize)| dimensions[*at].notable[*option];
    let needed = |(options, it): &(Vec<(usize, usize)>, &Candidate)| -> BTreeSet<(usize, usize)> {
        let wishes = it.wishes.iter().enumerate().filter(|(_, is)| **is).map(|(at, _)| (usize::MAX, at));
        options.iter().copied().filter(notable).chain(wishes).collect()
    };
    let all = |(options, _): &(Vec<(usize, usize)>, &Candidate)| options.iter().copied().collect::<BTreeSet<_>>();
    let mut chosen = best(dimensions, &shown).into_iter().collect::<Vec<_>>();
    cover(&shown.iter().map(needed).collect::<Vec<_>>(), &mut chosen, MOST_ROWS);
    let enough = chosen.len();
    cover(&shown.iter().map(all).collect::<Vec<_>>(), &mut chosen, VARIETY.max(enough));
    let fulfilled = |wish: usize| candidates.iter().any(|it| it.wishes[wish]);
    let unfulfilled = (0..component.wishes.len()).filter(|wish| !fulfilled(*wish));
    Solutions {
        values: chosen.iter().map(|at| values(dimensions, &shown[*at].0)).collect(),
        enough,
        unfulfilled: unfulfilled.map(|wish| component.wishes[wish].clone()).collect(),
    }
}

/// The candidate that fulfils the most wishes, without NULL where that is the same.
fn best(dimensions: &[Dimension], shown: &[(Vec<(usize, usize)>, &Candidate)]) -> Option<usize> {
    let nulls = |options: &[(usize, usize)]| {
        options.iter().flat_map(|(at, option)| &dimensions[*at].options[*option]).filter(|it| it.is_none()).count()
    };
    let worth = |at: &usize| {
        let (options, it) = &shown[*at];
        (it.wishes.iter().filter(|is| **is).count(), std::cmp::Reverse(nulls(options)), std::cmp::Reverse(*at))
    };
    (0..shown.len()).max_by_key(worth)
}

/// Adds what shows most that is new, until nothing is new.
fn cover(shows: &[BTreeSet<(usize, usize)>], chosen: &mut Vec<usize>, most: usize) {
    let mut open: BTreeSet<(usize, usize)> = shows.iter().flatten().copied().collect();
    chosen.iter().for_each(|at| open.retain(|it| !shows[*at].contains(it)));
    // Candidates that show nothing new will never do so again.
    let mut left: Vec<usize> = (0..shows.len()).collect();
    while !open.is_empty() && chosen.len() < most {
        let mut best = None;
        left.retain(|at| {
            let new = shows[*at].iter().filter(|it| open.contains(it)).count();
            if new > 0 && best.is_none_or(|(most, _)| new > most) {
                best = Some((new, *at));
            }
            new > 0
        });
        let Some((_, at)) = best else { return };
        open.retain(|it| !shows[at].contains(it));
        chosen.push(at);
    }
}

fn values(dimensions: &[Dimension], options: &[(usize, usize)]) -> Vec<(usize, Option<String>)> {
    options.iter().flat_map(|(at, option)| paired(&dimensions[*at], &dimensions[*at].options[*option])).collect()
}

fn paired(dimension: &Dimension, option: &[Option<String>]) -> Vec<(usize, Option<String>)> {
    dimension.columns.iter().copied().zip(option.iter().cloned()).collect()
}
