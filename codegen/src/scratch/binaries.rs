//! The programs of a PostgreSQL server.

use std::collections::BTreeMap;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::ScratchError;
use super::links;
use super::search::candidates;

/// Names the one folder of binaries to use, ahead of everything else.
pub const BIN_VARIABLE: &str = "TABLEWRIGHT_PG_BIN";

/// Installs every supported major for this platform.
pub const INSTALL_COMMAND: &str = "npm ci --prefix tools/pg --ignore-scripts";

/// The oldest major that PostgreSQL itself still supports.
const OLDEST_MAJOR: u32 = 14;

/// The programs of one PostgreSQL installation that a scratch server needs: `initdb` and `postgres`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binaries {
    /// The folder that holds them.
    pub bindir: PathBuf,
    /// The major as `postgres --version` tells it.
    pub major: u32,
}

impl Binaries {
    /// The first installation that serves, of the given major if one is given.
    ///
    /// Searched in this order: the folder named by [`BIN_VARIABLE`], the npm packages under `root`/tools/pg (newest
    /// first), PATH, `pg_config`, the folders of the usual distributions (newest first).
    ///
    /// # Errors
    /// [`ScratchError::Missing`] when none serves, and [`ScratchError::Unusable`] when [`BIN_VARIABLE`] names a
    /// folder that can't be used: a setting that is wrong should not silently lead to another server.
    pub fn find(major: Option<u32>, root: &Path) -> Result<Self, ScratchError> {
        let serves = |binaries: &Self| match major {
            Some(major) => binaries.major == major,
            None => binaries.major >= OLDEST_MAJOR,
        };
        let mut passed_over = Vec::new();
        if let Some(bindir) = env::var_os(BIN_VARIABLE) {
            let binaries = Self::inspect(Path::new(&bindir))?;
            if serves(&binaries) {
                return Ok(binaries);
            }
            passed_over.push(binaries.describe());
        }
        for bindir in candidates(root) {
            match Self::inspect(&bindir) {
                Ok(binaries) if serves(&binaries) => return Ok(binaries),
                Ok(binaries) => passed_over.push(binaries.describe()),
                Err(error) => passed_over.push(error.to_string()),
            }
        }
        Err(ScratchError::Missing { wanted: major, passed_over })
    }

    /// The first installation of every supported major, oldest major first.
    pub fn all(root: &Path) -> Vec<Self> {
        let named = env::var_os(BIN_VARIABLE).map(PathBuf::from);
        let mut by_major = BTreeMap::new();
        for bindir in named.into_iter().chain(candidates(root)) {
            if let Ok(binaries) = Self::inspect(&bindir)
                && binaries.major >= OLDEST_MAJOR
            {
                by_major.entry(binaries.major).or_insert(binaries);
            }
        }
        by_major.into_values().collect()
    }

    /// The installation in one folder, completed if npm left its links out.
    ///
    /// # Errors
    /// [`ScratchError::Unusable`] when a program is missing or does not run.
    pub fn inspect(bindir: &Path) -> Result<Self, ScratchError> {
        let unusable = |reason: String| ScratchError::Unusable { bindir: bindir.to_owned(), reason };
        if !is_bindir(bindir) {
            return Err(unusable("it holds no initdb or no postgres".to_owned()));
        }
        links::restore(bindir).map_err(|error| unusable(format!("its library links can't be made: {error}")))?;
        let major = read_major(&bindir.join("postgres")).map_err(unusable)?;
        Ok(Self { bindir: bindir.to_owned(), major })
    }

    /// Whether the installation works from another folder too, as the npm packages do: they bring their libraries.
    pub(super) fn may_be_moved(&self) -> bool {
        links::are_described(&self.bindir)
    }

    pub(super) fn unusable(&self, reason: &str) -> ScratchError {
        ScratchError::Unusable { bindir: self.bindir.clone(), reason: reason.to_owned() }
    }

    fn describe(&self) -> String {
        format!("{} holds major {}", self.bindir.display(), self.major)
    }
}

/// Whether a folder holds what a scratch server needs.
pub(super) fn is_bindir(folder: &Path) -> bool {
    folder.join("initdb").is_file() && folder.join("postgres").is_file()
}

fn read_major(postgres: &Path) -> Result<u32, String> {
    let output = Command::new(postgres).arg("--version").output().map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim_end().to_owned());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    major_of(&text).ok_or_else(|| format!("`postgres --version` says {:?}", text.trim_end()))
}

/// The major in a line such as `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` or `... 19beta1`.
fn major_of(version: &str) -> Option<u32> {
    let (_, number) = version.split_once("(PostgreSQL) ")?;
    let digits = number.split(|letter: char| !letter.is_ascii_digit()).next()?;
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major_of;

    #[test]
    fn majors_are_read_from_every_form_of_version() {
        assert_eq!(major_of("postgres (PostgreSQL) 18.4\n"), Some(18));
        assert_eq!(major_of("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"), Some(15));
        assert_eq!(major_of("postgres (PostgreSQL) 19beta1\n"), Some(19));
        assert_eq!(major_of("postgres 18\n"), None);
    }
}
