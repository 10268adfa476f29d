//! Sessions for reading.

use codegen::connect::prepare_to_read;

use super::servers::{address, connect_to};

#[test]
fn nothing_that_a_user_has_set_changes_how_values_print() {
    let spoilt = "-c DateStyle=German -c IntervalStyle=sql_standard -c quote_all_identifiers=on -c extra_float_digits=-5 \
                  -c bytea_output=escape -c statement_timeout=1ms -c TimeZone=Asia/Tokyo -c standard_conforming_strings=off";
    let mut client = connect_to(&address(&format!("options='{spoilt}'")));
    prepare_to_read(&mut client).unwrap();
    let query = r"SELECT concat_ws(' ', date '2024-01-31', interval '1 day 2 hours', quote_ident('a'), 0.1::float8, '\x01'::bytea,
                         timestamptz '2024-01-31 12:00Z', pg_sleep(0.01), '\n')";
    let text: String = client.query_one(query, &[]).unwrap().get(0);
    assert_eq!(text, r"2024-01-31 1 day 02:00:00 a 0.1 \x01 2024-01-31 12:00:00+00  \n");
}

#[test]
fn nothing_can_be_written() {
    let mut client = connect_to(&address(""));
    prepare_to_read(&mut client).unwrap();
    let error = client.batch_execute("CREATE TABLE t ()").unwrap_err();
    assert_eq!(error.code().map(postgres::error::SqlState::code), Some("25006"), "{error}");
}

#[test]
fn the_server_knows_who_reads() {
    let shown = |rest: &str| -> String {
        let mut client = connect_to(&address(rest));
        client.query_one("SELECT current_setting('application_name')", &[]).unwrap().get(0)
    };
    assert_eq!(shown(""), "tablewright");
    assert_eq!(shown("application_name=mine"), "mine");
}
