//! What each statement of both ways really takes, on a database with rows.

use postgres::Client;
use postgres::error::SqlState;

use super::Way;
use super::ground::Ground;
use crate::emit::proof::{StatementMeasured, Taken};
use crate::prove::{Measured, ProofError, Stage, Timed, measured, timed};
use crate::scratch::Server;
use crate::script;

/// Runs both ways statement by statement, each in a transaction of its own, and says what each took, and how long.
/// It ends where a statement is refused.
///
/// # Errors
/// When the server is gone.
pub fn measure(
    server: &Server,
    ground: &Ground,
    way: &Way,
) -> Result<(Vec<StatementMeasured>, Vec<Timed>), ProofError> {
    let database = ground.copy(server)?;
    let mut client = database.connect()?;
    let (mut all, mut times) = (Vec::new(), Vec::new());
    for (name, texts) in [("up", &way.up), ("down", &way.down)] {
        for sql in texts.iter().flat_map(|text| script::statements(text)).filter(|sql| !is_of_the_session(sql)) {
            let (took, time) = timed(|| measure_one(&mut client, sql));
            let Some(took) = took? else { return Ok((all, times)) };
            let sql = sql.split_whitespace().collect::<Vec<_>>().join(" ");
            times.push(Timed { way: name.to_owned(), sql: sql.clone(), took: time });
            all.push(StatementMeasured { way: name.to_owned(), sql, servers: vec![server.version()], took });
        }
    }
    Ok((all, times))
}

/// None, if the server refuses it.
fn measure_one(client: &mut Client, sql: &str) -> Result<Option<Vec<Taken>>, ProofError> {
    let gone = |error: &postgres::Error| ProofError::Refused { stage: Stage::Up, reason: error.to_string() };
    let mut transaction = client.transaction().map_err(|error| gone(&error))?;
    match measured(&mut transaction, sql) {
        Ok(took) => {
            // What a constraint puts off until the end can still refuse.
            let is_done = transaction.commit().is_ok();
            Ok(is_done.then(|| took.into_iter().map(taken).collect()))
        }
        Err(error) if error.code() == Some(&SqlState::ACTIVE_SQL_TRANSACTION) => {
            drop(transaction);
            Ok(client.batch_execute(sql).ok().map(|()| Vec::new()))
        }
        Err(error) if error.is_closed() => Err(gone(&error)),
        Err(_) => Ok(None),
    }
}

/// Settings, and the borders of transactions: they take nothing.
fn is_of_the_session(sql: &str) -> bool {
    let word = sql.split_whitespace().next().unwrap_or_default().to_ascii_uppercase();
    ["BEGIN", "COMMIT", "SET", "RESET"].contains(&word.as_str())
}

fn taken(measured: Measured) -> Taken {
    Taken {
        relation: measured.relation.dotted(),
        lock: measured.mode.name().to_owned(),
        blocks: measured.mode.blocks().to_owned(),
        scanned: measured.scan,
        rewritten: measured.rewrite,
    }
}
