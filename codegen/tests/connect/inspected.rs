//! What a target came to, in a form for comparisons: through its own `Display`.

use codegen::connect::{Environment, Target};

use super::{environment, fault, target};

#[test]
fn defaults_are_those_of_libpq() {
    let nothing = Target::parse("", &environment(&[])).unwrap();
    assert_eq!(nothing.to_string(), "database `ada` as `ada` at /tmp/.s.PGSQL.5432");
    let nobody = Environment { user: None, ..environment(&[]) };
    let fault = Target::parse("", &nobody).unwrap_err().to_string();
    assert!(fault.contains("no user is given") && fault.contains("PGUSER"), "{fault}");
}

#[test]
fn the_socket_is_looked_for_where_servers_put_it() {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(folder.path().join(".s.PGSQL.5999"), "").unwrap();
    let folders = vec!["/tmp".into(), folder.path().to_owned()];
    let environment = Environment { socket_folders: folders, ..environment(&[]) };
    let shown = Target::parse("port=5999", &environment).unwrap().to_string();
    assert!(shown.ends_with(&format!("{}/.s.PGSQL.5999", folder.path().display())), "{shown}");
}

#[test]
fn all_faults_of_the_values_are_told_at_once() {
    let text = fault("port=x connect_timeout=soon sslmode=maybe target_session_attrs=best gssencmode=require");
    let named = ["a port", "connect_timeout", "sslmode", "target_session_attrs", "gssencmode"];
    assert!(named.iter().all(|name| text.contains(name)), "{text}");
}

#[test]
fn what_can_not_be_kept_is_refused() {
    for text in ["sslcrl=a.crl", "require_auth=scram-sha-256", "sslpassword=x", "requirepeer=postgres"] {
        assert!(fault(text).contains("is not supported"), "{text}");
    }
    let fault = Target::parse("", &environment(&[("PGREQUIREAUTH", "none")])).unwrap_err().to_string();
    assert!(fault.contains("`require_auth` is not supported"), "{fault}");
}

#[test]
fn encryption_is_checked_before_connecting() {
    assert!(fault("sslmode=verify-full").contains("nothing to verify the server's certificate with"));
    assert!(fault("sslmode=require sslrootcert=system").contains("needs `sslmode=verify-full`"));
    assert!(fault("sslmode=require sslrootcert=/nowhere/root.crt").contains("does not exist"));
    assert!(fault("sslnegotiation=direct").contains("needs `sslmode=require`"));
    target("sslrootcert=system");
    target("sslmode=disable sslrootcert=/nowhere/root.crt");
}
