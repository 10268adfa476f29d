//! Ends a server and removes its directory when we are done with it, or when we die.

use std::io;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A shell that reads a pipe we never write to: the pipe ends when we close it, or when the kernel does since we died.
///
/// The shell leads a process group that the server's programs join. It signals that group, of which it is itself a
/// member, and no process by number: so it can't hit a stranger that got the number of a dead server.
#[derive(Debug)]
pub(super) struct Watchdog {
    shell: Child,
}

/// `$1` is the directory of the server. The postmaster gets five seconds to end its backends: the file with its number
/// goes last. A negative number is that of a process of `initdb`, which ends at once and leaves the file.
const SCRIPT: &str = r#"
trap '' HUP INT QUIT TERM
cat >/dev/null
kill -QUIT 0
tries=0
while read -r pid <"$1/data/postmaster.pid" && [ "$pid" -gt 0 ] && [ $tries -lt 250 ]; do
    sleep 0.02
    tries=$((tries + 1))
done
until rm -rf "$1" || [ $tries -ge 250 ]; do
    sleep 0.02
    tries=$((tries + 1))
done
kill -KILL 0
"#;

impl Watchdog {
    /// Starts to watch over a directory.
    pub(super) fn start(directory: &Path) -> io::Result<Self> {
        let mut shell = Command::new("/bin/sh");
        shell.arg("-c").arg(SCRIPT).arg("scratch-watchdog").arg(directory).current_dir("/");
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).process_group(0);
        Ok(Self { shell: shell.spawn()? })
    }

    /// Puts a program under the watch.
    pub(super) fn adopt(&self, command: &mut Command) {
        command.process_group(self.shell.id().cast_signed());
    }

    /// Ends the programs under the watch, and returns when they and the directory are gone.
    pub(super) fn end(&mut self) {
        drop(self.shell.stdin.take());
        // The shell ends by its own last signal; there is nothing to learn from its status.
        let _ = self.shell.wait();
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        self.end();
    }
}
