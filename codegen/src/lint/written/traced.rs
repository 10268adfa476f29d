//! A file that was run, statement by statement, where the schema is there: what the catalog says of each.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::Placed;
use super::meaning::Meaning;
use super::only::REFUSED;
use super::planned::{Own, plan, steps};
use crate::diff::diff;
use crate::kinds::{Context, Kind, Moment, Object};
use crate::lint::Said;
use crate::model::{Change, Id, Lock, LockMode, Schema};
use crate::plan::{Loss, Plan, Step, data_losses};
use crate::sql::Style;

/// What running a file has shown.
pub struct Trace {
    /// The schema before the file.
    pub before: Arc<Schema>,
    /// Its statements, in order.
    pub ran: Vec<Ran>,
}

/// What running a statement has shown.
pub struct Ran {
    /// The bytes of the statement.
    pub range: Range<usize>,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of a statement.
pub enum Outcome {
    /// The server has done it.
    Done {
        /// The schema after it.
        after: Arc<Schema>,
        /// What it locked, read and wrote anew, of what was there before the file; none, if that can't be measured because
        /// it has transactions of its own.
        taken: Option<Vec<Lock>>,
    },
    /// The server refuses it.
    Refused(String),
    /// It can't be tried without rows, or without what is on another machine.
    Untried(String),
    /// It is for the session alone: BEGIN, SET.
    Passed,
}

/// The file as a plan, and what is lost.
pub struct Told {
    /// The steps, each with the locks that were measured.
    pub plan: Plan,
    /// The place of each step.
    pub places: Vec<Range<usize>>,
    /// What is lost, of what was there before the file.
    pub losses: Vec<Loss>,
    /// The place of what has no step.
    pub place_of: BTreeMap<Id, Range<usize>>,
    /// What is there after the file.
    pub after: Arc<Schema>,
    /// What each statement locked.
    pub taken: Vec<Vec<Lock>>,
}

/// Makes steps of what was seen, and takes from the meanings what has been seen better.
pub fn told(text: &str, trace: &Trace, meanings: &mut [Placed]) -> Told {
    let mut told = Told {
        plan: Plan::default(),
        places: Vec::new(),
        losses: Vec::new(),
        place_of: BTreeMap::new(),
        after: trace.before.clone(),
        taken: Vec::new(),
    };
    let (mut all, mut own) = (Vec::new(), Own::default());
    for (range, meaning) in meanings {
        let ran = trace.ran.iter().find(|ran| ran.range == *range);
        let taken = match ran.map(|ran| &ran.outcome) {
            Some(Outcome::Done { after, taken }) => {
                let mut steps = seen(&text[range.clone()], (&told.after, after), taken.as_deref(), meaning);
                let losses = data_losses(&plan(steps.clone()), (&told.after, after));
                told.losses.extend(losses.into_iter().filter(|loss| !own.has(&loss.id)));
                own.pass(&mut steps);
                for change in steps.iter().flat_map(Step::changes) {
                    told.place_of.entry(change.id()).or_insert_with(|| range.clone());
                }
                told.places.extend(steps.iter().map(|_| range.clone()));
                all.extend(steps);
                told.after = after.clone();
                taken.clone().unwrap_or_default()
            }
            Some(Outcome::Refused(reason)) => {
                meaning.says(REFUSED, super::drop::everything(), Said::new(reason.clone()));
                Vec::new()
            }
            Some(Outcome::Untried(reason)) => {
                meaning.unknown.push(reason.clone());
                Vec::new()
            }
            Some(Outcome::Passed) | None => Vec::new(),
        };
        told.taken.push(taken);
    }
    told.plan = plan(all);
    told
}

/// The steps of a statement that was run.
fn seen(sql: &str, (from, to): (&Schema, &Schema), taken: Option<&[Lock]>, meaning: &mut Meaning) -> Vec<Step> {
    meaning.unknown.clear();
    meaning.only.retain(|it| !it.stands_in);
    if let Some(taken) = taken {
        meaning.awaits = taken.iter().filter(|lock| lock.mode >= LockMode::Share).map(|it| it.table.clone()).collect();
    }
    let changes = match meaning.renames {
        true => meaning.changes.iter().filter_map(|it| renamed(it.first()?, (from, to))).map(|it| vec![it]).collect(),
        false => grouped(diff(from, to), (from, to)),
    };
    meaning.changes.clone_from(&changes);
    let style = Style::default();
    let context = Context { style: &style, from, to };
    let mut steps = steps(&context, &mut Moment::new(from, to), sql, &changes, taken.is_none());
    if let Some(taken) = taken {
        settle(&mut steps, taken);
    }
    steps
}

/// A rename as the text tells it, of the objects that the catalog has.
fn renamed(change: &Change, (from, to): (&Schema, &Schema)) -> Option<Change> {
    let Change::Rename { from: old, to: new } = change else { return None };
    let like = |schema: &Schema, id: &Id| {
        let kinds = [id.kind, Kind::View, Kind::MaterializedView, Kind::ForeignTable];
        kinds.into_iter().find_map(|kind| schema.get(&Id { kind, path: id.path.clone() }).cloned())
    };
    let (old, new) = (like(from, &old.id()).unwrap_or(old.clone()), like(to, &new.id()).unwrap_or(new.clone()));
    Some(Change::Rename { from: old, to: new })
}

/// Changes by what carries them: what comes and goes with its table has no step of its own, and a key that goes has one,
/// since code may name it.
fn grouped(changes: Vec<Change>, (from, to): (&Schema, &Schema)) -> Vec<Vec<Change>> {
    let ends: BTreeSet<(bool, Id)> = changes
        .iter()
        .filter_map(|change| match change {
            Change::Create(object) => Some((true, object.id())),
            Change::Drop(object) => Some((false, object.id())),
            _ => None,
        })
        .collect();
    let carrier = |change: &Change| match change {
        // Its locks are on other tables.
        Change::Create(object) if object.kind() == Kind::Partition => None,
        Change::Create(object) => {
            let root = to.root(&object.id());
            (root != object.id() && ends.contains(&(true, root.clone()))).then_some((true, root))
        }
        Change::Drop(object) => {
            let (id, root) = (object.id(), from.root(&object.id()));
            let goes = |other: &Id| *other != id && from.root(other) == root && ends.contains(&(false, other.clone()));
            let with = if ends.contains(&(false, root.clone())) {
                Some(root.clone())
            } else {
                from.needs(&id).find(|it| goes(it)).cloned()
            };
            with.filter(|it| *it != id && (*it == root || !is_named_by_code(object))).map(|it| (false, it))
        }
        _ => None,
    };
    let mut groups: Vec<Vec<Change>> = Vec::new();
    let mut carried: BTreeMap<(bool, Id), Vec<Change>> = BTreeMap::new();
    for change in changes {
        match carrier(&change) {
            Some(with) => carried.entry(with).or_default().push(change),
            None => groups.push(vec![change]),
        }
    }
    for group in &mut groups {
        let own = group.iter().map(|change| (matches!(change, Change::Create(_)), change.id())).collect::<Vec<_>>();
        let mut open = own;
        while let Some(next) = open.pop() {
            let more = carried.remove(&next).unwrap_or_default();
            open.extend(more.iter().map(|change| (next.0, change.id())));
            group.extend(more);
        }
    }
    groups.extend(carried.into_values().flatten().map(|change| vec![change]));
    groups
}

fn is_named_by_code(object: &Object) -> bool {
    match object {
        Object::PrimaryKey(_) | Object::Unique(_) | Object::ForeignKey(_) | Object::View(_) => true,
        Object::Index(index) => index.unique,
        _ => false,
    }
}

/// Gives the steps what was measured: of a relation that only one of them is known to lock, all of it to that one; and to
/// the first, what none of them is known to lock.
fn settle(steps: &mut [Step], taken: &[Lock]) {
    let known: Vec<Vec<Lock>> =
        steps.iter().map(|step| step.statements.iter().flat_map(|it| it.locks.clone()).collect()).collect();
    for (number, step) in steps.iter_mut().enumerate() {
        let Some(statement) = step.statements.first_mut() else { continue };
        statement.locks.clear();
        for lock in taken {
            let named = |locks: &Vec<Lock>| locks.iter().find(|it| it.table == lock.table).cloned();
            let others = known.iter().filter(|locks| named(locks).is_some()).count();
            match (named(&known[number]), others) {
                (Some(_), 1) => statement.locks.push(lock.clone()),
                (Some(own), _) => statement.locks.push(capped(own, lock)),
                (None, 0) if number == 0 => statement.locks.push(lock.clone()),
                (None, _) => {}
            }
        }
    }
}

fn capped(known: Lock, measured: &Lock) -> Lock {
    let (scan, rewrite) = (known.scan && measured.scan, known.rewrite && measured.rewrite);
    Lock { mode: known.mode.min(measured.mode), scan, rewrite, ..known }
}
