//! Both forms of connection strings.

use codegen::connect::Target;

use super::{environment, fault, target};

#[test]
fn urls_are_read_as_libpq_reads_them() {
    let cases = [
        ("postgresql://", "database `ada` as `ada` at /tmp/.s.PGSQL.5432"),
        ("postgres://localhost", "database `ada` as `ada` at localhost:5432"),
        ("postgresql://localhost:5433/", "database `ada` as `ada` at localhost:5433"),
        ("postgresql://bob@localhost/app", "database `app` as `bob` at localhost:5432"),
        ("postgresql://bob:s3c@localhost", "database `bob` as `bob` at localhost:5432"),
        ("postgresql:///app?host=/run/pg&port=6", "database `app` as `ada` at /run/pg/.s.PGSQL.6"),
        ("postgresql://%2Frun%2Fpg/app", "database `app` as `ada` at /run/pg/.s.PGSQL.5432"),
        ("postgresql://[::1]:5433/app", "database `app` as `ada` at [::1]:5433"),
        ("postgresql://[2001:db8::7]/app", "database `app` as `ada` at [2001:db8::7]:5432"),
        ("postgresql://a:1,b,[::1]:3/app", "database `app` as `ada` at a:1, b:5432, [::1]:3"),
        ("postgresql://a,b/app?port=7", "database `app` as `ada` at a:7, b:7"),
        ("postgresql://b%C3%B6b%40x:p%3Aq@h/a%2Fb", "database `a/b` as `böb@x` at h:5432"),
        ("postgresql://h/app?user=bob&dbname=other", "database `other` as `bob` at h:5432"),
        ("postgresql://h/app?user=bob@cloud", "database `app` as `bob@cloud` at h:5432"),
        ("postgresql://h/a+b?ssl=true", "database `a+b` as `ada` at h:5432"),
    ];
    for (url, shown) in cases {
        assert_eq!(target(url).to_string(), shown, "{url}");
    }
}

#[test]
fn pairs_are_read_as_libpq_reads_them() {
    let cases = [
        ("host=h dbname=app user=bob", "database `app` as `bob` at h:5432"),
        ("  host = h\n\tport =  6 ", "database `ada` as `ada` at h:6"),
        (r"dbname='my base' user='o\'hara' host=h", "database `my base` as `o'hara` at h:5432"),
        (r"dbname=my\ base host=h", "database `my base` as `ada` at h:5432"),
        (r"dbname=a\\b host=h", r"database `a\b` as `ada` at h:5432"),
        ("dbname='' host=h", "database `ada` as `ada` at h:5432"),
        ("host=a,b port=1,2", "database `ada` as `ada` at a:1, b:2"),
        ("host=a hostaddr=::1", "database `ada` as `ada` at a:5432"),
        ("hostaddr=127.0.0.1,::1", "database `ada` as `ada` at 127.0.0.1:5432, [::1]:5432"),
        ("host=a host=b", "database `ada` as `ada` at b:5432"),
    ];
    for (text, shown) in cases {
        assert_eq!(target(text).to_string(), shown, "{text}");
    }
}

#[test]
fn malformed_strings_are_refused_in_words() {
    let cases = [
        ("postgresql://h:port/app", "a port is no number"),
        ("postgresql://h:70000/app", "a port is no number"),
        ("postgresql://[::1/app", "no `]`"),
        ("postgresql://[::1]x/app", "after the `]`"),
        ("postgresql://h/%zz", "two hexadecimal digits"),
        ("postgresql://h/%f", "two hexadecimal digits"),
        ("postgresql://h/%é", "two hexadecimal digits"),
        ("postgresql://h/%00", "%00"),
        ("postgresql://h/%ff", "no UTF-8"),
        ("postgresql://h/app?sslmod=require", "`sslmod` is no keyword"),
        ("postgresql://h/app?sslmode", "has no `=`"),
        ("postgresql://a,b/app?port=1,2,3", "3 ports for 2 servers"),
        ("host=a,b hostaddr=::1", "`host` names 2 servers and `hostaddr` 1"),
        ("hostaddr=localhost", "`hostaddr` is no IP address"),
        ("host", "`host` has no `=`"),
        ("hots=h", "`hots` is no keyword"),
        ("postgres:/h/app", "neither a URL"),
        ("dbname='app", "`dbname` has no closing quote"),
    ];
    for (text, part) in cases {
        let fault = fault(text);
        assert!(fault.starts_with("the database address can't be used: ") && fault.contains(part), "{text}: {fault}");
    }
}

#[test]
fn strings_are_told_from_files_and_words() {
    for text in [
        "postgres://",
        "postgresql://h/app",
        "host=h",
        "service=app user=bob",
        "port =5",
        "jdbc:postgresql://h",
        "postgres:/bob:s@h",
    ] {
        assert!(Target::is_written_in(text), "{text}");
    }
    for text in ["", "declared", "history:152", "schema/v=2.sql", "./a=b", "postgres:h", "C=1"] {
        assert!(!Target::is_written_in(text), "{text}");
    }
}

#[test]
fn the_string_comes_before_the_variables() {
    let variables = [("PGHOST", "v"), ("PGPORT", "7"), ("PGUSER", "eve"), ("PGDATABASE", "base")];
    let shown = |text| Target::parse(text, &environment(&variables)).unwrap().to_string();
    assert_eq!(shown(""), "database `base` as `eve` at v:7");
    assert_eq!(shown("postgresql://bob@h/app"), "database `app` as `bob` at h:7");
    assert_eq!(shown("host=h port=1"), "database `base` as `eve` at h:1");
    // As in libpq, a value that is written, if empty, hides the variable.
    assert_eq!(shown("user='' host=h"), "database `base` as `ada` at h:7");
}
