//! The parts that a migration's file is run in.
//!
//! A file is one transaction, unless it says `BEGIN` and `COMMIT` itself or holds a statement that no transaction block
//! can hold: then it is several parts, each of which happens as a whole or not at all, or is looked for afterwards.

use super::sort::{Control, Sort};
use crate::read::history::text_hash;
use crate::script::{self, Piece};

/// One statement of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its text, without the semicolon.
    pub sql: String,
    /// The file that it stands in.
    pub path: String,
    /// The line that it begins on, from 1.
    pub line: usize,
    /// What it is.
    pub sort: Sort,
}

/// What happens at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// One transaction.
    Together {
        /// How it begins: `BEGIN`, perhaps with an isolation level.
        begin: String,
        /// What it holds.
        statements: Vec<Statement>,
    },
    /// A statement without a transaction block.
    Alone(Statement),
    /// A setting of the session, which is no step by itself.
    Session(Statement),
}

impl Part {
    /// Its statements.
    pub fn statements(&self) -> &[Statement] {
        match self {
            Part::Together { statements, .. } => statements,
            Part::Alone(statement) | Part::Session(statement) => std::slice::from_ref(statement),
        }
    }

    /// Whether it changes something that stays.
    pub fn is_step(&self) -> bool {
        !matches!(self, Part::Session(_))
    }

    /// The hash of its text, by which a run that goes on knows it again.
    pub fn hash(&self) -> String {
        let texts: Vec<&str> = self.statements().iter().map(|it| it.sql.as_str()).collect();
        text_hash("part.sql", &texts.join(";\n"))
    }
}

/// The parts of a text, in order; `name` is said in faults.
///
/// # Errors
/// All places that can't be run as a part of a migration.
pub fn parts(name: &str, text: &str) -> Result<Vec<Part>, Vec<String>> {
    let mut faults = Vec::new();
    let statements = statements(name, text, &mut faults);
    let is_cut = |it: &Statement| matches!(it.sort, Sort::Control(_)) || it.sort.is_alone();
    // A statement that is the whole text may be one that the server alone knows to refuse in a transaction.
    let is_whole = statements.len() == 1;
    let mut cutter = Cutter { is_one: !is_whole && !statements.iter().any(is_cut), ..Cutter::default() };
    for statement in statements {
        cutter.take(name, statement, &mut faults);
    }
    if cutter.open.is_some() {
        faults.push(format!("{name}: the last BEGIN has no COMMIT; write one at the end"));
    }
    if faults.is_empty() { Ok(cutter.parts) } else { Err(faults) }
}

fn statements(name: &str, text: &str, faults: &mut Vec<String>) -> Vec<Statement> {
    let mut statements = Vec::new();
    for piece in script::pieces(text) {
        match piece {
            Piece::Comment(_) => {}
            Piece::Statement(range) => {
                let (line, sql) = (script::place(text, range.start).0, text[range].to_owned());
                statements.push(Statement { sort: Sort::of(&sql), sql, path: name.to_owned(), line });
            }
            Piece::Skipped(range) => {
                let line = script::place(text, range.start).0;
                faults.push(format!("{name}:{line}: this is for psql alone; write it as SQL, rows as INSERT"));
            }
        }
    }
    statements
}

#[derive(Default)]
struct Cutter {
    /// Whether the whole text is one transaction.
    is_one: bool,
    /// How the transaction began that is open by the text's own BEGIN.
    open: Option<String>,
    parts: Vec<Part>,
}

impl Cutter {
    fn take(&mut self, name: &str, statement: Statement, faults: &mut Vec<String>) {
        let place = format!("{name}:{}", statement.line);
        match (&statement.sort, &self.open) {
            (Sort::Control(Control::Begin), None) => {
                self.parts.push(Part::Together { begin: statement.sql.clone(), statements: Vec::new() });
                self.open = Some(statement.sql);
            }
            (Sort::Control(Control::Begin), Some(_)) => faults.push(format!("{place}: a transaction is open already")),
            (Sort::Control(Control::Commit), Some(_)) => self.open = None,
            (Sort::Control(Control::Commit), None) => faults.push(format!("{place}: no transaction is open")),
            (Sort::Control(Control::Other), _) => {
                faults.push(format!("{place}: a migration can't end a transaction this way; write BEGIN and COMMIT"));
            }
            (sort, Some(_)) if sort.is_alone() => {
                faults.push(format!("{place}: this can't run between BEGIN and COMMIT; write COMMIT before it"));
            }
            (_, Some(_)) => self.share(statement),
            (Sort::Discard, _) => {
                faults.push(format!("{place}: this takes the lock of the run away; write RESET ALL instead"));
            }
            (Sort::CreateIndex { index: None, .. }, None) => {
                faults.push(format!(
                    "{place}: name the index, so that a run that was cut off can be followed by another"
                ));
            }
            (Sort::Session(_), None) if !self.is_one => self.parts.push(Part::Session(statement)),
            (_, None) if self.is_one => self.share(statement),
            _ => self.parts.push(Part::Alone(statement)),
        }
    }

    /// Puts a statement into the transaction that is open.
    fn share(&mut self, statement: Statement) {
        match self.parts.last_mut() {
            Some(Part::Together { statements, .. }) => statements.push(statement),
            _ => self.parts.push(Part::Together { begin: "BEGIN".to_owned(), statements: vec![statement] }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(text: &str) -> Vec<String> {
        let one = |part: &Part| {
            let texts: Vec<&str> = part.statements().iter().map(|it| it.sql.as_str()).collect();
            match part {
                Part::Together { .. } => format!("({})", texts.join("; ")),
                Part::Alone(_) => texts.concat(),
                Part::Session(_) => format!("[{}]", texts.concat()),
            }
        };
        parts("a.sql", text).unwrap().iter().map(one).collect()
    }

    #[test]
    fn a_text_without_a_seam_is_one_transaction() {
        assert_eq!(shape("SET a = 1; b; -- c\nDO $$ d; $$; RESET a;"), ["(SET a = 1; b; DO $$ d; $$; RESET a)"]);
        assert!(shape("-- nothing").is_empty());
    }

    #[test]
    fn a_text_with_seams_is_cut_at_them() {
        let text =
            "SET a = 1; BEGIN; b; c; COMMIT; VACUUM; d; BEGIN ISOLATION LEVEL SERIALIZABLE; SET e = 2; END; RESET a;";
        assert_eq!(shape(text), ["[SET a = 1]", "(b; c)", "VACUUM", "d", "(SET e = 2)", "[RESET a]"]);
        assert_eq!(
            shape("a; CREATE INDEX CONCURRENTLY i ON t (a); b"),
            ["a", "CREATE INDEX CONCURRENTLY i ON t (a)", "b"]
        );
    }

    #[test]
    fn what_can_not_be_run_is_said_with_its_line() {
        let faults = parts(
            "a.sql",
            "BEGIN;\nVACUUM;\nBEGIN;\nCOMMIT;\nCOMMIT;\nROLLBACK;\n\\d\nCREATE INDEX CONCURRENTLY ON t (a);BEGIN;",
        )
        .unwrap_err();
        let lines: Vec<&str> = faults.iter().map(|it| it.split(": ").next().unwrap()).collect();
        assert_eq!(lines, ["a.sql:7", "a.sql:2", "a.sql:3", "a.sql:5", "a.sql:6", "a.sql:8", "a.sql"]);
    }
}
