//! The same on many databases: the first few alone, then several at a time, and no further after a failure.

use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use super::stopped::{Stopped, unkept};
use crate::connect::{self, Environment, Target};

/// How many databases are taken how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fleet {
    /// So many at a time.
    pub jobs: usize,
    /// So many before all others; if one of them fails, the others are left alone.
    pub canary: usize,
    /// Whether the others are taken on after one of them has failed.
    pub keep_going: bool,
}

/// What became of one database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate<T> {
    /// It went well, and took so long.
    Done(T, Duration),
    /// It has stopped.
    Stopped(Stopped, Duration),
    /// It was not begun, since another one had failed.
    Left,
}

/// Does something with each of many databases; the fates are in the order of the databases.
pub fn each<T: Send>(
    targets: &[Target],
    fleet: Fleet,
    act: impl Fn(&Target) -> Result<T, Stopped> + Sync,
) -> Vec<Fate<T>> {
    let (canaries, others) = targets.split_at(fleet.canary.min(targets.len()));
    let mut fates = together(canaries, fleet.jobs, false, &act);
    match fates.iter().all(|fate| matches!(fate, Fate::Done(..))) {
        true => fates.extend(together(others, fleet.jobs, fleet.keep_going, &act)),
        false => fates.extend(others.iter().map(|_| Fate::Left)),
    }
    fates
}

fn together<T: Send>(
    targets: &[Target],
    jobs: usize,
    keep_going: bool,
    act: &(impl Fn(&Target) -> Result<T, Stopped> + Sync),
) -> Vec<Fate<T>> {
    let queue = Mutex::new(targets.iter().enumerate());
    let fates: Mutex<Vec<Fate<T>>> = Mutex::new(targets.iter().map(|_| Fate::Left).collect());
    let work = || {
        while let Some((at, target)) = queue.lock().ok().and_then(|mut queue| queue.next()) {
            let start = Instant::now();
            let acted = act(target);
            if acted.is_err() && !keep_going {
                // What is begun is finished, and nothing else is begun.
                let _ = queue.lock().map(|mut queue| queue.by_ref().for_each(drop));
            }
            let fate = match acted {
                Ok(done) => Fate::Done(done, start.elapsed()),
                Err(stopped) => Fate::Stopped(stopped, start.elapsed()),
            };
            if let Some(place) = fates.lock().ok().as_mut().and_then(|fates| fates.get_mut(at)) {
                *place = fate;
            }
        }
    };
    thread::scope(|scope| (0..jobs.clamp(1, targets.len().max(1))).for_each(|_| drop(scope.spawn(work))));
    fates.into_inner().unwrap_or_default()
}

/// The databases of a list: one address a line; empty lines and those that begin with `#` don't count.
///
/// # Errors
/// Every line that is no address.
pub fn listed(text: &str, environment: &Environment) -> Result<Vec<Target>, Vec<String>> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let parsed =
        lines.map(|(at, line)| Target::parse(line, environment).map_err(|error| format!("line {at}: {error}")));
    let (good, bad): (Vec<_>, Vec<_>) = parsed.partition(Result::is_ok);
    let faults: Vec<String> = bad.into_iter().filter_map(Result::err).collect();
    if faults.is_empty() { Ok(good.into_iter().flatten().collect()) } else { Err(faults) }
}

/// The databases of a server whose names are like a pattern, by name: `*` stands for any letters, `?` for one.
///
/// # Errors
/// When the server can't be asked, or there are none.
pub fn matching(server: &Target, pattern: &str) -> Result<Vec<Target>, Stopped> {
    let mut client = connect::connect(server).map_err(|error| Stopped::Failed(error.to_string()))?;
    let query = "SELECT datname::text FROM pg_database WHERE datallowconn AND NOT datistemplate ORDER BY 1";
    let rows = client.query(query, &[]).map_err(|error| unkept(&error))?;
    let names = rows.iter().map(|row| row.get::<_, String>(0)).filter(|name| is_like(name, pattern));
    let targets: Vec<Target> = names.map(|name| server.at_database(&name)).collect();
    match targets.is_empty() {
        true => Err(Stopped::refused(format!("no database of {server} has a name like `{pattern}`"))),
        false => Ok(targets),
    }
}

fn is_like(name: &str, pattern: &str) -> bool {
    let mut letters = pattern.chars();
    match letters.next() {
        None => name.is_empty(),
        Some('*') => {
            let rest = letters.as_str();
            name.char_indices().map(|(at, _)| at).chain([name.len()]).any(|at| is_like(&name[at..], rest))
        }
        Some(letter) => {
            let mut own = name.chars();
            own.next().is_some_and(|it| letter == '?' || letter == it) && is_like(own.as_str(), letters.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(count: usize) -> Vec<Target> {
        (0..count)
            .map(|at| Target::parse(&format!("host=h user=u dbname=d{at}"), &Environment::default()).unwrap())
            .collect()
    }

    fn fates(fleet: Fleet, fails: &str) -> String {
        let act = |target: &Target| if target.database() == fails { Err(Stopped::refused("no")) } else { Ok(()) };
        let letter = |fate: &Fate<()>| match fate {
            Fate::Done(..) => 'd',
            Fate::Stopped(..) => 's',
            Fate::Left => '-',
        };
        each(&targets(5), fleet, act).iter().map(letter).collect()
    }

    #[test]
    fn a_failure_stops_what_has_not_begun() {
        let fleet = Fleet { jobs: 1, canary: 0, keep_going: false };
        assert_eq!(fates(fleet, "none"), "ddddd");
        assert_eq!(fates(fleet, "d2"), "dds--");
        assert_eq!(fates(Fleet { keep_going: true, ..fleet }, "d2"), "ddsdd");
        assert_eq!(fates(Fleet { canary: 2, keep_going: true, ..fleet }, "d1"), "ds---");
        assert_eq!(fates(Fleet { canary: 9, ..fleet }, "none"), "ddddd");
    }

    #[test]
    fn patterns_and_lists_are_read() {
        assert!(is_like("tenant_1", "tenant_*") && is_like("tenant_1", "*_?") && is_like("", "*"));
        assert!(!is_like("tenant", "tenant_*") && !is_like("tenant_12", "tenant_?"));
        let environment = Environment { user: Some("u".to_owned()), ..Environment::default() };
        assert_eq!(listed("# all\n\nhost=a dbname=b\n  postgres://c/d\n", &environment).unwrap().len(), 2);
        assert_eq!(listed("nothing\nhost=a\npostgres://c:x/d", &environment).unwrap_err().len(), 2);
    }
}
