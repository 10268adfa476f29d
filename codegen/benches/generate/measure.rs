//! What a program needs, as the system counts it.

use std::fs;
use std::mem::MaybeUninit;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// What one run needed.
pub struct Usage {
    /// Seconds from start to end.
    pub wall: f64,
    /// Seconds of user and system time.
    pub cpu: f64,
    /// The largest resident memory, in bytes.
    pub peak_bytes: u64,
}

/// Runs a program to its end; fails with its words if it fails.
#[allow(clippy::zombie_processes, reason = "wait4 waits for the child, and tells what it needed")]
pub fn run(command: &mut Command) -> Usage {
    let errors = tempfile::tempfile().expect("the temporary folder can be written");
    let stderr = errors.try_clone().expect("an open file can be shared");
    let start = Instant::now();
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(stderr).spawn().expect("the program starts");
    let (status, usage) = wait(child.id());
    let wall = start.elapsed().as_secs_f64();
    assert_eq!(status, 0, "{command:?} failed: {}", said(errors));
    let cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    // Linux counts in KiB (getrusage(2)).
    Usage { wall, cpu, peak_bytes: usage.ru_maxrss as u64 * 1024 }
}

/// The machine in a sentence, without its name.
pub fn machine() -> String {
    let cpus = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let field = |name: &str| cpus.lines().find(|line| line.starts_with(name)).and_then(|line| line.split(": ").nth(1));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kilobytes = memory.split_whitespace().nth(1).and_then(|number| number.parse::<u64>().ok()).unwrap_or_default();
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or("?");
    let model = field("model name").unwrap_or("unknown processor");
    format!("{cores} cores ({model}), {} GB of memory, load {load} at the start.", kilobytes / 1_000_000)
}

fn seconds(time: libc::timeval) -> f64 {
    Duration::new(time.tv_sec as u64, time.tv_usec as u32 * 1000).as_secs_f64()
}

#[allow(unsafe_code, reason = "only wait4 tells what one child needed")]
fn wait(id: u32) -> (i32, libc::rusage) {
    let (mut status, mut usage) = (0, MaybeUninit::<libc::rusage>::zeroed());
    // SAFETY: both pointers are to our own, living memory of the right types; nobody else waits for this child.
    let waited = unsafe { libc::wait4(id as libc::pid_t, &mut status, 0, usage.as_mut_ptr()) };
    assert_eq!(waited, id as libc::pid_t, "the child can be waited for");
    // SAFETY: all of it was zeroed, which is a valid value, and then filled by the system.
    (status, unsafe { usage.assume_init() })
}

fn said(mut errors: fs::File) -> String {
    use std::io::{Read, Seek};
    let mut text = String::new();
    errors.rewind().and_then(|()| errors.read_to_string(&mut text)).expect("what the program said can be read");
    text
}
