//! The library links of the npm packages.

use std::fs;
use std::io;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// Where an npm package describes the links that its archive can't carry.
const LINKS: &str = "pg-symlinks.json";

/// One link of [`LINKS`]; the paths start at the package's root.
#[derive(Deserialize)]
struct Link {
    source: PathBuf,
    target: PathBuf,
}

/// Whether the binaries are those of an npm package, which brings its libraries and works from any folder.
pub(super) fn are_described(bindir: &Path) -> bool {
    bindir.join("..").join(LINKS).is_file()
}

/// Makes the links that the package's install script would have made; without them its libraries are not found.
pub(super) fn restore(bindir: &Path) -> io::Result<()> {
    let (Some(native), Some(package)) = (bindir.parent(), bindir.ancestors().nth(2)) else {
        return Ok(());
    };
    let Ok(description) = fs::read(native.join(LINKS)) else {
        return Ok(());
    };
    let links: Vec<Link> = serde_json::from_slice(&description)?;
    links.iter().try_for_each(|link| restore_link(package, link))
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
    use std::fs;
    use std::thread;

    use super::{are_described, restore};

    #[test]
    fn links_are_made_by_many_at_once_and_lead_to_their_files() {
        let package = tempfile::tempdir().unwrap();
        let (bindir, lib) = (package.path().join("native/bin"), package.path().join("native/lib"));
        fs::create_dir_all(&bindir).unwrap();
        fs::create_dir_all(&lib).unwrap();
        fs::write(lib.join("libx.so.6.15"), "x").unwrap();
        assert!(!are_described(&bindir));
        let description = r#"[{"source": "native/lib/libx.so.6.15", "target": "native/lib/libx.so.6"}]"#;
        fs::write(package.path().join("native/pg-symlinks.json"), description).unwrap();
        assert!(are_described(&bindir));

        thread::scope(|scope| {
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(|| restore(&bindir))).collect();
            threads.into_iter().for_each(|thread| thread.join().unwrap().unwrap());
        });
        assert_eq!(fs::read_to_string(lib.join("libx.so.6")).unwrap(), "x");
    }
}
