//! Of all that is accepted, a few that show everything.

use std::cmp::Reverse;

use super::component::{Component, Dimension};

/// How many rows are made at most to show everything.
pub(super) const MOST_ROWS: usize = 256;
/// How many solutions are kept for the sake of variety.
const VARIETY: usize = 48;
/// How many, where rows need not differ.
const LITTLE_VARIETY: usize = 8;

/// A combination that is accepted.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Which option of each dimension.
    pub options: Vec<usize>,
    /// Which wishes it fulfils.
    pub wishes: Vec<bool>,
}

/// Columns by their places, each with its value.
pub(super) type Values = Vec<(usize, Option<String>)>;

/// What a component is given, one solution for each row.
#[derive(Debug, Default)]
pub(super) struct Solutions {
    pub values: Vec<Values>,
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
pub(super) fn covering(component: &Component, candidates: &[Candidate]) -> Solutions {
    let dimensions = &component.dimensions;
    let mut chosen: Vec<usize> = best(dimensions, candidates).into_iter().collect();
    let cover = Cover::new(component, candidates);
    cover.add(&mut chosen, MOST_ROWS, |at, option| dimensions[at].notable[option]);
    let enough = chosen.len();
    let variety = if component.varied { VARIETY } else { LITTLE_VARIETY };
    cover.add(&mut chosen, variety.max(enough), |_, _| true);
    let fulfilled = |wish: usize| candidates.iter().any(|it| it.wishes[wish]);
    let unfulfilled = (0..component.wishes.len()).filter(|wish| !fulfilled(*wish));
    Solutions {
        values: chosen.iter().map(|at| values(dimensions, &candidates[*at].options)).collect(),
        enough,
        unfulfilled: unfulfilled.map(|wish| component.wishes[wish].sql.clone()).collect(),
    }
}

/// Candidates that show much, to look around at.
pub(super) fn centers(component: &Component, candidates: &[Candidate], most: usize) -> Vec<Vec<usize>> {
    let mut chosen: Vec<usize> = best(&component.dimensions, candidates).into_iter().collect();
    Cover::new(component, candidates).add(&mut chosen, most, |at, option| component.dimensions[at].notable[option]);
    chosen.iter().map(|at| candidates[*at].options.clone()).collect()
}

/// The candidate that fulfils the most wishes, without NULL where that is the same.
fn best(dimensions: &[Dimension], candidates: &[Candidate]) -> Option<usize> {
    let nulls = |it: &Candidate| {
        let values = it.options.iter().zip(dimensions).flat_map(|(option, dimension)| &dimension.options[*option]);
        values.filter(|value| value.is_none()).count()
    };
    let worth = |at: &usize| {
        let it = &candidates[*at];
        (it.wishes.iter().filter(|is| **is).count(), Reverse(nulls(it)), Reverse(*at))
    };
    (0..candidates.len()).max_by_key(worth)
}

/// Chooses among the candidates of a component. What a candidate can show has a number: first the wishes, then the
/// options of each dimension.
struct Cover<'a> {
    component: &'a Component,
    candidates: &'a [Candidate],
    /// The number of the first option of each dimension.
    first: Vec<usize>,
}

/// What is still to be shown, and what has been.
struct Open {
    /// How often, by its number.
    times: Vec<usize>,
    used: Vec<bool>,
}

impl<'a> Cover<'a> {
    fn new(component: &'a Component, candidates: &'a [Candidate]) -> Self {
        let mut next = component.wishes.len();
        let mut first = Vec::new();
        for dimension in &component.dimensions {
            first.push(next);
            next += dimension.options.len();
        }
        Self { component, candidates, first }
    }

    /// Adds what shows most that is new, until nothing is new. Of two that show as much, the one that differs more from
    /// those before where rows must differ.
    fn add(&self, chosen: &mut Vec<usize>, most: usize, counts: impl Fn(usize, usize) -> bool) {
        let mut open = self.open(&counts);
        chosen.iter().for_each(|at| self.take(*at, &mut open));
        // Candidates that show nothing new will never do so again.
        let mut left: Vec<usize> = (0..self.candidates.len()).collect();
        while chosen.len() < most {
            let mut best = None;
            left.retain(|at| {
                let new = self.features(*at).filter(|it| open.times[*it] > 0).count();
                if new > 0 {
                    best = best.max(Some((new, self.fresh(*at, &open), Reverse(*at))));
                }
                new > 0
            });
            let Some((_, _, Reverse(at))) = best else { return };
            self.take(at, &mut open);
            chosen.push(at);
        }
    }

    fn open(&self, counts: &impl Fn(usize, usize) -> bool) -> Open {
        let mut times: Vec<usize> = self.component.wishes.iter().map(|wish| wish.times).collect();
        for (at, it) in self.component.dimensions.iter().enumerate() {
            times.extend((0..it.options.len()).map(|option| usize::from(counts(at, option))));
        }
        Open { used: vec![false; times.len()], times }
    }

    fn features(&self, at: usize) -> impl Iterator<Item = usize> {
        let it = &self.candidates[at];
        let wishes = it.wishes.iter().enumerate().filter(|(_, is)| **is).map(|(wish, _)| wish);
        wishes.chain(it.options.iter().zip(&self.first).map(|(option, first)| first + option))
    }

    /// In how many dimensions where rows must differ its option is a new one.
    fn fresh(&self, at: usize, open: &Open) -> usize {
        let options = self.candidates[at].options.iter().zip(&self.first).zip(&self.component.dimensions);
        options.filter(|((option, first), it)| it.varied && !open.used[*first + **option]).count()
    }

    fn take(&self, at: usize, open: &mut Open) {
        for feature in self.features(at) {
            open.times[feature] = open.times[feature].saturating_sub(1);
            open.used[feature] = true;
        }
    }
}

fn values(dimensions: &[Dimension], options: &[usize]) -> Values {
    options.iter().zip(dimensions).flat_map(|(option, it)| paired(it, &it.options[*option])).collect()
}

fn paired(dimension: &Dimension, option: &[Option<String>]) -> Values {
    dimension.columns.iter().copied().zip(option.iter().cloned()).collect()
}
