//! What `apply`, `rollback`, `status` and `verify` have in common: which database, how it is told, how it ends.

use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use super::terminal::Terminal;
use crate::apply::drift::Drift;
use crate::apply::{Manner, Stopped, Tell, Teller};
use crate::connect::{Environment, Target};
use crate::prove::Difference;
use crate::run::Failure;

/// How a run treats locks and time.
#[derive(clap::Args, Clone)]
pub struct Manners {
    /// Seconds that a statement waits for a lock before it is given up and tried again; 0 waits for ever.
    /// Without it what the file says, else 5
    #[arg(long, value_name = "SECONDS")]
    lock_timeout: Option<f64>,

    /// Seconds that a statement may take; 0 is for ever. Without it what the file says, else for ever
    #[arg(long, value_name = "SECONDS")]
    statement_timeout: Option<f64>,

    /// How often a part is tried again that was refused a lock, or that PostgreSQL chose to end
    #[arg(long, value_name = "COUNT", default_value_t = 10)]
    retries: u32,

    /// Seconds to wait for another runner to end
    #[arg(long, value_name = "SECONDS", default_value_t = 0.0)]
    wait: f64,
}

impl Manners {
    /// As the runner takes them.
    ///
    /// # Errors
    /// Times that are none.
    pub fn manner(&self) -> Result<Manner, Failure> {
        let named = [
            ("--lock-timeout", self.lock_timeout),
            ("--statement-timeout", self.statement_timeout),
            ("--wait", Some(self.wait)),
        ];
        let read = |(name, seconds): (&str, Option<f64>)| {
            let seconds = seconds.map(|it| Duration::try_from_secs_f64(it).map_err(|_| it)).transpose();
            seconds.map_err(|it| format!("{name} {it}: write seconds, 0 or more"))
        };
        let [lock_timeout, statement_timeout, wait] = named.map(read);
        match (lock_timeout, statement_timeout, wait) {
            (Ok(lock_timeout), Ok(statement_timeout), Ok(wait)) => {
                Ok(Manner { lock_timeout, statement_timeout, retries: self.retries, wait: wait.unwrap_or_default() })
            }
            (one, two, three) => {
                Err(Failure::Unreadable([one, two, three].into_iter().filter_map(Result::err).collect()))
            }
        }
    }
}

/// The database: as given, or in `DATABASE_URL`, or in the `PG*` variables.
///
/// # Errors
/// An address that can't be used.
pub fn target(terminal: &Terminal, url: Option<&str>) -> Result<Target, Failure> {
    let environment = Environment::of_process();
    let from_variable = || std::env::var("DATABASE_URL").ok().filter(|url| !url.is_empty());
    let url = url.map(str::to_owned).or_else(from_variable).unwrap_or_default();
    let target = Target::parse(&url, &environment).map_err(|error| Failure::Unreadable(vec![error.to_string()]))?;
    for warning in target.warnings() {
        terminal.complain(format!("warning: {warning}"));
    }
    Ok(target)
}

/// Who tells how a run goes: a line that changes on a terminal, lines otherwise, nobody where a machine reads.
pub fn teller(terminal: &Terminal) -> Tell {
    match (terminal.is_json(), std::io::stderr().is_terminal()) {
        (true, _) => Arc::new(Silent),
        (false, true) => Arc::new(Bar::new()),
        (false, false) => Arc::new(Lines(Mutex::new(None))),
    }
}

/// Says nothing: where a machine reads, or where many databases would speak at once.
pub struct Silent;

impl Teller for Silent {
    fn say(&self, _: &str) {}

    fn live(&self, _: &str) {}
}

/// A line at the bottom that changes, and lines above it that stay.
struct Bar(ProgressBar);

impl Bar {
    fn new() -> Self {
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }
}

impl Teller for Bar {
    fn say(&self, line: &str) {
        self.0.set_message("");
        self.0.suspend(|| eprintln!("{line}"));
    }

    fn live(&self, line: &str) {
        self.0.set_message(line.trim().to_owned());
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// Lines for a log; what only shows how it stands is said now and then.
struct Lines(Mutex<Option<Instant>>);

impl Teller for Lines {
    fn say(&self, line: &str) {
        eprintln!("{line}");
    }

    fn live(&self, line: &str) {
        const PAUSE: Duration = Duration::from_secs(5);
        let Ok(mut last) = self.0.lock() else { return };
        let is_due = last.is_some_and(|last| last.elapsed() >= PAUSE);
        if is_due {
            eprintln!("{line}");
        }
        if is_due || last.is_none() {
            *last = Some(Instant::now());
        }
    }
}

/// Says why a run has stopped.
pub fn stopped(terminal: &Terminal, stopped: &Stopped) -> ExitCode {
    terminal.complain(format!("{}: {stopped}", terminal.red("error")));
    terminal.json(&self::value(stopped));
    ExitCode::from(stopped.exit_code())
}

/// Why a run has stopped, for machines.
pub fn value(stopped: &Stopped) -> Value {
    let (kind, details) = match stopped {
        Stopped::Refused(reasons) => ("refused", reasons.clone()),
        Stopped::Failed(reason) => ("failed", vec![reason.clone()]),
    };
    json!({ "failure": kind, "exit_code": stopped.exit_code(), "details": details })
}

/// Names the objects that differ.
pub fn tell_drift(terminal: &Terminal, drift: &Drift) {
    for (difference, parts) in drift.folded() {
        let with = if parts == 0 { String::new() } else { format!(", with {parts} objects of it") };
        terminal.say(format!("{}{with}", difference.to_string().trim_end()));
    }
    if !drift.unmodelled.is_empty() {
        let counted: Vec<String> = drift.unmodelled.iter().map(|(what, count)| format!("{count} {what}")).collect();
        terminal.complain(format!("not compared: {}", counted.join(", ")));
    }
    drift.left_out.iter().for_each(|it| terminal.complain(format!("note: {it}")));
}

/// The objects that differ, for machines.
pub fn drift_value(drift: &Drift) -> Value {
    let one = |it: &Difference| {
        let what = match (&it.expected, &it.found) {
            (Some(_), None) => "missing",
            (None, _) => "should not be there",
            (Some(_), Some(_)) => "differs",
        };
        json!({ "object": it.id.to_string(), "what": what, "expected": it.expected.as_deref(), "found": it.found.as_deref() })
    };
    let differences: Vec<Value> = drift.differences.iter().map(one).collect();
    json!({ "differences": differences, "not_compared": drift.unmodelled, "left_out": drift.left_out })
}
