//! Where PostgreSQL servers are on this machine.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::binaries::is_bindir;

/// Folders whose sub-folders may each hold one major: the parent, the start of the sub-folder's name, the way to `bin`.
const SYSTEM_FOLDERS: [(&str, &str, &str); 6] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/opt/homebrew/opt", "postgresql@", "bin"),
    ("/usr/local/opt", "postgresql@", "bin"),
    ("/home/linuxbrew/.linuxbrew/opt", "postgresql@", "bin"),
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
];

/// The folders that hold a server, in the order in which they are to be tried, each once.
pub(super) fn candidates(root: &Path) -> Vec<PathBuf> {
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
    let system = if cfg!(target_os = "macos") { "darwin" } else { "linux" };
    let processor = if cfg!(target_arch = "aarch64") { "arm64" } else { "x64" };
    numbered(&root.join("tools/pg/node_modules"), "pg", &format!("-{system}-{processor}"), "native/bin")
}

/// The `way` inside of every sub-folder named prefix, number, suffix; the greatest number first.
fn numbered(parent: &Path, prefix: &str, suffix: &str, way: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(parent).into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = entries
        .filter_map(|entry| {
            let name = entry.file_name();
            let number = name.to_str()?.strip_prefix(prefix)?.strip_suffix(suffix)?.parse().ok()?;
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
    output.status.success().then(|| PathBuf::from(text.trim_end()))
}
