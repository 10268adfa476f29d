//! What several servers have shown, as one proof.

use super::{Shown, Subject};
use crate::emit::proof::{Proof, RowsPutIn, StatementMeasured, TripMade};

/// One proof. What came to the same on several servers stands there once.
pub fn merged(subject: &Subject, shown: Vec<Shown>) -> Proof {
    let trips = grouped(shown.iter().map(|it| it.trips.as_slice()), |trip| &mut trip.servers);
    let statements = grouped(shown.iter().map(|it| it.statements.as_slice()), |it| &mut it.servers);
    let holds = trips.iter().all(|trip: &TripMade| {
        let must_run = trip.is_chosen && trip.rollback == "runnable";
        trip.findings.is_empty() && !(must_run && trip.refusal.is_some())
    });
    Proof {
        migration: subject.name.clone(),
        inputs: subject.inputs.clone(),
        holds,
        servers: shown.iter().map(|it| it.major).collect(),
        rows: shown.first().map(rows).unwrap_or_default(),
        trips,
        statements: statements.into_iter().collect::<Vec<StatementMeasured>>(),
        deploy: shown.iter().find_map(|it| it.deploy.clone()),
    }
}

fn rows(shown: &Shown) -> RowsPutIn {
    let filled = &shown.ground.filled;
    RowsPutIn {
        tables: filled.tables.values().filter(|rows| **rows > 0).count(),
        rows: filled.tables.values().sum(),
        reached: filled.reached,
        refused: shown.ground.refused.clone(),
        unreached: filled.unreached.iter().map(ToString::to_string).collect(),
    }
}

/// What is the same but for the servers, once, in the order of the first server.
fn grouped<'a, T: Clone + PartialEq + 'a>(
    by_server: impl Iterator<Item = &'a [T]>,
    servers: impl Fn(&mut T) -> &mut Vec<u32>,
) -> Vec<T> {
    let bare = |one: &T| {
        let mut bare = one.clone();
        servers(&mut bare).clear();
        bare
    };
    let mut groups: Vec<T> = Vec::new();
    for of_server in by_server {
        let mut last = 0;
        let mut taken = vec![false; groups.len()];
        for one in of_server {
            let mut one = one.clone();
            let majors = servers(&mut one).clone();
            let at = (0..taken.len()).find(|at| !taken[*at] && bare(&groups[*at]) == bare(&one));
            match at {
                Some(at) => {
                    taken[at] = true;
                    servers(&mut groups[at]).extend(majors);
                    last = at + 1;
                }
                None => {
                    groups.insert(last, one);
                    taken.insert(last, true);
                    last += 1;
                }
            }
        }
    }
    groups
}
