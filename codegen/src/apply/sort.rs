//! What a statement is, as far as it matters to a run that may be interrupted in it.
//!
//! Source: PostgreSQL documentation, the reference pages of the commands ("cannot be executed inside a transaction block").

use crate::script;

/// What a statement is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sort {
    /// It can share a transaction, also with the note that it is done.
    Ordinary,
    /// `SET` or `RESET` for the session: a run that goes on later has to say it again. With the name of the setting.
    Session(String),
    /// `CREATE INDEX CONCURRENTLY`: the index as it is written, and its table.
    CreateIndex {
        /// The name; none if PostgreSQL chooses it.
        index: Option<String>,
        /// The table, with its schema if that is written.
        table: String,
    },
    /// `DROP INDEX CONCURRENTLY`: the index, with its schema if that is written.
    DropIndex(String),
    /// `REINDEX ... CONCURRENTLY` of an index or a table.
    Reindex {
        /// Whether it is an index.
        is_index: bool,
        /// Its name, with its schema if that is written.
        name: String,
    },
    /// `ALTER TABLE ... DETACH PARTITION ... CONCURRENTLY`
    Detach {
        /// The partitioned table.
        parent: String,
        /// The partition.
        partition: String,
    },
    /// It commits by itself and can be run again: batches in a DO block, VACUUM, ANALYZE, CHECKPOINT.
    Repeatable,
    /// `DISCARD`: the session loses its locks.
    Discard,
    /// A procedure is called, which may commit by itself.
    Call,
    /// It begins, ends or rolls back a transaction.
    Control(Control),
}

/// What a statement does to the transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// `BEGIN`, `START TRANSACTION`
    Begin,
    /// `COMMIT`, `END`
    Commit,
    /// Everything else that ends one.
    Other,
}

impl Sort {
    /// What a statement is.
    pub fn of(sql: &str) -> Self {
        let tokens = script::tokens(sql);
        let words: Vec<String> = tokens.iter().take(40).map(|token| token.to_ascii_uppercase()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words[..] {
            ["BEGIN", ..] | ["START", "TRANSACTION", ..] => Self::Control(Control::Begin),
            ["COMMIT" | "END"] | ["COMMIT" | "END", "WORK" | "TRANSACTION"] => Self::Control(Control::Commit),
            ["COMMIT" | "END" | "ABORT" | "PREPARE", ..] if words.get(1) != Some(&"AS") && !is_prepare(&words) => {
                Self::Control(Control::Other)
            }
            ["ROLLBACK", "TO", ..] => Self::Ordinary,
            ["ROLLBACK", ..] => Self::Control(Control::Other),
            ["SET", "LOCAL" | "CONSTRAINTS" | "TRANSACTION", ..] => Self::Ordinary,
            ["SET", "SESSION", name, ..] if name != "AUTHORIZATION" => Self::Session(name.to_lowercase()),
            ["SET" | "RESET", name, ..] => Self::Session(name.to_lowercase()),
            ["VACUUM" | "ANALYZE" | "ANALYSE" | "CHECKPOINT", ..] => Self::Repeatable,
            ["DO", ..] if commits(&tokens) => Self::Repeatable,
            ["CALL", ..] => Self::Call,
            ["DISCARD", ..] => Self::Discard,
            _ => concurrent(&tokens, &words),
        }
    }

    /// Whether a transaction block can't hold it.
    pub fn is_alone(&self) -> bool {
        !matches!(self, Self::Ordinary | Self::Session(_) | Self::Call | Self::Control(_))
    }

    /// Whether it waits for others without making readers or writers wait, so that it may take its time. A partition
    /// that is detached is locked altogether in the end, so that this one may not.
    pub fn waits_in_peace(&self) -> bool {
        matches!(self, Self::CreateIndex { .. } | Self::DropIndex(_) | Self::Reindex { .. })
    }
}

/// `PREPARE name AS ...` prepares a statement, `PREPARE TRANSACTION` ends a transaction.
fn is_prepare(words: &[&str]) -> bool {
    words[0] == "PREPARE" && words.get(1) != Some(&"TRANSACTION")
}

/// Whether the body of a DO block ends transactions.
fn commits(tokens: &[&str]) -> bool {
    let bodies = tokens.iter().filter(|token| token.starts_with(['$', '\'', 'E', 'e']) && token.len() > 2);
    bodies
        .flat_map(|body| script::tokens(inside(body)))
        .any(|word| word.eq_ignore_ascii_case("commit") || word.eq_ignore_ascii_case("rollback"))
}

/// A literal without its quotes.
fn inside(literal: &str) -> &str {
    if let Some(rest) = literal.strip_prefix('$') {
        let mark = rest.find('$').map_or(0, |at| at + 2);
        return literal.get(mark..literal.len().saturating_sub(mark)).unwrap_or_default();
    }
    let start = literal.find('\'').map_or(0, |at| at + 1);
    literal.get(start..literal.len().saturating_sub(1)).unwrap_or_default()
}

/// What is done CONCURRENTLY.
fn concurrent(tokens: &[&str], words: &[&str]) -> Sort {
    let Some(at) = words.iter().position(|word| *word == "CONCURRENTLY") else { return Sort::Ordinary };
    match words[..at] {
        ["CREATE", "INDEX"] | ["CREATE", "UNIQUE", "INDEX"] => create_index(&tokens[at + 1..]),
        ["DROP", "INDEX"] => drop_index(&tokens[at + 1..]),
        ["REINDEX", .., what @ ("INDEX" | "TABLE")] => {
            Sort::Reindex { is_index: what == "INDEX", name: name(&tokens[at + 1..]).0 }
        }
        ["REINDEX", ..] => Sort::Repeatable,
        ["ALTER", "TABLE", ..] => detach(tokens, words),
        // REFRESH MATERIALIZED VIEW CONCURRENTLY can share a transaction.
        _ => Sort::Ordinary,
    }
}

fn create_index(rest: &[&str]) -> Sort {
    let rest = after(rest, &["IF", "NOT", "EXISTS"]);
    let (index, rest) = match rest.first() {
        Some(word) if word.eq_ignore_ascii_case("ON") => (None, rest),
        _ => (rest.first().map(|it| (*it).to_owned()), rest.get(1..).unwrap_or_default()),
    };
    let rest = after(after(rest, &["ON"]), &["ONLY"]);
    Sort::CreateIndex { index, table: name(rest).0 }
}

fn drop_index(rest: &[&str]) -> Sort {
    Sort::DropIndex(name(after(rest, &["IF", "EXISTS"])).0)
}

fn detach(tokens: &[&str], words: &[&str]) -> Sort {
    let Some(at) = words.windows(2).position(|it| it == ["DETACH", "PARTITION"]) else { return Sort::Ordinary };
    let parent = name(after(after(&tokens[2..], &["IF", "EXISTS"]), &["ONLY"])).0;
    Sort::Detach { parent, partition: name(&tokens[at + 2..]).0 }
}

/// What follows these words, if they are there.
fn after<'a, 'b>(tokens: &'a [&'b str], words: &[&str]) -> &'a [&'b str] {
    let starts = tokens.len() >= words.len() && tokens.iter().zip(words).all(|(a, b)| a.eq_ignore_ascii_case(b));
    if starts { &tokens[words.len()..] } else { tokens }
}

/// A name of one or more parts as it is written, and what follows it.
fn name<'a, 'b>(tokens: &'a [&'b str]) -> (String, &'a [&'b str]) {
    let mut end = tokens.len().min(1);
    while tokens.get(end) == Some(&".") && end + 1 < tokens.len() {
        end += 2;
    }
    (tokens[..end].concat(), &tokens[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> String {
        text.to_owned()
    }

    #[test]
    fn statements_that_stand_alone_are_known_with_the_names_in_them() {
        let cases = [
            (
                "create unique /* x */ index concurrently if not exists \"By Day\" on only a.\"T\" (day)",
                Sort::CreateIndex { index: Some(text("\"By Day\"")), table: text("a.\"T\"") },
            ),
            ("CREATE INDEX CONCURRENTLY ON t (a)", Sort::CreateIndex { index: None, table: text("t") }),
            ("DROP INDEX CONCURRENTLY IF EXISTS s.i CASCADE", Sort::DropIndex(text("s.i"))),
            ("REINDEX (VERBOSE) TABLE CONCURRENTLY t", Sort::Reindex { is_index: false, name: text("t") }),
            (
                "ALTER TABLE a.p DETACH PARTITION a.q CONCURRENTLY",
                Sort::Detach { parent: text("a.p"), partition: text("a.q") },
            ),
            ("DO $x$ BEGIN UPDATE t SET a = 1; commit; END $x$", Sort::Repeatable),
            ("DO LANGUAGE plpgsql 'BEGIN COMMIT; END'", Sort::Repeatable),
            ("VACUUM t", Sort::Repeatable),
        ];
        for (sql, expected) in cases {
            assert_eq!(Sort::of(sql), expected, "{sql}");
            assert!(Sort::of(sql).is_alone(), "{sql}");
        }
    }

    #[test]
    fn what_can_share_a_transaction_is_told_from_what_makes_and_ends_one() {
        for sql in [
            "DO $$ BEGIN RAISE NOTICE 'no commit'; END $$",
            "ALTER TYPE mood ADD VALUE 'commit'",
            "SET LOCAL lock_timeout = 1",
            "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
            "COMMENT ON TABLE concurrently IS 'a'",
            "ROLLBACK TO SAVEPOINT a",
            "PREPARE a AS SELECT 1",
        ] {
            assert_eq!(Sort::of(sql), Sort::Ordinary, "{sql}");
        }
        assert_eq!(Sort::of("begin isolation level serializable"), Sort::Control(Control::Begin));
        assert_eq!(Sort::of("END"), Sort::Control(Control::Commit));
        assert_eq!(Sort::of("PREPARE TRANSACTION 'x'"), Sort::Control(Control::Other));
        assert_eq!(Sort::of("SET SESSION Lock_Timeout = 1"), Sort::Session(text("lock_timeout")));
        assert_eq!(Sort::of("CALL fill()"), Sort::Call);
    }
}
