//! The built-in types are spelled as `format_type` spells them.

use std::collections::BTreeSet;

use tablewright_syntax::builtin::{ALL, find};

#[test]
fn modifiers_stand_where_postgresql_puts_them() {
    let cases: [(&str, &[i64], &str); 13] = [
        ("Timestamptz", &[3], "timestamp(3) with time zone"),
        ("Timestamptz", &[], "timestamp with time zone"),
        ("Timestamp", &[0], "timestamp(0) without time zone"),
        ("Timetz", &[3], "time(3) with time zone"),
        ("Varchar", &[255], "character varying(255)"),
        ("Varchar", &[], "character varying"),
        ("Numeric", &[10, -2], "numeric(10,-2)"),
        ("Numeric", &[10], "numeric(10)"),
        ("Interval", &[3], "interval(3)"),
        ("Varbit", &[5], "bit varying(5)"),
        ("Bit", &[], "bit(1)"),
        ("Char", &[], "character(1)"),
        ("InternalChar", &[], "\"char\""),
    ];
    for (rust, modifiers, sql) in cases {
        assert_eq!(find(rust).unwrap().sql_type(modifiers), sql);
    }
}

#[test]
fn no_name_stands_for_two_types() {
    let rust: BTreeSet<_> = ALL.iter().map(|builtin| builtin.rust).collect();
    let sql: BTreeSet<_> = ALL.iter().map(|builtin| builtin.sql_type(&[])).collect();
    assert_eq!((rust.len(), sql.len()), (ALL.len(), ALL.len()));
}

#[test]
fn modifiers_out_of_range_are_refused() {
    assert_eq!(find("Varchar").unwrap().check(&[10_485_760]), Ok(()));
    assert!(find("Varchar").unwrap().check(&[0]).is_err());
    assert!(find("Uuid").unwrap().check(&[1]).is_err());
    assert_eq!(find("String"), None);
}
