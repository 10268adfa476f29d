//! Connections to a user's database: what a person writes, what libpq would make of it, and real servers.

#![cfg(feature = "database")]

mod certificates;
mod changing;
mod files;
mod hidden;
mod inspected;
mod reading;
mod rights;
mod servers;
mod standby;
mod strings;
mod tls;
mod unreliable;

use codegen::connect::{Environment, Target};

/// Surroundings of which nothing is known but a user, and these variables.
fn environment(variables: &[(&str, &str)]) -> Environment {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Environment {
        variables: variables.iter().map(owned).collect(),
        user: Some("ada".to_owned()),
        socket_folders: vec!["/nowhere/sockets".into()],
        ..Environment::default()
    }
}

fn target(text: &str) -> Target {
    Target::parse(text, &environment(&[])).unwrap()
}

fn fault(text: &str) -> String {
    Target::parse(text, &environment(&[])).unwrap_err().to_string()
}
