//! `init`: begins a project.

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;

use super::terminal::{Terminal, command};
use super::{Common, Outcome, generate};
use crate::output::{self, Artifact, Content, Mode, Owned};
use crate::run::Failure;

/// Where the crate with the words of a declaration is, beside the source that this program was built from.
const DECLARE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/declare");

/// A workspace for the crate, where there is none.
pub const WORKSPACE: &str = "[workspace]\nmembers = [\"schema\"]\nresolver = \"3\"\n";

const LIB: &str = "\
//! The declared schema: a file per table.

#![allow(missing_docs, reason = \"a doc comment is a comment in the database, and not every object has one\")]

pub mod note;
pub mod project;
";

const NOTE: &str = "\
use tablewright_declare::prelude::*;

/// What people write down
#[derive(Table)]
#[table(name = \"notes\")]
#[index(idx_notes_created_at, on(created_at.desc()))]
pub struct Note {
    #[column(primary_key, default = sql(\"gen_random_uuid()\"))]
    pub id: Uuid,
    /// The first line, at most 200 characters
    pub title: Varchar<200>,
    pub text: Option<Text>,
    #[column(default = sql(\"now()\"))]
    pub created_at: Timestamptz,
}
";

/// Writes a schema with one table, and a workspace around it if there is none. Nothing that is there is touched.
pub fn run(common: &Common, terminal: &Terminal) -> Outcome {
    let there = |path: &str| common.root.join(path).exists();
    if there("schema") {
        let message = "there is a folder `schema` already; `init` only begins where there is none";
        return Err(Failure::Unreadable(vec![message.to_owned()]));
    }
    let name = name(&common.root);
    let mut artifacts = vec![
        whole("schema/Cargo.toml", manifest()),
        whole("schema/src/lib.rs", LIB.to_owned()),
        whole("schema/src/note.rs", NOTE.to_owned()),
        whole("schema/src/project.rs", project(&name)),
    ];
    let has_workspace = there("Cargo.toml");
    if !has_workspace {
        artifacts.push(whole("Cargo.toml", WORKSPACE.to_owned()));
    }
    let settled = output::settle(&common.root, artifacts, &Owned::default(), Mode::Write);
    let report = settled.map_err(Failure::Unwritable)?;
    generate::say(terminal, &report);
    if has_workspace {
        terminal.say("add \"schema\" to the members of the workspace in Cargo.toml");
    }
    terminal.say(format!("declare your tables in schema/src, then: {}", command("new init")));
    terminal.json(&json!({ "written": report.written }));
    Ok(ExitCode::SUCCESS)
}

fn whole(path: &str, text: String) -> Artifact {
    Artifact { path: path.into(), content: Content::Whole(text) }
}

/// The name of the project's folder.
pub fn name(root: &Path) -> String {
    let whole = root.canonicalize().unwrap_or_else(|_| root.to_owned());
    whole.file_name().map_or_else(|| "project".into(), |name| name.to_string_lossy().into_owned())
}

/// The manifest of the crate `schema`.
pub fn manifest() -> String {
    let declare = Path::new(DECLARE).canonicalize().unwrap_or_else(|_| DECLARE.into());
    format!(
        "[package]\nname = \"schema\"\nversion = \"0.1.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         tablewright-declare = {{ path = {:?} }}\n",
        declare.to_string_lossy()
    )
}

/// The settings of a project of this name.
pub fn project(name: &str) -> String {
    format!(
        "use tablewright_declare::prelude::*;\n\npub const PROJECT: Project = Project {{\n    name: {name:?},\n    \
         // The folders below `generated/`; these are the defaults.\n    // migrations: \"migrations\",\n    \
         // rollbacks: \"rollbacks\",\n    // `IF EXISTS` on drops; it hides that a database is not what it should be.\n    \
         // drop_if_exists: true,\n    ..Project::DEFAULT\n}};\n"
    )
}
