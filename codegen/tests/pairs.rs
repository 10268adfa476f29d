//! Every folder `tests/pairs/<name>`: `before.sql` and `after.sql` are loaded, compared, and both ways are gone.
//!
//! Here is what the declaration has no words for. A first line `-- roles: a, b` in `before.sql` names the roles that the
//! pair needs. In `after.sql`, a line `-- postgres: 15` names the oldest major that the pair needs, and a line
//! `-- rename: column public.t.a to b` what keeps its data under another name.
//! `TABLEWRIGHT_PG_MAJORS=14,16` chooses the majors; `TABLEWRIGHT_PAIRS=grant` the pairs.
//! Each pair goes to two of the majors, or to all of them if `TABLEWRIGHT_EVERY_MAJOR` is set.

#![cfg(feature = "database")]

#[path = "cases/case.rs"]
#[allow(dead_code, reason = "only the root is needed here")]
mod case;
#[path = "cases/servers.rs"]
mod servers;
mod pairs {
    pub mod folder;
    pub mod trip;
}

use codegen::scratch::Server;
use pairs::folder::{Pair, try_all};
use pairs::trip::faults;

#[test]
fn every_pair_goes_up_and_down_and_up_again() {
    let servers = servers::start();
    try_all(|pair| {
        let chosen = servers::two_in_turn(&servers, &pair.name, |major| major >= pair.oldest);
        chosen.into_iter().flat_map(|server| on(server, pair)).collect()
    });
}

fn on(server: &Server, pair: &Pair) -> Vec<String> {
    let found = faults(server, &pair.before, &pair.after);
    found.into_iter().map(|fault| format!("{}: PostgreSQL {}: {fault}", pair.name, server.version())).collect()
}
