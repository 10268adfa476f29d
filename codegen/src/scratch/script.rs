//! SQL text as people keep it in files: for psql, with its backslash commands and the data of a dump.

use std::collections::BTreeSet;

use postgres::error::SqlState;
use postgres::{Client, Error};
use squawk_lexer::{TokenKind, tokenize};

use super::{Database, ScratchError, Server};
use crate::sql;

/// Makes a database and runs these texts in it, one after the other.
///
/// Each is one transaction where it can be. A role that is missing is made: roles belong to the server, so that a
/// schema's text can speak of roles that it does not make. Rows of `COPY ... FROM stdin` are left out: a schema has none.
///
/// # Errors
/// What the server refuses, with the name of the text and the line.
pub fn load(server: &Server, texts: &[(String, String)]) -> Result<Database, ScratchError> {
    let mut made = BTreeSet::new();
    loop {
        let database = server.database()?;
        match run_all(&mut database.connect()?, texts) {
            Ok(()) => return Ok(database),
            Err(Refusal { role: Some(role), .. }) if made.insert(role.clone()) => {
                let mut client = database.connect()?;
                client
                    .batch_execute(&format!("CREATE ROLE {}", sql::ident(&role)))
                    .map_err(|source| ScratchError::Database { action: format!("make the role {role}"), source })?;
            }
            Err(refusal) => return Err(refusal.error),
        }
    }
}

/// Runs a text in a database: as one transaction if PostgreSQL lets it, else statement by statement.
///
/// # Errors
/// What the server refuses, with the name of the text and the line.
pub fn run(client: &mut Client, name: &str, text: &str) -> Result<(), ScratchError> {
    carry_out(client, text).map_err(|(source, line)| ScratchError::Script { name: name.to_owned(), line, source })
}

struct Refusal {
    error: ScratchError,
    /// The role that was missing, if that was it.
    role: Option<String>,
}

fn run_all(client: &mut Client, texts: &[(String, String)]) -> Result<(), Refusal> {
    let foreign = |source| Refusal {
        error: ScratchError::Database { action: "prepare a session".to_owned(), source },
        role: None,
    };
    // A dump runs with bodies unchecked too, since what they name may come later.
    client.batch_execute("SET check_function_bodies = off; SET client_min_messages = error").map_err(foreign)?;
    for (name, text) in texts {
        carry_out(client, text).map_err(|(source, line)| Refusal {
            role: missing_role(&source),
            error: ScratchError::Script { name: name.clone(), line, source },
        })?;
    }
    Ok(())
}

fn carry_out(client: &mut Client, text: &str) -> Result<(), (Error, usize)> {
    let statements = statements(text);
    let begins = |piece: &Piece| ["BEGIN", "COMMIT"].iter().any(|word| piece.sql.eq_ignore_ascii_case(word));
    if statements.iter().any(begins) {
        return one_by_one(client, &statements);
    }
    let whole: String = statements.iter().map(|it| format!("{};\n", it.sql)).collect();
    let Err(error) = client.batch_execute(&whole) else { return Ok(()) };
    let apart = [SqlState::ACTIVE_SQL_TRANSACTION, SqlState::UNSAFE_NEW_ENUM_VALUE_USAGE];
    if !error.code().is_some_and(|code| apart.contains(code)) {
        let at = position(&error).map_or(1, |at| line_of(&statements, at));
        return Err((error, at));
    }
    one_by_one(client, &statements)
}

fn one_by_one(client: &mut Client, statements: &[Piece]) -> Result<(), (Error, usize)> {
    statements.iter().try_for_each(|it| client.batch_execute(it.sql).map_err(|error| (error, it.line)))
}

/// Where in the text that was sent the server points, in characters from 0.
fn position(error: &Error) -> Option<usize> {
    match error.as_db_error()?.position()? {
        postgres::error::ErrorPosition::Original(at) => Some(*at as usize - 1),
        postgres::error::ErrorPosition::Internal { .. } => None,
    }
}

fn line_of(statements: &[Piece], at: usize) -> usize {
    let mut start = 0;
    for piece in statements {
        let length = piece.sql.chars().count() + 2;
        if at < start + length {
            return piece.line + piece.sql.chars().take(at - start).filter(|c| *c == '\n').count();
        }
        start += length;
    }
    1
}

/// The role that a refusal says is missing.
pub fn missing_role(error: &Error) -> Option<String> {
    // SET ROLE has a word of its own for what is not there.
    let words = [SqlState::UNDEFINED_OBJECT, SqlState::INVALID_PARAMETER_VALUE];
    let answer = error.as_db_error().filter(|answer| words.contains(answer.code()))?;
    let rest = answer.message().split_once('"')?;
    let role = rest.1.rsplit_once('"')?.0;
    (rest.0.contains("role") || answer.message().starts_with("role")).then(|| role.to_owned())
}

/// One statement of a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The statement, without its semicolon.
    pub sql: &'a str,
    /// The line that it begins on, from 1.
    pub line: usize,
}

/// The statements of a text, without psql's backslash commands and without the rows of `COPY ... FROM stdin`.
pub fn statements(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut at, mut line) = (Vec::new(), 0, 1);
    while at < text.len() {
        let end = statement_end(text, at);
        let sql = text[at..end.at].trim();
        if !end.is_blank {
            let lead = text[at..end.at].len() - text[at..end.at].trim_start().len();
            pieces.push(Piece { sql, line: line + newlines(&text[at..at + lead]) });
        }
        line += newlines(&text[at..end.next]);
        at = end.next;
    }
    pieces
}

fn newlines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

/// Where a statement ends and where the next begins.
struct End {
    at: usize,
    next: usize,
    /// There is nothing between but space and comments.
    is_blank: bool,
}

/// Follows the tokens from `start`. A semicolon between parentheses (CREATE RULE) or in a body of SQL (`BEGIN ATOMIC`)
/// ends nothing.
fn statement_end(text: &str, start: usize) -> End {
    let (mut at, mut depth, mut words) = (start, 0_i32, Words::default());
    let mut is_blank = true;
    for token in tokenize(&text[start..]) {
        let (begin, end) = (at, at + token.len as usize);
        at = end;
        match token.kind {
            TokenKind::Eof => break,
            TokenKind::Whitespace | TokenKind::LineComment | TokenKind::BlockComment { .. } => continue,
            TokenKind::Unknown if is_blank && text[begin..end].starts_with('\\') => {
                let next = text[begin..].find('\n').map_or(text.len(), |length| begin + length + 1);
                return End { at: begin, next, is_blank: true };
            }
            TokenKind::Semi if depth <= 0 && words.open == 0 => {
                let next = if words.copies_in() { after_rows(text, end) } else { end };
                return End {
                    at: if words.copies_in() { start } else { begin },
                    next,
                    is_blank: is_blank || words.copies_in(),
                };
            }
            TokenKind::OpenParen => depth += 1,
            TokenKind::CloseParen => depth -= 1,
            TokenKind::Ident => words.follow(&text[begin..end]),
            _ => {}
        }
        is_blank = false;
    }
    End { at: text.len(), next: text.len(), is_blank }
}

/// The words of a statement that decide where it ends.
#[derive(Default)]
struct Words {
    count: usize,
    copy: bool,
    from_stdin: bool,
    last: String,
    /// How many blocks of a body of SQL are open.
    open: usize,
}

impl Words {
    fn follow(&mut self, word: &str) {
        let word = word.to_ascii_uppercase();
        self.copy |= self.count == 0 && word == "COPY";
        self.count += 1;
        match word.as_str() {
            "ATOMIC" if self.last == "BEGIN" => self.open = 1,
            "CASE" | "BEGIN" if self.open > 0 => self.open += 1,
            "END" if self.open > 0 => self.open -= 1,
            _ => {}
        }
        self.from_stdin |= self.last == "FROM" && word == "STDIN";
        self.last = word;
    }

    fn copies_in(&self) -> bool {
        self.copy && self.from_stdin
    }
}

/// Behind the rows that follow a COPY: they end with a line of `\.`
fn after_rows(text: &str, from: usize) -> usize {
    let end = text[from..].find("\n\\.").map_or(text.len(), |at| from + at + 3);
    text[end..].find('\n').map_or(text.len(), |at| end + at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<(usize, &str)> {
        statements(text).into_iter().map(|piece| (piece.line, piece.sql)).collect()
    }

    #[test]
    fn a_semicolon_ends_a_statement_only_outside_of_strings_bodies_and_parentheses() {
        let text = "select ';';\n\ncreate function f() returns int language sql begin atomic select case when true then 1 end; end;\nselect $x$ ; $x$; -- ;\ncreate rule r as on insert to t do also (select 1; select 2)";
        let found = cut(text);
        assert_eq!(found.len(), 4, "{found:#?}");
        assert_eq!(found[0], (1, "select ';'"));
        assert_eq!(found[1].0, 3);
        assert!(found[1].1.ends_with("end; end"), "{}", found[1].1);
    }

    #[test]
    fn commands_of_psql_and_rows_are_left_out() {
        let text = "\\restrict abc'\nselect 1;\nCOPY public.t (a, b) FROM stdin WITH (FORMAT text);\n1\tit's;\n\\.\n\nselect 2;\n\\unrestrict abc'\n";
        assert_eq!(cut(text), [(2, "select 1"), (7, "select 2")]);
    }
}
