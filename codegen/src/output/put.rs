//! Files outside of any project, which a person names on the command line.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use super::OutputError;

/// Writes these files. All are written beside their places first, so that a full disk leaves the old ones.
///
/// What is there and no plain file, such as a pipe or `/dev/stdout`, is written to.
///
/// # Errors
/// The first file that can't be written.
pub fn put(files: &[(&Path, &str)]) -> Result<(), OutputError> {
    let mut ready = Vec::new();
    for (path, text) in files {
        let refused = |error: io::Error| OutputError::io(path, "cannot write the file", &error);
        match fs::metadata(path) {
            Ok(it) if !it.is_file() => stream(path, text).map_err(refused)?,
            _ => ready.push((*path, beside(path, text).map_err(refused)?)),
        }
    }
    for (path, file) in ready {
        file.persist(path).map_err(|error| OutputError::io(path, "cannot write the file", &error.error))?;
    }
    Ok(())
}

fn stream(path: &Path, text: &str) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.write_all(text.as_bytes())
}

fn beside(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().permissions(permissions(path)).tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    Ok(file)
}

/// Those of the file that is there, else what a new file gets.
fn permissions(path: &Path) -> fs::Permissions {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).map_or_else(|_| fs::Permissions::from_mode(0o666), |it| it.permissions())
}
