//! How we speak with the server while rows are made.

use postgres::{Client, Transaction};

use super::super::{ProofError, Stage};

/// What texts of values look like, whatever the database is set to; and each constraint is checked at once.
const SETTINGS: &str = "SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO'; SET LOCAL intervalstyle = 'postgres'; \
     SET LOCAL bytea_output = 'hex'; SET LOCAL check_function_bodies = off; SET CONSTRAINTS ALL IMMEDIATE";

/// Functions that live as long as the session: an attempt that fails must not end the transaction.
const FUNCTIONS: &str = "
    CREATE OR REPLACE FUNCTION pg_temp.tablewright_value(ty text, value text) RETURNS text LANGUAGE plpgsql AS $$
    DECLARE result text;
    BEGIN
      EXECUTE 'SELECT ($1::' || ty || ')::text' INTO result USING value;
      RETURN result;
    EXCEPTION WHEN OTHERS OR ASSERT_FAILURE THEN RETURN NULL;
    END $$;
    CREATE OR REPLACE FUNCTION pg_temp.tablewright_try(texts text[]) RETURNS text[] LANGUAGE plpgsql AS $$
    DECLARE one text; rows bigint; said text; outcome text[] := '{}';
    BEGIN
      FOREACH one IN ARRAY texts LOOP
        BEGIN
          EXECUTE one;
          GET DIAGNOSTICS rows = ROW_COUNT;
          said := rows;
        EXCEPTION WHEN OTHERS OR ASSERT_FAILURE THEN
          GET STACKED DIAGNOSTICS said = MESSAGE_TEXT;
          said := '!' || said;
        END;
        outcome := outcome || said;
      END LOOP;
      RETURN outcome;
    END $$;
    CREATE OR REPLACE FUNCTION pg_temp.tablewright_each(query text, texts text[]) RETURNS TABLE (number bigint, bits text)
    LANGUAGE plpgsql AS $$
    BEGIN
      FOR at IN 1..cardinality(texts) LOOP
        BEGIN
          FOR bits IN EXECUTE 'SELECT bits FROM (' || query || ') AS tried(number, bits)' USING texts[at:at] LOOP
            number := at;
            RETURN NEXT;
          END LOOP;
        EXCEPTION WHEN OTHERS OR ASSERT_FAILURE THEN NULL;
        END;
      END LOOP;
    END $$";

const GONE: &str = "
    DROP FUNCTION IF EXISTS pg_temp.tablewright_value(text, text);
    DROP FUNCTION IF EXISTS pg_temp.tablewright_try(text[]);
    DROP FUNCTION IF EXISTS pg_temp.tablewright_each(text, text[])";

/// Runs `work` with our functions at hand, which are gone afterwards.
pub(super) fn with_functions<T>(
    client: &mut Client,
    work: impl FnOnce(&mut Client) -> Result<T, ProofError>,
) -> Result<T, ProofError> {
    unwatched(client, FUNCTIONS)?;
    let done = work(client);
    let gone = unwatched(client, GONE);
    done.and_then(|done| gone.map(|()| done))
}

/// Event triggers of the database are not meant for our functions (documentation, ALTER EVENT TRIGGER).
fn unwatched(client: &mut Client, sql: &str) -> Result<(), ProofError> {
    let mut transaction = client.transaction().map_err(refused)?;
    transaction.batch_execute("SET LOCAL session_replication_role = replica").map_err(refused)?;
    transaction.batch_execute(sql).map_err(refused)?;
    transaction.commit().map_err(refused)
}

/// A transaction with our settings.
pub(super) fn transaction(client: &mut Client) -> Result<Transaction<'_>, ProofError> {
    let mut transaction = client.transaction().map_err(refused)?;
    transaction.batch_execute(SETTINGS).map_err(refused)?;
    Ok(transaction)
}

/// What happened to a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It went through and touched so many rows.
    Rows(usize),
    /// The server's message.
    Refused(String),
}

/// Tries statements one after the other; what is refused leaves no trace.
pub(super) fn attempt(transaction: &mut Transaction, texts: &[String]) -> Result<Vec<Outcome>, ProofError> {
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    let row = transaction.query_one("SELECT pg_temp.tablewright_try($1)", &[&texts]).map_err(refused)?;
    let said: Vec<String> = row.get(0);
    let outcome = |said: String| match said.strip_prefix('!') {
        Some(message) => Outcome::Refused(message.to_owned()),
        None => Outcome::Rows(said.parse().unwrap_or_default()),
    };
    Ok(said.into_iter().map(outcome).collect())
}

/// What should not have been refused.
pub(super) fn refused(error: postgres::Error) -> ProofError {
    let reason = error.as_db_error().map_or_else(|| error.to_string(), |answer| answer.message().to_owned());
    ProofError::Refused { stage: Stage::Seed, reason }
}
