//! The session that a run goes through: its settings, and the lock that keeps a second runner out.

use std::collections::BTreeSet;
use std::thread;
use std::time::{Duration, Instant};

use postgres::{Client, Error};

use super::stopped::{Broke, Stopped, unkept};
use super::teller::Tell;
use crate::connect::{self, Target};
use crate::sql::literal;

/// Whoever holds this advisory lock may migrate: the letters `tablewri` as a number. The root package's runner takes the
/// same one.
const LOCK: i64 = 0x7461_626c_6577_7269;

/// How long a statement waits for a lock, if nobody says otherwise.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// How a run behaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manner {
    /// How long a statement waits for a lock, whatever a migration's text says; zero waits for ever. Without it what the
    /// text says, else five seconds.
    pub lock_timeout: Option<Duration>,
    /// How long a statement may take, whatever a migration's text says; zero is for ever. Without it what the text says,
    /// else for ever.
    pub statement_timeout: Option<Duration>,
    /// How often a part is tried again that was refused a lock, or that PostgreSQL chose to end.
    pub retries: u32,
    /// How long is waited for another runner to end.
    pub wait: Duration,
}

impl Default for Manner {
    fn default() -> Self {
        Self { lock_timeout: None, statement_timeout: None, retries: 10, wait: Duration::ZERO }
    }
}

/// A session that holds the lock.
pub struct Session {
    /// The connection.
    pub client: Client,
    /// The server's number of the session.
    pub pid: i32,
    /// How to open a second connection, to watch the first.
    pub target: Target,
    /// Who hears how it goes.
    pub tell: Tell,
    /// How it behaves.
    pub manner: Manner,
    /// The settings that the migration's own text has made.
    own: BTreeSet<String>,
}

/// Opens a session and takes the lock.
///
/// # Errors
/// When there is no connection, the server can't be written to, or another runner is at work.
pub fn open(target: &Target, unqualified: Option<&str>, manner: &Manner, tell: &Tell) -> Result<Session, Stopped> {
    let ear = tell.clone();
    let heard = target.heard_by(move |severity, message| ear.say(&format!("         {severity}: {message}")));
    let mut client = connect::connect(&heard).map_err(|error| Stopped::Failed(error.to_string()))?;
    writable(&mut client, target)?;
    let own = BTreeSet::new();
    let pid =
        client.query_one("SELECT pg_backend_pid()", &[]).and_then(|row| row.try_get(0)).map_err(|it| unkept(&it))?;
    let (target, manner) = (target.clone(), manner.clone());
    let mut session = Session { client, pid, target, tell: tell.clone(), manner, own };
    session.set_all().map_err(|error| unkept(&error))?;
    session.lock()?;
    session.agrees_on_names(unqualified)?;
    Ok(session)
}

fn writable(client: &mut Client, target: &Target) -> Result<(), Stopped> {
    let query = "SELECT pg_is_in_recovery(), current_setting('default_transaction_read_only') = 'on'";
    let row = client.query_one(query, &[]).map_err(|error| unkept(&error))?;
    if row.get(0) {
        return Err(Stopped::refused(format!(
            "{target} is a standby, which only reads; connect to the primary (target_session_attrs=read-write finds it)"
        )));
    }
    if row.get(1) {
        return Err(Stopped::refused(format!(
            "{target}: this session only reads (default_transaction_read_only is on); connect with a role that may write"
        )));
    }
    Ok(())
}

impl Session {
    /// The settings of a run. What the text of a migration sets later holds until it resets it.
    fn set_all(&mut self) -> Result<(), Error> {
        self.client.batch_execute(
            "SET client_encoding = 'UTF8'; SET standard_conforming_strings = on;
            SET default_transaction_isolation = 'read committed';
            SET idle_in_transaction_session_timeout = 0;
            SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN ('transaction_timeout', 'idle_session_timeout');",
        )?;
        self.set_timeouts()
    }

    /// As it was at the beginning of the run: what one migration sets holds for itself alone.
    ///
    /// # Errors
    /// When the server is gone.
    pub fn afresh(&mut self) -> Result<(), Error> {
        self.own.clear();
        self.client.batch_execute("RESET SESSION AUTHORIZATION; RESET ROLE; RESET ALL")?;
        self.set_all()?;
        self.leave_word()
    }

    fn leave_word(&mut self) -> Result<(), Error> {
        let set = format!("SET tablewright.runner = {}", literal(&self.word()));
        self.client.batch_execute(&set)
    }

    /// Ours, where the migration's own text has not set others, or has nothing to say.
    pub fn set_timeouts(&mut self) -> Result<(), Error> {
        self.set_limit("lock_timeout", self.manner.lock_timeout, LOCK_TIMEOUT)?;
        self.set_limit("statement_timeout", self.manner.statement_timeout, Duration::ZERO)
    }

    /// Lets the next statement wait for locks for ever, where the migration's own text has nothing else to say.
    pub fn be_patient(&mut self) -> Result<(), Error> {
        self.set_limit("lock_timeout", self.manner.lock_timeout.map(|_| Duration::ZERO), Duration::ZERO)
    }

    /// What was asked for, once more: the text of a migration may have set something else, in whatever way.
    pub fn insist(&mut self) -> Result<(), Error> {
        match (self.manner.lock_timeout, self.manner.statement_timeout) {
            (None, None) => Ok(()),
            _ => self.set_timeouts(),
        }
    }

    fn set_limit(&mut self, name: &str, asked: Option<Duration>, otherwise: Duration) -> Result<(), Error> {
        if asked.is_none() && self.own.contains(name) {
            return Ok(());
        }
        self.client.batch_execute(&format!("SET {name} = {}", milliseconds(asked.unwrap_or(otherwise))))
    }

    /// Runs a statement of a migration that sets or resets something for the session.
    pub fn set(&mut self, name: &str, sql: &str) -> Result<(), Error> {
        self.client.batch_execute(sql)?;
        if sql.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("reset")) {
            self.own.remove(name);
            return if name == "all" { self.afresh() } else { self.set_timeouts() };
        }
        self.own.insert(name.to_owned());
        Ok(())
    }

    /// A lock of the session, since parts of a migration run outside of transactions; and a word in the session, by which
    /// each part knows that it is still the one that holds it. Asking again and again, instead of waiting in the server, keeps
    /// no snapshot, for which CREATE INDEX CONCURRENTLY of the other runner would wait in turn.
    fn lock(&mut self) -> Result<(), Stopped> {
        const PAUSE: Duration = Duration::from_millis(100);
        // The server takes a moment to see that a session has ended.
        const GRACE: Duration = Duration::from_secs(1);
        let start = Instant::now();
        let take = "SELECT coalesce(current_setting('tablewright.runner', true), ''), pg_try_advisory_lock($1)";
        loop {
            let row = self.client.query_one(take, &[&LOCK]).map_err(|error| unkept(&error))?;
            if !row.get::<_, &str>(0).is_empty() {
                return Err(Stopped::refused(POOLER));
            }
            if row.get(1) {
                return self.leave_word().map_err(|error| unkept(&error));
            }
            let holder = self.holder().map_err(|error| unkept(&error))?;
            if start.elapsed() >= self.manner.wait.max(GRACE) {
                return Err(Stopped::refused(format!(
                    "another runner is at work on {}: {holder}; wait until it has ended (--wait SECONDS does)",
                    self.target
                )));
            }
            self.tell.live(&format!("waiting  for another runner: {holder}"));
            thread::sleep(PAUSE);
        }
    }

    /// Who holds the lock, in words.
    fn holder(&mut self) -> Result<String, Error> {
        let query = "
            SELECT l.pid, a.usename::text, a.application_name, a.client_addr::text,
              date_trunc('second', now() - a.backend_start)::text, a.state, left(a.query, 60)
            FROM pg_locks AS l LEFT JOIN pg_stat_activity AS a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
              AND l.classid::bigint = $1::bigint >> 32 AND l.objid::bigint = $1::bigint & 4294967295";
        let rows = self.client.query(query, &[&LOCK])?;
        let Some(row) = rows.first() else { return Ok("one that has just ended".to_owned()) };
        let said = |at: usize| row.try_get::<_, Option<String>>(at).ok().flatten().filter(|it| !it.is_empty());
        let pid: i32 = row.try_get(0)?;
        let mut words = format!("session {pid}");
        for (before, at) in [("of", 1), ("called", 2), ("from", 3), ("there for", 4), ("now", 5), ("in", 6)] {
            words += &said(at).map(|it| format!(" {before} {}", super::teller::head(&it))).unwrap_or_default();
        }
        Ok(words)
    }

    /// Whether we still speak with the session that holds the lock. Asked in each transaction: behind a pooler that lends
    /// sessions by the transaction, it may be another.
    ///
    /// # Errors
    /// When it is another one.
    pub fn keeps_lock(&mut self) -> Result<(), Broke> {
        let query = "SELECT pg_backend_pid(), coalesce(current_setting('tablewright.runner', true), '')";
        let row = self.client.query_one(query, &[])?;
        if row.get::<_, i32>(0) == self.pid && row.get::<_, &str>(1) == self.word() {
            return Ok(());
        }
        Err(Stopped::refused(POOLER).into())
    }

    /// Does something in a transaction that begins with this statement; what fails is rolled back.
    ///
    /// # Errors
    /// What was refused, or the server at the end.
    pub fn transact(&mut self, begin: &str, act: impl FnOnce(&mut Self) -> Result<(), Broke>) -> Result<(), Broke> {
        self.client.batch_execute(begin)?;
        let acted =
            self.keeps_lock().and_then(|()| act(self)).and_then(|()| Ok(self.client.batch_execute("COMMIT")?));
        if acted.is_err() {
            // A session that is gone has rolled back by itself.
            let _ = self.client.batch_execute("ROLLBACK");
        }
        acted
    }

    /// The word that this run leaves in its session.
    fn word(&self) -> String {
        format!("{} {}", std::process::id(), self.pid)
    }

    /// Names without a schema must be found where the project means them.
    fn agrees_on_names(&mut self, unqualified: Option<&str>) -> Result<(), Stopped> {
        let Some(schema) = unqualified else { return Ok(()) };
        let row =
            self.client.query_one("SELECT coalesce(current_schema(), '')", &[]).map_err(|error| unkept(&error))?;
        let current: &str = row.get(0);
        if current == schema {
            return Ok(());
        }
        Err(Stopped::refused(format!(
            "names without a schema would be looked for in `{current}`, and the project means `{schema}`; set the role's search_path, or connect with options='-c search_path={schema}'"
        )))
    }
}

/// The lock would go with the connection, but only when the server notices that it has ended.
impl Drop for Session {
    fn drop(&mut self) {
        if !self.client.is_closed() {
            let _ = self.client.query("SELECT pg_advisory_unlock($1)", &[&LOCK]);
        }
    }
}

const POOLER: &str = "the connection goes through a pooler that lends sessions by the transaction, so that neither lock nor settings hold; connect to the server itself, or to the pooler's session mode";

fn milliseconds(duration: Duration) -> u128 {
    duration.as_millis().min(i32::MAX as u128)
}
