//! Where PostgreSQL servers are on this machine.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use super::ScratchError;

/// Names the one folder of binaries to use, ahead of everything else.
pub const BIN_VARIABLE: &str = "TABLEWRIGHT_PG_BIN";

/// Installs every supported major for this platform.
pub const INSTALL_COMMAND: &str = "npm ci --prefix tools/pg --ignore-scripts";

/// The oldest major that PostgreSQL itself still supports.
const OLDEST_MAJOR: u32 = 14;

/// Folders whose sub-folders may each hold one major: the parent, the start of the sub-folder's name, the way to `bin`.
const SYSTEM_FOLDERS: [(&str, &str, &str); 6] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/opt/homebrew/opt", "postgresql@", "bin"),
    ("/usr/local/opt", "postgresql@", "bin"),
    ("/home/linuxbrew/.linuxbrew/opt", "postgresql@", "bin"),
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
];

/// Where an npm package describes the links that its archive can't carry.
const LINKS: &str = "pg-symlinks.json";

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
        Err(ScratchError::Missing {
            wanted: major,
            passed_over,
        })
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
        let unusable = |reason: String| ScratchError::Unusable {
            bindir: bindir.to_owned(),
            reason,
        };
        if !is_bindir(bindir) {
            return Err(unusable("it holds no initdb or no postgres".to_owned()));
        }
        restore_links(bindir)
            .map_err(|error| unusable(format!("its library links can't be made: {error}")))?;
        let major = read_major(&bindir.join("postgres")).map_err(unusable)?;
        Ok(Self {
            bindir: bindir.to_owned(),
            major,
        })
    }

    /// Whether the installation works from another folder too, as the npm packages do: they bring their libraries.
    pub(super) fn may_be_moved(&self) -> bool {
        self.bindir.join("..").join(LINKS).is_file()
    }

    pub(super) fn unusable(&self, reason: &str) -> ScratchError {
        ScratchError::Unusable {
            bindir: self.bindir.clone(),
            reason: reason.to_owned(),
        }
    }

    fn describe(&self) -> String {
        format!("{} holds major {}", self.bindir.display(), self.major)
    }
}

fn candidates(root: &Path) -> Vec<PathBuf> {
    let mut bindirs = npm_bindirs(root);
    if let Some(path) = env::var_os("PATH") {
        bindirs.extend(env::split_paths(&path).filter_map(|folder| resolved(&folder)));
    }
    bindirs.extend(pg_config_bindir());
    for (parent, prefix, way) in SYSTEM_FOLDERS {
        bindirs.extend(numbered(Path::new(parent), prefix, "", way));
    }
    bindirs.retain(|bindir| is_bindir(bindir));
    let mut seen = Vec::new();
    bindirs.retain(|bindir| {
        let new = !seen.contains(bindir);
        seen.push(bindir.clone());
        new
    });
    bindirs
}

fn npm_bindirs(root: &Path) -> Vec<PathBuf> {
    let system = if cfg!(target_os = "macos") {
        "darwin"
    } else {
        "linux"
    };
    let processor = if cfg!(target_arch = "aarch64") {
        "arm64"
    } else {
        "x64"
    };
    numbered(
        &root.join("tools/pg/node_modules"),
        "pg",
        &format!("-{system}-{processor}"),
        "native/bin",
    )
}

/// The `way` inside of every sub-folder named prefix, number, suffix; the greatest number first.
fn numbered(parent: &Path, prefix: &str, suffix: &str, way: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| {
            let name = entry.file_name();
            let number = name
                .to_str()?
                .strip_prefix(prefix)?
                .strip_suffix(suffix)?
                .parse()
                .ok()?;
            Some((number, entry.path().join(way)))
        })
        .collect();
    found.sort_by(|left, right| right.cmp(left));
    found.into_iter().map(|(_, bindir)| bindir).collect()
}

/// The folder that a `postgres` on PATH really lives in: beside a link there need be no `initdb`.
fn resolved(folder: &Path) -> Option<PathBuf> {
    let postgres = fs::canonicalize(folder.join("postgres")).ok()?;
    postgres.parent().map(Path::to_owned)
}

fn pg_config_bindir() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output
        .status
        .success()
        .then(|| PathBuf::from(text.trim_end()))
}

fn is_bindir(folder: &Path) -> bool {
    folder.join("initdb").is_file() && folder.join("postgres").is_file()
}

fn read_major(postgres: &Path) -> Result<u32, String> {
    let output = Command::new(postgres)
        .arg("--version")
        .output()
        .map_err(|error| error.to_string())?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr)
            .trim_end()
            .to_owned());
    }
    let text = String::from_utf8_lossy(&output.stdout);
    major_of(&text).ok_or_else(|| format!("`postgres --version` says {:?}", text.trim_end()))
}

/// The major in a line such as `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)` or `... 19beta1`.
fn major_of(version: &str) -> Option<u32> {
    let (_, number) = version.split_once("(PostgreSQL) ")?;
    let digits = number
        .split(|letter: char| !letter.is_ascii_digit())
        .next()?;
    digits.parse().ok()
}

/// One link of [`LINKS`]; the paths start at the package's root.
#[derive(Deserialize)]
struct Link {
    source: PathBuf,
    target: PathBuf,
}

/// Makes the links that the package's install script would have made; without them its libraries are not found.
fn restore_links(bindir: &Path) -> io::Result<()> {
    let Some(native) = bindir.parent() else {
        return Ok(());
    };
    let Ok(description) = fs::read(native.join(LINKS)) else {
        return Ok(());
    };
    let Some(package) = native.parent() else {
        return Ok(());
    };
    let links: Vec<Link> = serde_json::from_slice(&description)?;
    links
        .iter()
        .try_for_each(|link| restore_link(package, link))
}

fn restore_link(package: &Path, link: &Link) -> io::Result<()> {
    let target = package.join(&link.target);
    if target.symlink_metadata().is_ok() {
        return Ok(());
    }
    // Source and target may lie in different folders, and a package may be moved: so neither name nor absolute path.
    let depth = link.target.components().count().saturating_sub(1);
    let up: PathBuf = std::iter::repeat_n("..", depth).collect();
    match symlink(up.join(&link.source), &target) {
        // Another process was quicker, with the same link.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::major_of;

    #[test]
    fn majors_are_read_from_every_form_of_version() {
        assert_eq!(major_of("postgres (PostgreSQL) 18.4\n"), Some(18));
        assert_eq!(
            major_of("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(major_of("postgres (PostgreSQL) 19beta1\n"), Some(19));
        assert_eq!(major_of("postgres 18\n"), None);
    }
}
