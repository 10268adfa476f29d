//! A socket between the program and the server, which holds the program at any one of the messages that it sends.

use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::Path;
use std::process::Child;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// Passes everything on until the message with this number, from 0. Messages are those that make the server do something.
#[derive(Clone, Copy, Debug)]
pub enum Stop {
    /// Nothing is stopped.
    Never,
    /// The message does not reach the server.
    Before(usize),
    /// The message reaches the server, and its answer nobody.
    After(usize),
}

/// The socket; what it holds up is let go when it is dropped.
pub struct Proxy {
    folder: TempDir,
    count: Arc<AtomicUsize>,
    reached: Receiver<()>,
    _go: Sender<()>,
}

impl Proxy {
    /// In front of the socket in this folder.
    pub fn start(server: &Path, stop: Stop) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join(".s.PGSQL.5432")).unwrap();
        let (server, count) = (server.join(".s.PGSQL.5432"), Arc::new(AtomicUsize::new(0)));
        let ((says, reached), (_go, gone)) = (channel(), channel());
        let counting = count.clone();
        // The first connection is the runner's; the others only look, and are let through.
        thread::spawn(move || {
            let mut first = Some((says, gone));
            for client in listener.incoming().map_while(Result::ok) {
                let Ok(upstream) = UnixStream::connect(&server) else { return };
                let (mut answers, mut back) = (upstream.try_clone().unwrap(), client.try_clone().unwrap());
                thread::spawn(move || {
                    let _ = std::io::copy(&mut answers, &mut back);
                    let _ = back.shutdown(std::net::Shutdown::Both);
                });
                let (counting, held) = (counting.clone(), first.take());
                thread::spawn(move || pump(client, upstream, stop, &counting, held));
            }
        });
        Self { folder, count, reached, _go }
    }

    /// The address of a database behind it.
    pub fn url(&self, database: &str) -> String {
        format!("host={} port=5432 user=postgres dbname={database}", self.folder.path().display())
    }

    /// How many messages there were.
    pub fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }

    /// Waits until the message is there at which it stops; false if it never comes.
    pub fn is_reached(&self) -> bool {
        self.reached.recv_timeout(Duration::from_secs(60)).is_ok()
    }

    /// Kills the program at the message at which it stops; false if it ends before.
    pub fn is_reached_by(&self, mut child: Child) -> bool {
        loop {
            if self.reached.recv_timeout(Duration::from_millis(20)).is_ok() {
                child.kill().unwrap();
                child.wait().unwrap();
                return true;
            }
            if child.try_wait().unwrap().is_some() {
                return false;
            }
        }
    }
}

fn pump(
    mut client: UnixStream,
    mut upstream: UnixStream,
    stop: Stop,
    count: &AtomicUsize,
    held: Option<(Sender<()>, Receiver<()>)>,
) {
    let Some((says, gone)) = held else {
        let _ = std::io::copy(&mut client, &mut upstream);
        return;
    };
    let mut is_first = true;
    while let Ok(message) = message(&mut client, is_first) {
        is_first = false;
        // Simple queries: every statement of a migration, BEGIN, COMMIT and settings (PostgreSQL documentation, "Message
        // Formats"). The others read, or write within a transaction, so that being killed there is the same as before or after.
        let counts = message.first() == Some(&b'Q');
        let number = if counts { count.fetch_add(1, Ordering::SeqCst) } else { usize::MAX };
        let (is_stopped, is_passed) = match stop {
            Stop::Never => (false, true),
            Stop::Before(at) => (at == number, at != number),
            Stop::After(at) => (at == number, true),
        };
        if is_passed && upstream.write_all(&message).is_err() {
            break;
        }
        if is_stopped {
            let _ = says.send(());
            // Until the proxy is dropped.
            let _ = gone.recv();
            break;
        }
    }
    let _ = upstream.shutdown(std::net::Shutdown::Both);
}

/// One message: its letter, which the first one lacks, its length and the rest.
fn message(client: &mut UnixStream, is_first: bool) -> std::io::Result<Vec<u8>> {
    let head = if is_first { 4 } else { 5 };
    let mut message = vec![0; head];
    client.read_exact(&mut message)?;
    let length: [u8; 4] = message[head - 4..].try_into().unwrap();
    message.resize(head - 4 + u32::from_be_bytes(length) as usize, 0);
    client.read_exact(&mut message[head..])?;
    Ok(message)
}
