//! The settings of a project.

/// The settings of a project; a schema declares one of them.
///
/// ```
/// use tablewright_declare::prelude::*;
///
/// pub const PROJECT: Project = Project {
///     name: "shop",
///     ..Project::DEFAULT
/// };
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Project {
    /// What the headers of generated files call it.
    pub name: &'static str,
    /// The folder of the migrations, below `generated/`.
    pub migrations: &'static str,
    /// The folder of the rollbacks, below `generated/`.
    /// Not the same as that of the migrations: a runner that executes a whole folder would execute them too.
    pub rollbacks: &'static str,
    /// Whether drops say `IF EXISTS`. That hides drift, so it is off unless asked for.
    pub drop_if_exists: bool,
    /// Whether migrations are planned so that tables stay usable meanwhile: indexes are made concurrently, constraints are
    /// validated after they are added. Such a file is not one transaction.
    pub online: bool,
    /// Who runs the files: whether what is not one transaction can be one file.
    pub runner: Runner,
    /// The schema whose objects are written without it, `""` for none.
    pub unqualified: &'static str,
}

impl Project {
    /// The usual settings; for `..Project::DEFAULT`.
    pub const DEFAULT: Self = Self {
        name: "",
        migrations: "migrations",
        rollbacks: "rollbacks",
        drop_if_exists: false,
        online: false,
        runner: Runner::AsWritten,
        unqualified: "public",
    };
}

/// How those who run the files of migrations treat each of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runner {
    /// As it is written: what stands outside of `BEGIN` and `COMMIT` runs by itself. `psql` and `codegen apply` do so.
    AsWritten,
    /// As one transaction. A migration that is not one transaction is written as several files, each of which can be
    /// committed by itself; what PostgreSQL refuses in a transaction is done in another way, or said to be done by hand.
    WrapsEachFile,
}
