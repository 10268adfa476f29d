//! Whom the server runs as: PostgreSQL refuses to be run by root, and containers often have nobody else.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Binaries, ScratchError};

/// Whom a program of the server is run as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RunAs {
    /// We are not root: nothing to do.
    Ourselves,
    /// We are root: as this account.
    Account(Account),
    /// We are root and no account can reach the binaries, say in root's home: as this account, from a copy of them.
    AccountWithCopy(Account),
}

/// A user as the kernel knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) uid: u32,
    pub(super) gid: u32,
}

/// The accounts that root lends to a server, best first; one of them is on every system.
const ACCOUNTS: [&str; 2] = ["postgres", "nobody"];

impl RunAs {
    /// The first way in which these binaries can be run.
    pub(super) fn choose(binaries: &Binaries) -> Result<Self, ScratchError> {
        if !rustix::process::geteuid().is_root() {
            return Ok(Self::Ourselves);
        }
        let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let accounts: Vec<Account> = ACCOUNTS.iter().filter_map(|name| account(&passwd, name)).collect();
        let postgres = binaries.bindir.join("postgres");
        if let Some(account) = accounts.iter().find(|account| Self::Account(**account).reaches(&postgres)) {
            return Ok(Self::Account(*account));
        }
        match accounts.first() {
            Some(account) if binaries.may_be_moved() => Ok(Self::AccountWithCopy(*account)),
            _ => Err(binaries.unusable(
                "root may not run PostgreSQL, and neither the account postgres nor nobody can reach it; \
                 open the folder to them, or run this command as an ordinary user",
            )),
        }
    }

    /// Whether `directory` will hold a copy of the binaries, and so must lie where programs may be run.
    pub(super) fn copies(self) -> bool {
        matches!(self, Self::AccountWithCopy(_))
    }

    /// The folder to run the binaries from; makes the copy under `directory` if there has to be one.
    pub(super) fn bindir(self, binaries: &Binaries, directory: &Path) -> Result<PathBuf, ScratchError> {
        if !self.copies() {
            return Ok(binaries.bindir.clone());
        }
        // The links inside the package lead through a folder of this name.
        let native = directory.join("native");
        let original = binaries.bindir.join("../.");
        let output = Command::new("cp").arg("-RP").arg(&original).arg(&native).output();
        let output = output.map_err(|source| ScratchError::Run { program: "cp".to_owned(), source })?;
        if !output.status.success() {
            return Err(binaries.unusable(String::from_utf8_lossy(&output.stderr).trim_end()));
        }
        Ok(native.join("bin"))
    }

    /// The command that runs a program this way.
    pub(super) fn command(self, program: &Path) -> Command {
        let mut command = Command::new(program);
        if let Some(account) = self.account() {
            command.uid(account.uid).gid(account.gid);
        }
        command
    }

    /// The account that must own the files of the server, if it is not us.
    pub(super) fn account(self) -> Option<Account> {
        match self {
            Self::Ourselves => None,
            Self::Account(account) | Self::AccountWithCopy(account) => Some(account),
        }
    }

    fn reaches(self, postgres: &Path) -> bool {
        let mut version = self.command(postgres);
        version.arg("--version").current_dir("/").stdout(Stdio::null()).stderr(Stdio::null());
        version.status().is_ok_and(|status| status.success())
    }
}

/// The account of this name in the text of `/etc/passwd` (name:password:uid:gid:...).
fn account(passwd: &str, name: &str) -> Option<Account> {
    let line = passwd.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut numbers = line.split(':').skip(2);
    let uid = numbers.next()?.parse().ok()?;
    let gid = numbers.next()?.parse().ok()?;
    Some(Account { uid, gid })
}

#[cfg(test)]
mod tests {
    use super::{Account, account};

    #[test]
    fn accounts_are_found_by_their_whole_name() {
        let passwd = "root:x:0:0::/root:/bin/sh\nnobody2:x:7:7::/:\nnobody:x:65534:65533::/:/bin/false\nbad:x\n";
        assert_eq!(account(passwd, "nobody"), Some(Account { uid: 65534, gid: 65533 }));
        assert_eq!(account(passwd, "postgres"), None);
        assert_eq!(account(passwd, "bad"), None);
    }
}
