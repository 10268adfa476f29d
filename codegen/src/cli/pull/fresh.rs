//! A project where there is none: the crate, the declaration, the first entry of the history.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::{Common, init, seal};
use super::{INDEX, unreadable};
use crate::model::Schema;
use crate::output::{self, Artifact, Content, Mode, Owned, Report};
use crate::pull::Declaration;
use crate::read::history::{Entry, entry_text};
use crate::run::{self, Failure};

/// Writes all of it, or nothing.
pub fn write(common: &Common, declaration: &Declaration, baseline: &str) -> Result<Report, Failure> {
    let root = &common.root;
    let (number, name) = seal::numbered(baseline).map_err(unreadable)?;
    let entry = Entry::of(number, name, &Schema::default(), &declaration.declared.schema, BTreeMap::new());
    let owned = Owned { index: Some(INDEX.into()), ..Owned::default() };
    let declared = declaration.files.iter().map(|(path, text)| whole(path, text.clone())).collect();
    let mut artifacts: Vec<Artifact> = declared;
    artifacts.push(whole(&entry.path(), entry_text(&entry)));
    artifacts.extend(frame(root));
    // What people go on with is no affair of a later pull.
    let report = output::settle(root, artifacts, &owned, Mode::Write).map_err(Failure::Unwritable)?;
    let project = run::read(root)?;
    let planned = run::plan(&project, None)?;
    run::settle(&project, run::artifacts(&project, &planned), Mode::Write)?;
    Ok(report)
}

/// The crate around the declaration, as `init` writes it; files that are there stay.
fn frame(root: &Path) -> Vec<Artifact> {
    let all = [
        ("schema/Cargo.toml", init::manifest()),
        ("schema/src/project.rs", init::project(&init::name(root))),
        ("Cargo.toml", init::WORKSPACE.to_owned()),
    ];
    all.into_iter().filter(|(path, _)| !root.join(path).exists()).map(|(path, text)| whole(path, text)).collect()
}

/// A whole file.
pub fn whole(path: &str, text: String) -> Artifact {
    Artifact { path: path.into(), content: Content::Whole(text) }
}
