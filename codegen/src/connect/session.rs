//! A session in which the catalog prints the same for every user and on every server.

use postgres::Client;

use super::error::SessionError;
use super::refusal::reason;

/// What users, databases and `PGOPTIONS` may have set otherwise, and what a reader wants.
///
/// The search path comes first, so that every name after it means PostgreSQL's own, whatever else has that name.
/// The limits keep somebody's default from ending a long reading, and a lock that is never given from holding us for
/// ever. The others decide how values, names and definitions are printed. The last line sets what older majors lack.
const SETTINGS: &str = "
    SET search_path = '';
    SET default_transaction_read_only = on;
    SET statement_timeout = 0;
    SET idle_in_transaction_session_timeout = 0;
    SET lock_timeout = '30s';
    SET client_encoding = 'UTF8';
    SET standard_conforming_strings = on;
    SET quote_all_identifiers = off;
    SET DateStyle = 'ISO, YMD';
    SET IntervalStyle = 'postgres';
    SET TimeZone = 'UTC';
    SET extra_float_digits = 3;
    SET bytea_output = 'hex';
    SET lc_monetary = 'C';
    SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN ('transaction_timeout', 'idle_session_timeout');
";

/// Makes a session for reading: nothing can be written in it, and nothing that a user has set changes what is read.
///
/// Works on a standby too.
///
/// # Errors
/// When the server refuses or is gone.
pub fn prepare_to_read(client: &mut Client) -> Result<(), SessionError> {
    client.batch_execute(SETTINGS).map_err(|error| SessionError { reason: reason(&error) })
}
