//! SQL text as people keep it in files: for psql, with its backslash commands and the data of a dump.

use std::collections::BTreeSet;

use postgres::error::SqlState;
use postgres::{Client, Error};

use super::{Database, ScratchError, Server};
use crate::{script, sql};

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
    let apart = [
        SqlState::ACTIVE_SQL_TRANSACTION,
        SqlState::UNSAFE_NEW_ENUM_VALUE_USAGE,
        SqlState::INVALID_TRANSACTION_TERMINATION,
    ];
    let is_apart = error.code().is_some_and(|code| apart.contains(code));
    match position(&error).map(|at| line_of(&statements, at)) {
        Some(line) if !is_apart => Err((error, line)),
        None if missing_role(&error).is_some() => Err((error, 1)),
        // Nothing is left of it, so it can be run again.
        _ if is_apart => one_by_one(client, &statements),
        _ => refused_one(client, &statements),
    }
}

/// Runs the statements in one transaction, to see which of them is refused.
fn refused_one(client: &mut Client, statements: &[Piece]) -> Result<(), (Error, usize)> {
    let mut transaction = client.transaction().map_err(|error| (error, 1))?;
    statements.iter().try_for_each(|it| transaction.batch_execute(it.sql).map_err(|error| (error, it.line)))?;
    transaction.commit().map_err(|error| (error, statements.last().map_or(1, |it| it.line)))
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

/// Makes a role that is missing: roles belong to the server, and a throw-away one has none.
///
/// # Errors
/// When the server refuses.
pub fn make_role(client: &mut Client, role: &str) -> Result<(), Error> {
    client.batch_execute(&format!("CREATE ROLE {}", sql::ident(role)))
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
struct Piece<'a> {
    /// The statement, without its semicolon.
    sql: &'a str,
    /// The line that it begins on, from 1.
    line: usize,
}

/// The statements of a text, without what is for psql alone.
fn statements(text: &str) -> Vec<Piece<'_>> {
    let (mut pieces, mut at, mut line) = (Vec::new(), 0, 1);
    for piece in script::pieces(text) {
        if let script::Piece::Statement(range) = piece {
            line += text[at..range.start].matches('\n').count();
            at = range.start;
            pieces.push(Piece { sql: &text[range], line });
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_knows_its_line() {
        let text = "\\restrict abc'\nselect 1;\nCOPY t (a) FROM stdin;\n1\tit's;\n\\.\n\n-- two\nselect\n2;select 3";
        let found: Vec<(usize, &str)> = statements(text).into_iter().map(|it| (it.line, it.sql)).collect();
        assert_eq!(found, [(2, "select 1"), (8, "select\n2"), (9, "select 3")]);
    }
}
