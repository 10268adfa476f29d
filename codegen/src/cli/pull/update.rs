//! A pull into a declaration that is there: what people wrote stays.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::ExitCode;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::super::terminal::{Terminal, command};
use super::super::{Common, Outcome, generate};
use super::{INDEX, fresh, proved, unreadable};
use crate::kinds::Kind;
use crate::model::{Id, Schema};
use crate::output::{self, Artifact, Mode, Owned};
use crate::prove::{self, Difference, Positions, Pulled, differences};
use crate::pull::{self, SOURCE};
use crate::read::{self, Sources};
use crate::run::{self, Failure, Project};
use crate::scratch::Server;

/// Changes nothing if the declaration is the database already. Else files that a pull wrote and nobody has edited are
/// written anew; if another file would have to change, all is refused, by name.
pub fn run(
    common: &Common,
    terminal: &Terminal,
    server: &Server,
    schema: &Schema,
    (unmodelled, hidden): (&BTreeMap<String, usize>, &BTreeSet<Kind>),
) -> Outcome {
    let project = run::read(&common.root)?;
    let declared = prove::built(server, &project.declared.schema).map_err(|refused| {
        unreadable(format!("the declaration can't be built, so it can't be compared: {}", refused.error))
    })?;
    if let Some((id, _)) = declared.iter().find(|(id, _)| hidden.contains(&id.kind)) {
        return Err(unreadable(format!(
            "this role may not read every {}, so it can't be known whether {id} is still there; pull as a role that may",
            id.kind.name()
        )));
    }
    let differences = differences(schema, &declared, Positions::Ignored);
    if !unmodelled.is_empty() {
        terminal.complain(super::unmodelled(unmodelled));
    }
    if differences.is_empty() {
        terminal.say("the declaration is what the database has; nothing was written");
        terminal.json(&json!({ "written": [], "unmodelled": unmodelled }));
        return Ok(ExitCode::SUCCESS);
    }
    let pulled = proved(server, schema)?;
    let written = Plan::of(&project, &pulled, &differences, schema)?;
    check(&project, &written, server, schema)?;
    let owned =
        Owned { index: Some(INDEX.into()), except: written.kept.iter().map(Into::into).collect(), ..Owned::default() };
    let artifacts: Vec<Artifact> = written.files.iter().map(|(path, text)| fresh::whole(path, text.clone())).collect();
    let report = output::settle(&common.root, artifacts, &owned, Mode::Write).map_err(Failure::Unwritable)?;
    generate::say(terminal, &report);
    super::doubts(terminal, &pulled);
    terminal.say(format!("the declaration has changed; make a migration of it: {}", command("new NAME")));
    terminal.json(&json!({ "written": report.written, "removed": report.removed, "unmodelled": unmodelled }));
    Ok(ExitCode::SUCCESS)
}

/// Which files are written, and which stay as people have them.
struct Plan {
    files: BTreeMap<String, String>,
    kept: BTreeSet<String>,
}

impl Plan {
    fn of(project: &Project, pulled: &Pulled, differences: &[Difference], schema: &Schema) -> Result<Self, Failure> {
        let noted = noted(project);
        let touched = touched(project, differences, schema);
        let mut plan = Plan { files: BTreeMap::new(), kept: BTreeSet::new() };
        let mut refusals = Vec::new();
        for (path, text) in &pulled.declaration.files {
            match fs::read_to_string(project.root.join(path)) {
                Ok(there) if there == *text => drop(plan.files.insert(path.clone(), there)),
                Ok(there) if noted.get(path) != Some(&hash(&there)) => drop(plan.kept.insert(path.clone())),
                _ => drop(plan.files.insert(path.clone(), text.clone())),
            }
        }
        for (path, ids) in &touched {
            let is_ours = plan.files.contains_key(path)
                || noted.get(path).is_some_and(|known| Some(known) == there(project, path).as_ref());
            if !is_ours {
                refusals.push(refusal(path, ids));
            }
        }
        if refusals.is_empty() { Ok(plan) } else { Err(Failure::Unreadable(refusals)) }
    }
}

/// The files that declare something that differs, and what that is.
fn touched(project: &Project, differences: &[Difference], schema: &Schema) -> BTreeMap<String, Vec<String>> {
    let raw: BTreeMap<String, Id> = project.declared.places.keys().map(|id| (pull::name(id), id.clone())).collect();
    let mut touched: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for difference in differences {
        let mut at = Some(difference.id.clone());
        while let Some(id) = at {
            let declared = raw.get(&pull::name(&id)).unwrap_or(&id);
            let place = project.declared.places.get(declared);
            if let Some(file) = place.and_then(|place| project.sources.file(place.file)) {
                let told = difference.to_string();
                touched
                    .entry(file.path.clone())
                    .or_default()
                    .push(told.lines().next().unwrap_or_default().trim_end_matches(':').to_owned());
                break;
            }
            let object = difference.expected.as_ref().or(difference.found.as_ref()).filter(|_| id == difference.id);
            at = schema.owner(&id).cloned().or_else(|| object.and_then(|object| object.owner()));
        }
    }
    touched
}

fn refusal(path: &str, differing: &[String]) -> String {
    let list: String = differing.iter().map(|line| format!("\n  {line}")).collect();
    format!(
        "{path} was written or edited by hand, and the database differs from it:{list}\nchange the file, or the database ({} plans the way); nothing was written",
        command("diff --from URL --to declared")
    )
}

/// Whether the files together are still a declaration, and that of the database.
fn check(project: &Project, plan: &Plan, server: &Server, schema: &Schema) -> Result<(), Failure> {
    let noted = noted(project);
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let (files, scripts) = (&project.sources.files, &project.sources.scripts);
    texts.extend(files.iter().chain(scripts).map(|file| (file.path.clone(), file.text.clone())));
    texts.extend(project.sources.bodies.clone());
    // What a pull wrote before and writes no longer goes.
    texts.retain(|path, text| {
        plan.kept.contains(path)
            || !path.starts_with(SOURCE)
            || noted.get(path) != Some(&hash(text))
            || plan.files.contains_key(path)
    });
    texts.extend(plan.files.clone());
    let sources = Sources::of(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let declared = match read::declared(&sources) {
        Ok(declared) => declared,
        Err(faults) => return Err(Failure::Faulty(Box::new(sources), faults)),
    };
    let built = prove::built(server, &declared.schema).map_err(|refused| unreadable(refused.error.to_string()))?;
    let left = differences(schema, &built, Positions::Ignored);
    if left.is_empty() {
        return Ok(());
    }
    let list: String =
        left.iter().map(|it| format!("\n  {}", it.to_string().trim_end().replace('\n', "\n  "))).collect();
    Err(unreadable(format!(
        "with the files that people wrote, the declaration would not be the database; nothing was written:{list}"
    )))
}

/// What pulls have written: the hash of each file.
fn noted(project: &Project) -> BTreeMap<String, String> {
    let text = fs::read_to_string(project.root.join(INDEX)).unwrap_or_default();
    let index: Value = serde_json::from_str(&text).unwrap_or_default();
    let files = index.get("files").and_then(Value::as_object).cloned().unwrap_or_default();
    files.into_iter().filter_map(|(path, hash)| Some((path, hash.as_str()?.to_owned()))).collect()
}

fn there(project: &Project, path: &str) -> Option<String> {
    fs::read_to_string(project.root.join(path)).ok().map(|text| hash(&text))
}

fn hash(text: &str) -> String {
    format!("{:x}", Sha256::digest(text.as_bytes()))
}
