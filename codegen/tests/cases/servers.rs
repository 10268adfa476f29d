//! One server for each major that was asked for.

use std::env;

use codegen::scratch::{Binaries, Server};

/// Set, it sends every case to every major that fits.
#[allow(dead_code, reason = "some tests have few cases")]
const EVERY_MAJOR: &str = "TABLEWRIGHT_EVERY_MAJOR";

/// The majors to test on, separated by commas; else 15 and the newest that is installed.
const MAJORS: &str = "TABLEWRIGHT_PG_MAJORS";

/// A missing major is a failure, which names the command that installs it.
pub fn start() -> Vec<Server> {
    let root = super::case::root();
    let wanted = match env::var(MAJORS) {
        Ok(list) => list.split(',').map(|major| Some(major.trim().parse().unwrap())).collect(),
        Err(_) => {
            let newest = Binaries::all(&root).last().map(|binaries| binaries.major);
            vec![Some(15), newest.filter(|newest| *newest > 15)]
        }
    };
    let found = |major: &Option<u32>| {
        let found = Binaries::find(*major, &root);
        found.unwrap_or_else(|error| panic!("{error}; tools/setup installs all majors"))
    };
    wanted.iter().map(|major| Server::start(&found(major)).unwrap()).collect()
}

/// The servers for one of many cases: of those that fit the newest and, in turn by its name, another one.
/// On one major after the other, the many cases would take most of the time of all tests.
#[allow(dead_code, reason = "some tests have few cases")]
pub fn two_in_turn<'a>(servers: &'a [Server], name: &str, fits: impl Fn(u32) -> bool) -> Vec<&'a Server> {
    let mut fitting: Vec<&Server> = servers.iter().filter(|server| fits(server.version())).collect();
    if env::var_os(EVERY_MAJOR).is_some() {
        return fitting;
    }
    let newest = fitting.pop();
    in_turn(fitting, name).into_iter().chain(newest).collect()
}

/// One of these, by the name of the case.
#[allow(dead_code, reason = "some tests have few cases")]
pub fn in_turn<'a>(servers: Vec<&'a Server>, name: &str) -> Option<&'a Server> {
    let turn: usize = name.bytes().map(usize::from).sum();
    servers.get(turn % servers.len().max(1)).copied()
}
