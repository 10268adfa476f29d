//! From an artifact's path to the file it means, which is never outside the project.

use std::collections::BTreeMap;
use std::fs::{self, FileType};
use std::io;
use std::path::{Component, Path, PathBuf};

use super::error::OutputError;

/// The project root, and the folders in it that were looked up already.
pub(super) struct Places {
    root: PathBuf,
    folders: BTreeMap<PathBuf, PathBuf>,
}

/// The file that a path means, links followed.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// Absolute, inside the root.
    pub(super) file: PathBuf,
    pub(super) exists: bool,
    /// The path's last component is a symbolic link.
    pub(super) linked: bool,
}

impl Places {
    pub(super) fn new(root: &Path) -> Result<Self, OutputError> {
        let root =
            root.canonicalize().map_err(|error| OutputError::io(root, "cannot find the project folder", &error))?;
        Ok(Places { folders: BTreeMap::from([(PathBuf::new(), root.clone())]), root })
    }

    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The file that `path` means; an error if that is outside the root or no file.
    pub(super) fn target(&mut self, path: &Path) -> Result<Target, OutputError> {
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(unusable(path));
        };
        refuse_unusable(path)?;
        let file = self.folder(parent)?.join(name);
        match file_type(&file, path)? {
            None => Ok(Target { file, exists: false, linked: false }),
            Some(kind) if kind.is_file() => Ok(Target { file, exists: true, linked: false }),
            Some(kind) if kind.is_symlink() => {
                let file = self.follow(&file, path)?;
                if !file.is_file() {
                    return Err(not_a_file(path));
                }
                Ok(Target { file, exists: true, linked: true })
            }
            Some(_) => Err(not_a_file(path)),
        }
    }

    /// The folder that `path` means, whether it exists or not.
    pub(super) fn folder(&mut self, path: &Path) -> Result<PathBuf, OutputError> {
        if let Some(found) = self.folders.get(path) {
            return Ok(found.clone());
        }
        refuse_unusable(path)?;
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(unusable(path));
        };
        let mut folder = self.folder(parent)?.join(name);
        let kind = file_type(&folder, path)?;
        if kind.is_some_and(|kind| kind.is_symlink()) {
            folder = self.follow(&folder, path)?;
        }
        if kind.is_some() && !folder.is_dir() {
            return Err(OutputError::new(path, "a file stands where a folder is needed", "move that file away"));
        }
        self.folders.insert(path.to_owned(), folder.clone());
        Ok(folder)
    }

    fn follow(&self, link: &Path, path: &Path) -> Result<PathBuf, OutputError> {
        let end =
            link.canonicalize().map_err(|error| OutputError::io(path, "cannot follow the symbolic link", &error))?;
        if end.starts_with(&self.root) {
            return Ok(end);
        }
        Err(OutputError::new(
            path,
            format!("the symbolic link leaves the project, to {}", end.display()),
            "replace the link by a file or folder of the project",
        ))
    }
}

/// Refuses what is not a plain relative path: absolute, `..`, `.`, backslashes, control characters.
pub(super) fn refuse_unusable(path: &Path) -> Result<(), OutputError> {
    let plain = path.components().all(|it| matches!(it, Component::Normal(_)));
    let text = path.to_str().unwrap_or_default();
    let clean = !text.contains(|c: char| c == '\\' || c.is_control());
    match plain && clean && !text.is_empty() {
        true => Ok(()),
        false => Err(unusable(path)),
    }
}

fn unusable(path: &Path) -> OutputError {
    OutputError::new(
        Path::new(&path.to_string_lossy().escape_debug().to_string()),
        "not a path inside the project",
        "use a relative path with `/` and without `..`",
    )
}

fn not_a_file(path: &Path) -> OutputError {
    OutputError::new(path, "no regular file stands there", "move it away")
}

fn file_type(file: &Path, path: &Path) -> Result<Option<FileType>, OutputError> {
    match fs::symlink_metadata(file) {
        Ok(found) => Ok(Some(found.file_type())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(OutputError::io(path, "cannot look at the file", &error)),
    }
}
