//! A hot standby: a copy of a cluster that waits for more.

use codegen::connect::prepare_to_read;
use codegen::read::catalog::catalog;

use super::servers::{Listening, cluster, connect_to, refusal};

#[test]
fn a_hot_standby_is_read() {
    let settings = ["wal_level=replica", "max_wal_senders=2", "max_connections=100", "max_locks_per_transaction=512"];
    let primary = Listening::start("primary", &cluster(), &[], &settings);
    primary.superuser().batch_execute("CREATE TABLE kept (id int PRIMARY KEY); CHECKPOINT").unwrap();
    let standby = Listening::start("standby", &primary.directory, &[("standby.signal", "")], &settings);
    let mut client = standby.superuser();
    prepare_to_read(&mut client).unwrap();
    let standing: bool = client.query_one("SELECT pg_is_in_recovery()", &[]).unwrap().get(0);
    assert!(standing);
    let reading = catalog(&mut client).unwrap();
    assert!(reading.schema.iter().any(|(id, _)| id.to_string().contains("kept")));
    choose(&primary, &standby);
}

/// `target_session_attrs` finds the one or the other.
fn choose(primary: &Listening, standby: &Listening) {
    let (first, second) = (primary.directory.display(), standby.directory.display());
    let ports = format!("{},{}", primary.port, standby.port);
    let address = |wanted: &str| {
        format!("host={first},{second} port={ports} user=postgres dbname=postgres target_session_attrs={wanted}")
    };
    let is_standby = |wanted: &str| -> bool {
        connect_to(&address(wanted)).query_one("SELECT pg_is_in_recovery()", &[]).unwrap().get(0)
    };
    assert!(!is_standby("any") && !is_standby("read-write") && !is_standby("primary"));
    assert!(is_standby("read-only") && is_standby("standby") && is_standby("prefer-standby"));
    let alone = format!("host={first} port={} user=postgres dbname=postgres", primary.port);
    connect_to(&format!("{alone} target_session_attrs=prefer-standby"));
    let refusal = refusal(&format!("{alone} target_session_attrs=standby"));
    assert!(refusal.contains("the server is no standby"), "{refusal}");
}
