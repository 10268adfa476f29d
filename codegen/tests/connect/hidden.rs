//! No password in any text: not in faults, not in refusals, not in `Debug`.

use std::error::Error;

use codegen::connect::{Environment, Target, connect};

use super::environment;
use super::tls::world;

/// No word of any message has this in it, nor a part of it.
const SECRET: &str = "zqxj";

#[test]
fn no_malformed_string_shows_its_password() {
    let strings = [
        "postgresql://bob:zqxj",
        "postgresql://bob:zqxj@zqxj@h/app",
        "postgresql://bob:zqxj/zqxj@h/app",
        "postgresql://bob:1/zqxj@h/app",
        "postgresql://bob:1/a?zqxj@h/app",
        "postgresql://bob:1/a?zqxj=1@h/app",
        "postgresql://bob:zqxj#@[h/app",
        "postgresql://bob:zqxj%@h/app",
        "postgresql://bob:zqxj%ff@h/app",
        "postgresql://bob:zqxj@h:port/app",
        "postgresql://bob:zqxj@h/app?sslmode=zqxj",
        "postgresql://bob:zqxj@h/app?sslmod=1",
        "postgresql://bob@h/app?password=zqxj%",
        "postgres:/bob:zqxj@h/app",
        "Postgres://bob:zqxj@h/app",
        "jdbc:postgresql://h/app?user=bob&password=zqxj",
        "bob:zqxj@h/app",
        "host=h password=zqxj zqxj",
        "host=h password=a zqxj=b",
        "host=h password='zqxj",
        "host=h password=zqxj port=x",
        "password=zqxj hostaddr=zqxj",
        "password=zqxj sslnegotiation=zqxj channel_binding=zqxj connect_timeout=zqxj",
    ];
    for text in strings {
        assert!(Target::is_written_in(text), "{text} would be taken for a file, and named");
        let error = Target::parse(text, &environment(&[])).expect_err(text);
        for shown in [error.to_string(), format!("{error:?}"), format!("{error:#?}")] {
            assert!(!shown.contains(SECRET), "{text}: {shown}");
        }
    }
}

#[test]
fn no_value_shows_its_password() {
    let variables = environment(&[("PGPASSWORD", SECRET)]);
    assert!(!format!("{variables:?}").contains(SECRET));
    for text in ["", "host=h password=zqxj", "postgresql://bob:zqxj@h/app", "postgresql://h/?password=zqxj"] {
        let target = Target::parse(text, &variables).unwrap();
        let shown = format!("{target} {target:?} {target:#?} {:?}", target.warnings());
        assert!(!shown.contains(SECRET), "{shown}");
        assert!(shown.contains("hidden"), "there was no password: {shown}");
    }
}

#[test]
fn no_refusal_shows_its_password() {
    let (server, variables) = (&world().server, environment(&[("PGPASSWORD", SECRET)]));
    let texts = [
        server.address("localhost", "user=locked"),
        server.address("localhost", "user=locked sslmode=disable"),
        server.address("localhost", "user=nobody"),
        server.address("localhost", "user=sealed dbname=missing"),
        server.address("localhost", "user=sealed options='-c no_such=1'"),
        server.address("localhost", "user=sealed sslrootcert=system"),
        server.address("localhost", "user=sealed target_session_attrs=standby"),
        "host=127.0.0.1 port=1".to_owned(),
        "host=no-such-host.invalid".to_owned(),
        "host=/nowhere".to_owned(),
    ];
    for text in texts {
        let shown = refusal_in(&text, &variables);
        assert!(!shown.contains(SECRET), "{text}: {shown}");
        assert!(shown.contains("can't connect to the database") && shown.contains("; "), "{text}: {shown}");
    }
}

fn refusal_in(text: &str, environment: &Environment) -> String {
    match connect(&Target::parse(text, environment).unwrap()) {
        Ok(_) => panic!("{text} was let in"),
        Err(error) => format!("{error} {error:?} {:?}", error.source().map(ToString::to_string)),
    }
}
