//! Real servers: every major that is installed, on this machine, as this user.

#![cfg(feature = "database")]

use std::path::Path;

use codegen::scratch::{Binaries, Server};

#[test]
fn every_major_serves() {
    let all = Binaries::all(root());
    let majors: Vec<u32> = all.iter().map(|binaries| binaries.major).collect();
    assert!(
        majors.len() >= 2,
        "found {majors:?}; `npm ci --prefix tools/pg --ignore-scripts` installs five"
    );
    assert!(majors.is_sorted(), "oldest first: {majors:?}");
    all.iter().for_each(serves);
}

fn serves(binaries: &Binaries) {
    let server = Server::start(binaries).unwrap();
    let directory = server.directory().to_owned();
    let first = server.database().unwrap();
    let mut client = first.connect().unwrap();
    let number: i32 = client
        .query_one("SELECT current_setting('server_version_num')::int", &[])
        .unwrap()
        .get(0);
    assert_eq!(number.unsigned_abs() / 10000, binaries.major);
    client
        .batch_execute("CREATE TABLE t AS SELECT 7 AS seven")
        .unwrap();
    drop(client);

    let copy = server.database_like(&first).unwrap();
    let seven: i32 = copy
        .connect()
        .unwrap()
        .query_one("SELECT seven FROM t", &[])
        .unwrap()
        .get(0);
    assert_eq!(seven, 7);
    let empty = server.database().unwrap();
    assert!(
        empty
            .connect()
            .unwrap()
            .query_one("SELECT seven FROM t", &[])
            .is_err(),
        "databases share tables"
    );

    drop(server);
    assert!(!directory.exists(), "{} is left", directory.display());
}

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
