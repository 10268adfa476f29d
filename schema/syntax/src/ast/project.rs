//! The settings of a project.

use super::Text;
use crate::FileId;

/// `pub const PROJECT: Project = Project { ... };`
#[derive(Clone, Debug)]
pub struct ProjectDecl {
    /// The file that declares it.
    pub file: FileId,
    /// `name: "..."`, shown in headers.
    pub name: Text,
    /// `migrations: "..."`: folder below `generated/`.
    pub migrations: Text,
    /// `rollbacks: "..."`: folder below `generated/`.
    pub rollbacks: Text,
    /// `drop_if_exists: true`: `IF EXISTS` on drops; off if not said.
    pub drop_if_exists: bool,
    /// `online: true`: migrations are planned so that tables in use stay usable; off if not said.
    pub online: bool,
    /// `runner: Runner::WrapsEachFile`; as written if not said.
    pub runner: Runner,
    /// `unqualified: "public"`: the schema whose objects are written without it; `public` if not said, `""` for none.
    pub unqualified: Text,
}

/// How those who run the files of migrations treat each of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Runner {
    /// As it is written.
    #[default]
    AsWritten,
    /// As one transaction.
    WrapsEachFile,
}
