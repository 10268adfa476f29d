//! Which migrations a run carries out, and what has to be decided before.

use super::Goal;
use super::books::{Books, Noted};
use super::foreign::Foreign;
use super::migrations::{Migration, Migrations};
use super::stopped::Stopped;
use super::text::Text;
use super::way::{Way, Work};

/// What is to be applied, in order.
///
/// # Errors
/// Everything that somebody has to decide first.
pub fn ups(
    migrations: &Migrations,
    books: &Books,
    foreign: Option<&Foreign>,
    goal: &Goal,
) -> Result<Vec<Work>, Stopped> {
    let has = |it: &Migration| books.applied.contains_key(&it.number) || by_other(it, foreign);
    let wanted = |it: &&Migration| match goal.to {
        Some(to) => it.number <= to && (!it.is_open || goal.open || it.number == to),
        None => !it.is_open || goal.open,
    };
    let pending: Vec<&Migration> = migrations.all.iter().filter(wanted).filter(|it| !has(it)).collect();
    let mut refusals = Vec::from_iter(unreachable(migrations, books, goal));
    refusals.extend(migrations.all.iter().filter_map(|it| changed(it, books.applied.get(&it.number))));
    refusals.extend(pending.iter().filter_map(|it| unlike(&it.up, it.is_open)));
    refusals.extend(cut_off(books, Way::Down));
    refusals.extend(in_pieces(migrations, books, foreign, true));
    refusals.extend(strangers(migrations, books));
    let last = migrations.all.iter().rfind(|it| has(it));
    refusals.extend(pending.iter().filter_map(|it| skipped(it, last?)));
    if refusals.is_empty() { Ok(pending.into_iter().map(Work::up).collect()) } else { Err(Stopped::Refused(refusals)) }
}

/// What is to be rolled back, the last first.
///
/// # Errors
/// Everything that somebody has to decide first.
pub fn downs(
    migrations: &Migrations,
    books: &Books,
    foreign: Option<&Foreign>,
    goal: &Goal,
) -> Result<Vec<Work>, Stopped> {
    let theirs = migrations.all.iter().filter(|it| by_other(it, foreign));
    let mut applied: Vec<(u32, &str)> =
        books.applied.iter().map(|(number, noted)| (*number, noted.name.as_str())).collect();
    applied.extend(theirs.map(|it| (it.number, it.name.as_str())));
    applied.sort_unstable();
    applied.dedup_by_key(|it| it.0);
    let mut refusals = cut_off(books, Way::Up);
    refusals.extend(in_pieces(migrations, books, foreign, false));
    refusals.extend(goal.to.and_then(|to| no_stop(migrations, to)));
    let going = applied.iter().rev().filter(|it| goal.to.is_none_or(|to| it.0 > to));
    let mut works = Vec::new();
    for (number, name) in going.take(if goal.to.is_some() { usize::MAX } else { 1 }) {
        match down(migrations, books, *number, name, goal) {
            Ok(work) => works.push(work),
            Err(refusal) => refusals.push(refusal),
        }
    }
    if refusals.is_empty() { Ok(works) } else { Err(Stopped::Refused(refusals)) }
}

/// Whether another runner has applied a migration.
pub fn by_other(migration: &Migration, foreign: Option<&Foreign>) -> bool {
    foreign.is_some_and(|book| book.has(migration.number, &migration.name, migration.up.files.len()))
}

/// Migrations of which another runner has applied some files; with `is_torn`, only those of which a later file was
/// applied and an earlier one was not.
fn in_pieces(migrations: &Migrations, books: &Books, foreign: Option<&Foreign>, is_torn: bool) -> Vec<String> {
    let piece = |it: &Migration| {
        let count = it.up.files.len();
        let done = foreign?.files(it.number, &it.name, count);
        let is_some = !done.is_empty() && done.len() < count && !books.applied.contains_key(&it.number);
        let is_torn_here = done.last().is_some_and(|last| last + 1 != done.len());
        (is_some && (is_torn_here || !is_torn)).then(|| (it.stem(), done.len(), count, is_torn_here))
    };
    let words = |(stem, done, count, is_torn): (String, usize, usize, bool)| match is_torn {
        true => format!(
            "migration_history notes a later file of {stem} and not an earlier one; see which of them the database has, and correct it there"
        ),
        false => {
            format!("another runner has applied {done} of the {count} files of {stem}; finish it first: codegen apply")
        }
    };
    migrations.all.iter().filter_map(piece).map(words).collect()
}

/// The open migration, if it is to be applied some day and is not now.
pub fn left_out<'a>(migrations: &'a Migrations, applied: &[u32], goal: &Goal) -> Option<&'a Migration> {
    let open = migrations.open()?;
    let is_wanted = goal.open || goal.to == Some(open.number);
    (!is_wanted && !applied.contains(&open.number)).then_some(open)
}

/// What the database has and the project doesn't know. Numbers of the baseline and before are no surprise.
pub fn unknown(migrations: &Migrations, books: &Books) -> Vec<u32> {
    let is_old = |number: u32| migrations.baseline.is_some_and(|baseline| number <= baseline);
    books.applied.keys().copied().filter(|number| migrations.get(*number).is_none() && !is_old(*number)).collect()
}

fn down(migrations: &Migrations, books: &Books, number: u32, name: &str, goal: &Goal) -> Result<Work, String> {
    let stem = format!("{number:03}_{name}");
    let (text, lost) = match books.rollbacks.get(&number) {
        Some(kept) => (kept.text(&stem), kept.losses.clone()),
        None => sealed_down(migrations, books, number, &stem)?,
    };
    if !lost.is_empty() && !goal.accept_losses {
        let lost = lost.join("\n  ");
        return Err(format!(
            "the rollback of {stem} destroys values:\n  {lost}\nif they may go: codegen rollback --accept-losses"
        ));
    }
    Ok(Work::down(number, name, &text))
}

/// The way down as the project has it, and what it destroys.
fn sealed_down(migrations: &Migrations, books: &Books, number: u32, stem: &str) -> Result<(Text, Vec<String>), String> {
    let found = migrations.get(number).and_then(|it| Some((it, it.down.clone()?)));
    let (migration, text) = found.ok_or_else(|| {
        format!("the way down of {stem} is not in this project; roll it back from the branch that has it")
    })?;
    let fault = unlike(&text, migration.is_open).or_else(|| changed(migration, books.applied.get(&number)));
    fault.map_or(Ok((text, migration.destroyed_by_rollback.clone())), Err)
}

/// What hinders noting the migrations up to a number as applied.
pub fn unadoptable(migrations: &Migrations, books: &Books, through: u32) -> Vec<String> {
    let adopted = || migrations.all.iter().filter(|it| it.number <= through);
    let mut refusals = Vec::from_iter(no_stop(migrations, through));
    refusals.extend(adopted().filter_map(|it| unlike(&it.up, it.is_open)));
    refusals.extend(adopted().filter_map(|it| changed(it, books.applied.get(&it.number))));
    refusals.extend(cut_off(books, Way::Up));
    refusals.extend(cut_off(books, Way::Down));
    refusals
}

/// A number to go to that is none, or that is behind.
fn unreachable(migrations: &Migrations, books: &Books, goal: &Goal) -> Option<String> {
    let to = goal.to?;
    let last = books.applied.keys().last().copied().unwrap_or_default();
    match no_stop(migrations, to) {
        None if to < last => {
            Some(format!("the database has {last:03} already; back to {to:03}: codegen rollback --to {to}"))
        }
        fault => fault,
    }
}

fn no_stop(migrations: &Migrations, to: u32) -> Option<String> {
    if migrations.get(to).is_some() || migrations.baseline == Some(to) {
        return None;
    }
    let numbers = migrations.baseline.into_iter().chain(migrations.all.iter().map(|it| it.number));
    let numbers: Vec<String> = numbers.map(|number| format!("{number:03}")).collect();
    Some(format!("there is no migration {to:03}; there are {}", numbers.join(", ")))
}

/// A migration that the database knows with another text.
pub fn changed(migration: &Migration, noted: Option<&Noted>) -> Option<String> {
    let noted = noted.filter(|it| it.sha256 != migration.up.hash)?;
    let stem = migration.stem();
    let under = if noted.name == migration.name { String::new() } else { format!(" (applied as {})", noted.name) };
    Some(match migration.is_open {
        true => format!(
            "the open migration {stem} has changed since it was applied here{under}; roll it back first: `codegen rollback` uses the way down that was kept then"
        ),
        false => format!(
            "migration {stem} is not the one that was applied{under}; restore {} as it was applied, and make a new migration for the change",
            migration.up.path()
        ),
    })
}

/// A file that does not say what it should.
pub fn unlike(text: &Text, is_open: bool) -> Option<String> {
    let what = match is_open {
        true => "is not what the declaration asks for; write it anew: codegen",
        false => "was edited after it was sealed; restore it from version control",
    };
    let wrong: Vec<&str> = text.files.iter().filter(|it| !it.is_right).map(|it| it.path.as_str()).collect();
    (!wrong.is_empty()).then(|| format!("{} {what}", wrong.join(", ")))
}

/// Migrations that have stopped half-way in the other direction.
fn cut_off(books: &Books, way: Way) -> Vec<String> {
    let cut = books.unfinished.keys().filter(|(_, its)| *its == way);
    let (noun, command) = (way.noun(), way.command());
    cut.map(|(number, _)| format!("{noun} {number:03} has stopped half-way; finish it first: {command}")).collect()
}

/// Migrations that have stopped half-way up and that the project doesn't have.
fn strangers(migrations: &Migrations, books: &Books) -> Vec<String> {
    let cut = books.unfinished.keys().filter(|(number, way)| *way == Way::Up && migrations.get(*number).is_none());
    cut.map(|(number, _)| {
        format!("migration {number:03} has stopped half-way and is not in this project; finish it from the branch that has it")
    })
    .collect()
}

/// A migration that was passed over, though a later one follows its schema.
fn skipped(pending: &Migration, last: &Migration) -> Option<String> {
    (pending.number < last.number).then(|| {
        let (number, last) = (pending.number, last.stem());
        format!(
            "{} was never applied here, though {last} was; if the database has it: codegen apply --adopt {number}",
            pending.stem()
        )
    })
}
