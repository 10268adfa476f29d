//! Every fault is told, where it is and with the right advice.
//!
//! A case in `tests/faults/` is a source, then a line `=> line:column message | help` for each fault.
//! Cases are parted by empty lines; a line that starts with `//` is part of the source.

mod support;

fn check(cases: &str) {
    for case in cases.split("\n\n") {
        let is_expected = |line: &&str| line.starts_with("=> ");
        let source: Vec<&str> = case.trim().lines().filter(|line| !is_expected(line)).collect();
        let expected: Vec<&str> = case.lines().filter(is_expected).map(|line| &line[3..]).collect();
        let source = source.join("\n");
        assert_eq!(support::faults(&source), expected, "in\n{source}");
    }
}

#[test]
fn of_columns() {
    check(include_str!("faults/column.txt"));
}

#[test]
fn of_types() {
    check(include_str!("faults/types.txt"));
}

#[test]
fn of_tables() {
    check(include_str!("faults/table.txt"));
}

#[test]
fn of_other_objects() {
    check(include_str!("faults/objects.txt"));
}

#[test]
fn of_constants() {
    check(include_str!("faults/constant.txt"));
}

#[test]
fn of_sources() {
    check(include_str!("faults/source.txt"));
}
