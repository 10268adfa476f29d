//! Whom the server runs as: PostgreSQL refuses to be run by root, and containers often have nobody else.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{Binaries, ScratchError};

/// The accounts that root lends to a server, best first; one of them is on every system.
const ACCOUNTS: [&str; 2] = ["postgres", "nobody"];

/// Whom a program of the server is run as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunAs {
    /// We are not root: nothing to do.
    Ourselves,
    /// We are root: as this account.
    Account(Account),
    /// We are root and the account can't reach the binaries, say in a private home: in a user namespace that shows
    /// us under the account's number, while the files stay root's.
    #[cfg(target_os = "linux")]
    Namespace(Account),
}

/// A user as the kernel knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) uid: u32,
    pub(super) gid: u32,
}

impl RunAs {
    /// The first way in which these binaries can be run.
    pub(super) fn choose(binaries: &Binaries) -> Result<Self, ScratchError> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Self::Ourselves);
        }
        let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let ways = ACCOUNTS
            .iter()
            .filter_map(|name| account(&passwd, name))
            .flat_map(Self::ways);
        let postgres = binaries.bindir.join("postgres");
        ways.into_iter().find(|way| way.reaches(&postgres)).ok_or_else(|| ScratchError::Unusable {
            bindir: binaries.bindir.clone(),
            reason: "PostgreSQL refuses to be run by root, and neither the account postgres nor nobody can run it; \
                     run this command as an ordinary user"
                .to_owned(),
        })
    }

    /// The command that runs a program this way.
    pub(super) fn command(self, program: &Path) -> Command {
        let mut command = Command::new(program);
        match self {
            Self::Ourselves => {}
            Self::Account(account) => {
                command.uid(account.uid).gid(account.gid);
            }
            #[cfg(target_os = "linux")]
            Self::Namespace(account) => namespace::enter(&mut command, account),
        }
        command
    }

    /// The account that must own the files of the server, if it is not us.
    pub(super) fn owner(self) -> Option<Account> {
        match self {
            Self::Account(account) => Some(account),
            _ => None,
        }
    }

    #[cfg(target_os = "linux")]
    fn ways(account: Account) -> Vec<Self> {
        vec![Self::Account(account), Self::Namespace(account)]
    }

    #[cfg(not(target_os = "linux"))]
    fn ways(account: Account) -> Vec<Self> {
        vec![Self::Account(account)]
    }

    fn reaches(self, postgres: &Path) -> bool {
        let mut version = self.command(postgres);
        version
            .arg("--version")
            .current_dir("/")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        version.status().is_ok_and(|status| status.success())
    }
}

/// The account of this name in the text of `/etc/passwd` (name:password:uid:gid:...).
fn account(passwd: &str, name: &str) -> Option<Account> {
    let line = passwd
        .lines()
        .find(|line| line.split(':').next() == Some(name))?;
    let mut numbers = line.split(':').skip(2);
    let uid = numbers.next()?.parse().ok()?;
    let gid = numbers.next()?.parse().ok()?;
    Some(Account { uid, gid })
}

#[cfg(target_os = "linux")]
mod namespace {
    use std::fs;
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    use rustix::thread::{UnshareFlags, unshare_unsafe};

    use super::Account;

    /// Makes the command run in a user namespace of its own, in which root is seen as the account.
    #[allow(unsafe_code)]
    pub(super) fn enter(command: &mut Command, account: Account) {
        let uid_map = format!("{} 0 1", account.uid);
        let gid_map = format!("{} 0 1", account.gid);
        let step = move || {
            // SAFETY: leaving the parent's user namespace shares no memory or descriptor differently, and the child
            // of a fork has the one thread that the call demands.
            unsafe { unshare_unsafe(UnshareFlags::NEWUSER)? };
            fs::write("/proc/self/setgroups", "deny")?;
            fs::write("/proc/self/uid_map", &uid_map)?;
            fs::write("/proc/self/gid_map", &gid_map)
        };
        // SAFETY: between fork and exec the step only makes system calls: its texts were formatted before, and the
        // standard library keeps paths as short as these on the stack.
        unsafe { command.pre_exec(step) };
    }
}

#[cfg(test)]
mod tests {
    use super::{Account, account};

    #[test]
    fn accounts_are_found_by_their_whole_name() {
        let passwd = "root:x:0:0::/root:/bin/sh\nnobody2:x:7:7::/:\nnobody:x:65534:65533::/:/bin/false\nbad:x\n";
        assert_eq!(
            account(passwd, "nobody"),
            Some(Account {
                uid: 65534,
                gid: 65533
            })
        );
        assert_eq!(account(passwd, "postgres"), None);
        assert_eq!(account(passwd, "bad"), None);
    }
}
