//! Invariant 9: only `sql.rs` quotes, only kinds make DDL, only `output` writes files, only a few connect.

use super::paths::named;
use super::source::{Source, assert_none, codegen};
use super::tokens::{Part, Token};

/// Rooms that write SQL, all of which take their quotes from `sql.rs`.
const SQL: &[&str] = &[
    "codegen/src/apply/",
    "codegen/src/diff.rs",
    "codegen/src/emit/migration/",
    "codegen/src/expression.rs",
    "codegen/src/kinds/",
    "codegen/src/plan/",
    "codegen/src/proof.rs",
    "codegen/src/proof/",
    "codegen/src/prove.rs",
    "codegen/src/prove/",
    "codegen/src/read/",
];

/// Rooms that make statements which change a database: the kinds, and what sets up a scratch database.
const DDL: &[&str] = &[
    "codegen/src/kinds/",
    "codegen/src/prove.rs",
    "codegen/src/prove/",
    "codegen/src/scratch.rs",
    "codegen/src/scratch/",
    // The parser reads a bare expression or signature only inside of a statement.
    "codegen/src/expression.rs",
    // A hazard names the safer statement to the reader.
    "codegen/src/lint/",
    // The runner keeps its own books, and removes what a run that was cut off has left half-made.
    "codegen/src/apply/",
];

/// Rooms that write files: the project's, and those of a scratch server in its temporary folder.
const WRITERS: &[&str] = &["codegen/src/output/", "codegen/src/scratch.rs", "codegen/src/scratch/"];

/// Rooms that talk to a server.
const CONNECTED: &[&str] = &[
    "codegen/src/apply/",
    // The one place that opens connections to a user's database.
    "codegen/src/connect/",
    // Text that generated rows begin with; it is compiled in the package that uses them.
    "codegen/src/emit/rows/support.rs",
    "codegen/src/proof.rs",
    "codegen/src/proof/",
    "codegen/src/prove.rs",
    "codegen/src/prove/",
    "codegen/src/read/catalog.rs",
    "codegen/src/read/catalog/",
    "codegen/src/scratch.rs",
    "codegen/src/scratch/",
];

const WRITES: &[&[&str]] = &[
    &["fs", "write"],
    &["fs", "rename"],
    &["fs", "copy"],
    &["fs", "create_dir"],
    &["fs", "create_dir_all"],
    &["fs", "remove_file"],
    &["fs", "remove_dir"],
    &["fs", "remove_dir_all"],
    &["fs", "hard_link"],
    &["File", "create"],
    &["File", "create_new"],
    &["OpenOptions"],
    &["tempfile"],
];

#[test]
fn only_sql_rs_quotes() {
    let rooms = codegen().into_iter().filter(|source| source.is_in(SQL));
    assert_none(rooms.flat_map(|source| quotes(&source)).collect());
}

#[test]
fn only_kinds_make_ddl() {
    assert_none(outside(DDL).flat_map(|source| ddl(&source)).collect());
}

#[test]
fn only_output_writes_files() {
    assert_none(outside(WRITERS).flat_map(|source| uses(&source, WRITES, "only output writes files")).collect());
}

#[test]
fn only_few_connect() {
    let postgres: &[&[&str]] = &[&["postgres"]];
    let why = "only the catalog reader, prove and apply talk to a server";
    assert_none(outside(CONNECTED).flat_map(|source| uses(&source, postgres, why)).collect());
}

fn outside(places: &'static [&'static str]) -> impl Iterator<Item = Source> {
    codegen().into_iter().filter(move |source| !source.is_in(places))
}

/// A sign that is doubled by `replace`, or quotes around a place of a format string.
fn quotes(source: &Source) -> Vec<String> {
    let tokens = source.code();
    let doubled = tokens.windows(5).filter(|it| it[0].name() == Some("replace") && doubles(&it[2], &it[4]));
    let wrapped = format_strings(&tokens).filter(|token| token.text().is_some_and(wraps_a_place));
    let lines = doubled.map(|it| it[0].line).chain(wrapped.map(|token| token.line));
    lines
        .map(|line| source.fault(line, "quotes by itself; sql.rs has `ident`, `literal` and `dollar_quoted`"))
        .collect()
}

fn doubles(from: &Token, to: &Token) -> bool {
    let sign = from.text().filter(|sign| ["\"", "'"].contains(sign));
    sign.is_some_and(|sign| to.text() == Some(&sign.repeat(2)))
}

/// The first argument of `format!` and `write!`, where it is a literal.
fn format_strings(tokens: &[Token]) -> impl Iterator<Item = &Token> {
    let calls = tokens.windows(4).filter(|it| it[1].is('!') && it[2].is('('));
    let formats = calls.filter(|it| it[0].name().is_some_and(|name| ["format", "write", "writeln"].contains(&name)));
    formats.map(|it| &it[3]).filter(|token| matches!(token.part, Part::Text(_)))
}

/// A text with backticks speaks to people, about Rust.
fn wraps_a_place(format: &str) -> bool {
    !format.contains('`') && ["\"{", "'{", "}\"", "}'"].iter().any(|seam| format.contains(seam))
}

/// Text that begins like a statement that changes a database.
fn ddl(source: &Source) -> Vec<String> {
    let tokens = source.code();
    let texts = tokens.iter().filter(|token| token.text().is_some_and(is_ddl));
    texts.map(|token| source.fault(token.line, "makes DDL; that belongs into the file of a kind")).collect()
}

fn is_ddl(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let verb = words.next().is_some_and(|word| ["ALTER", "CREATE", "DROP", "GRANT", "REVOKE"].contains(&word));
    let noun = words.next().is_some_and(|word| word.chars().all(|letter| letter.is_ascii_uppercase()));
    let comment = text.trim_start().starts_with("COMMENT ON");
    (verb && noun) || comment
}

fn uses(source: &Source, parts: &[&[&str]], why: &str) -> Vec<String> {
    let paths = named(&source.code()).into_iter().filter(|path| parts.iter().any(|part| path.has(part)));
    paths.map(|path| source.fault(path.line, format!("`{}`: {why}", path.text()))).collect()
}

#[test]
fn own_quotes_are_found() {
    let faults = |text| quotes(&Source::example("codegen/src/kinds/x.rs", text)).len();
    assert_eq!(faults(r#"fn f(name: &str) -> String { name.replace('"', "\"\"") }"#), 1);
    assert_eq!(faults(r#"fn f(text: &str) -> String { format!("'{text}'") }"#), 1);
    assert_eq!(faults(r#"fn f(text: &str) -> String { format!("DEFAULT {}", literal(text)) }"#), 0);
}

#[test]
fn statements_outside_of_kinds_are_found() {
    let faults = |text| ddl(&Source::example("codegen/src/plan/x.rs", text)).len();
    assert_eq!(faults(r#"fn f() { format!("ALTER TABLE {table} ADD x") }"#), 1);
    assert_eq!(faults(r#"const A: &str = "COMMENT ON TABLE a IS NULL";"#), 1);
    assert_eq!(faults("/// \"DROP TABLE a\"\nconst A: &str = \"drop it, or create it anew\";"), 0);
}

#[test]
fn a_stray_write_and_a_stray_connection_are_found() {
    let faults = |text, parts| uses(&Source::example("codegen/src/emit/x.rs", text), parts, "no").len();
    assert_eq!(faults("use std::{fs::{self, create_dir}}; fn f() { fs::write(a, b) }", WRITES), 2);
    assert_eq!(faults("fn f() { std::fs::read(a) }", WRITES), 0);
    assert_eq!(faults("use postgres::Client;", &[&["postgres"]]), 1);
}
