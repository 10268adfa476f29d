//! How long statements take. That differs from run to run, so it stands in no artifact.

use std::time::{Duration, Instant};

/// How long one statement took.
#[derive(Clone, Debug)]
pub struct Timed {
    /// `up` or `down`.
    pub way: String,
    /// Its text on one line.
    pub sql: String,
    /// From its start to the end of its commit, with what it takes to see its locks.
    pub took: Duration,
}

/// Does this, and says how long it took.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let done = work();
    (done, start.elapsed())
}
