//! Servers that are not there, not yet there, or there no longer.

use std::io::{self, Write};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::thread;
use std::time::{Duration, Instant};

use codegen::connect::prepare_to_read;
use codegen::read::catalog::catalog;

use super::servers::{Listening, cluster, connect_to, refusal, scratch};

#[test]
fn a_server_that_is_not_there_is_named_with_what_to_do() {
    let nobody = refusal("host=127.0.0.1 port=1 user=bob dbname=app");
    let start = "can't connect to the database `app` as `bob` at 127.0.0.1:1: ";
    assert!(nobody.starts_with(start) && nobody.contains("refused") && nobody.contains("start the server"), "{nobody}");
    let socket = refusal("host=/nowhere");
    assert!(socket.contains("/nowhere/.s.PGSQL.5432: ") && socket.contains("start the server"), "{socket}");
    let unknown = refusal("host=no-such-host.invalid");
    assert!(unknown.contains("no-such-host.invalid:5432") && unknown.contains("correct the host"), "{unknown}");
    let database = refusal(&format!("host={} user=postgres dbname=missing", scratch().directory().display()));
    assert!(database.contains("does not exist") && database.contains("create it"), "{database}");
}

#[test]
fn a_server_that_says_nothing_is_left_in_time() {
    let mute = TcpListener::bind("127.0.0.1:0").unwrap();
    let start = Instant::now();
    let refusal = refusal(&format!("host=127.0.0.1 port={} connect_timeout=1", mute.local_addr().unwrap().port()));
    assert!(refusal.contains("no answer within 1 s"), "{refusal}");
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

#[test]
fn a_server_that_is_starting_is_waited_for() {
    let door = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = door.local_addr().unwrap().port();
    thread::spawn(move || {
        for visitor in door.incoming().take(2) {
            visitor.unwrap().write_all(STARTING).unwrap();
        }
        forward(door.accept().unwrap().0);
    });
    let address = format!("host=127.0.0.1 port={port} user=postgres dbname=postgres sslmode=disable");
    assert_eq!(connect_to(&address).query_one("SELECT 1", &[]).unwrap().get::<_, i32>(0), 1);
}

#[test]
fn a_server_that_never_gets_ready_is_left_in_time() {
    let door = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = door.local_addr().unwrap().port();
    thread::spawn(move || door.incoming().for_each(|visitor| visitor.unwrap().write_all(STARTING).unwrap()));
    let refusal = refusal(&format!("host=127.0.0.1 port={port} sslmode=disable connect_timeout=1"));
    assert!(refusal.contains("the database system is starting up") && refusal.contains("try again"), "{refusal}");
}

/// What a server answers that is not ready yet (PostgreSQL documentation, "Message Formats", ErrorResponse).
const STARTING: &[u8] = b"E\0\0\0\x3eSFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0";

/// Leads a visitor on to the scratch server's socket.
fn forward(visitor: TcpStream) {
    let server = UnixStream::connect(scratch().directory().join(".s.PGSQL.5432")).unwrap();
    let (mut from, mut to) = (visitor.try_clone().unwrap(), server.try_clone().unwrap());
    thread::spawn(move || io::copy(&mut from, &mut to));
    let (mut from, mut to) = (server, visitor);
    // The visitor may leave first.
    let _ = io::copy(&mut from, &mut to);
}

#[test]
fn a_server_that_hangs_up_is_no_postgres() {
    let rude = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = rude.local_addr().unwrap().port();
    thread::spawn(move || rude.incoming().for_each(drop));
    let refusal = refusal(&format!("host=127.0.0.1 port={port}"));
    assert!(refusal.contains("PostgreSQL server listens there"), "{refusal}");
}

#[test]
fn the_next_server_is_tried_and_all_failures_are_told() {
    let folder = scratch().directory().display().to_string();
    connect_to(&format!("host=127.0.0.1,{folder} port=1,5432 user=postgres dbname=postgres"));
    let both = refusal("host=127.0.0.1,/nowhere port=1,2");
    assert!(both.contains("127.0.0.1:1: ") && both.contains("/nowhere/.s.PGSQL.2: "), "{both}");
    // A server that answers and refuses ends the search.
    let first = refusal(&format!("host={folder},/nowhere user=postgres dbname=missing"));
    assert!(first.contains("does not exist") && !first.contains("/nowhere"), "{first}");
}

#[test]
fn a_server_that_vanishes_is_an_error_in_words() {
    let mut server = Listening::start("vanishing", &cluster(), &[], &[]);
    let mut client = server.superuser();
    prepare_to_read(&mut client).unwrap();
    let mut other = server.superuser();
    // Holds the reader in the middle of its reading.
    other.batch_execute("BEGIN; LOCK TABLE pg_attribute").unwrap();
    let reading = thread::spawn(move || {
        let during = catalog(&mut client).unwrap_err().to_string();
        (during, catalog(&mut client).unwrap_err().to_string())
    });
    while other.query_one("SELECT count(*) FROM pg_locks WHERE NOT granted", &[]).unwrap().get::<_, i64>(0) == 0 {
        thread::yield_now();
    }
    server.kill();
    let (during, after) = reading.join().unwrap();
    for error in [during, after] {
        assert!(error.starts_with("can't read "), "{error}");
        assert!(
            error.ends_with(" from the catalog: the server ended the connection; see its log, and try again"),
            "{error}"
        );
    }
}
