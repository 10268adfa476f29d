//! One server for each major that was asked for.

use std::env;

use codegen::scratch::{Binaries, Server};

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
