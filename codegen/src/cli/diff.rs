//! `diff`: the way from any schema to any other, and back.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::json;

use super::terminal::Terminal;
use super::{Common, Outcome, json as machine};
use crate::compare::{self, CompareError, Comparison, Side};
use crate::emit::migration::{self, script};
use crate::intent::short;
use crate::kinds::Renaming;
use crate::lint;
use crate::model::parse_id;
use crate::output;
use crate::plan::PlanError;
use crate::run::{self, Failure};
use crate::sql::Style;

/// Both sides, and where the ways between them go.
#[derive(clap::Args)]
pub struct Args {
    /// Where the way up starts
    #[arg(long, value_name = "SIDE")]
    from: String,
    /// Where the way up leads
    #[arg(long, value_name = "SIDE")]
    to: String,
    /// Write the way up into this file
    #[arg(long, value_name = "FILE")]
    up: Option<PathBuf>,
    /// Write the way down into this file
    #[arg(long, value_name = "FILE")]
    down: Option<PathBuf>,
    /// An object that keeps its data under a new name: `table:public.a=b`, `column:t.a=b`; can be repeated
    #[arg(long, value_name = "KIND:OLD=NEW")]
    rename: Vec<String>,
    /// Fail if a database holds what no kind describes
    #[arg(long)]
    strict: bool,
}

/// Plans both ways; 2 if there is something to do and no file to write it to.
pub fn run(common: &Common, terminal: &Terminal, args: &Args) -> Outcome {
    let (from, to) = both(Side::parse(&args.from), Side::parse(&args.to))?;
    for warning in [&from, &to].into_iter().flat_map(Side::warnings) {
        terminal.complain(format!("warning: {warning}"));
    }
    let renames = renames(&args.rename)?;
    let policy = common.policy().unwrap_or_default();
    let project = (from.is_ours() || to.is_ours()).then(|| run::read(&common.root)).transpose()?;
    let mut sides = compare::sides(&from, &to, project.as_ref(), &common.root).map_err(failure)?;
    (sides.style.online, sides.style.wrapped) = (common.online, common.split);
    let comparison = compare::plan(&sides, policy, renames).map_err(failure)?;
    if args.strict && !comparison.unmodelled.is_empty() {
        return Err(unreadable(unmodelled(&comparison)));
    }
    let planned = &comparison.migration;
    let (from, to) = (from.to_string(), to.to_string());
    let (up, down) = (script::up(planned, &from, &to), script::down(planned, policy, &from, &to));
    let files: Vec<(PathBuf, &str)> =
        named(args.up.as_deref(), &up).chain(named(args.down.as_deref(), &down)).collect();
    let left = left_over([args.up.as_deref(), args.down.as_deref()], &files);
    if common.split && !left.is_empty() {
        return Err(unreadable(format!(
            "{}: left from an earlier run that wrote more parts; remove what is no longer part of it, and run this again",
            left.join(", ")
        )));
    }
    let files: Vec<(&Path, &str)> = files.iter().map(|(path, text)| (path.as_path(), *text)).collect();
    output::put(&files).map_err(|error| Failure::Unwritable(vec![error]))?;
    say(terminal, (&comparison, &sides.style), files.is_empty().then(|| up.concat()).as_deref());
    let code = if planned.is_empty() || !files.is_empty() { 0 } else { 2 };
    // The command ends here, and with it all of its memory: taking two schemas apart object by object is for nothing.
    std::mem::forget((sides, comparison));
    Ok(ExitCode::from(code))
}

/// Files of an earlier run that would be taken for parts of the same way, and are none.
fn left_over(asked: [Option<&Path>; 2], files: &[(PathBuf, &str)]) -> Vec<String> {
    let beside = |file: &Path| -> Vec<PathBuf> {
        let folder = file.parent().filter(|it| !it.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let is_part = |name: &str| {
            let part = name.strip_prefix(&stem).and_then(|rest| rest.strip_suffix(".sql"));
            part.is_some_and(|part| part.is_empty() || migration::is_suffix(part))
        };
        let names = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
        names.filter(|name| is_part(&name.to_string_lossy())).map(|name| file.with_file_name(name)).collect()
    };
    let found = asked.into_iter().flatten().flat_map(beside).filter(|path| files.iter().all(|(file, _)| file != path));
    let mut found: Vec<String> = found.map(|path| path.display().to_string()).collect();
    found.sort();
    found
}

/// The texts of one way with the files that they are written to: `FILE`, or `FILE` with the number of each part in its
/// name, if there are several.
fn named<'a>(file: Option<&'a Path>, texts: &'a [String]) -> impl Iterator<Item = (PathBuf, &'a str)> {
    let path = |file: &Path, part: usize| match migration::suffix(part, texts.len()).as_str() {
        "" => file.to_owned(),
        suffix => {
            let name = file.file_name().unwrap_or_default().to_string_lossy();
            file.with_file_name(format!("{}{suffix}.sql", name.trim_end_matches(".sql")))
        }
    };
    let of_it = file.into_iter().flat_map(move |file| texts.iter().enumerate().map(move |it| (file, it)));
    of_it.map(move |(file, (at, text))| (path(file, at + 1), text.as_str()))
}

fn both(from: Result<Side, String>, to: Result<Side, String>) -> Result<(Side, Side), Failure> {
    match (from, to) {
        (Ok(from), Ok(to)) => Ok((from, to)),
        (from, to) => {
            let named = [("--from", from.err()), ("--to", to.err())];
            Err(Failure::Unreadable(
                named.into_iter().filter_map(|(name, error)| Some(format!("{name}: {}", error?))).collect(),
            ))
        }
    }
}

/// What `--rename` says: kind and old name, then the last part of the new name.
fn renames(texts: &[String]) -> Result<Vec<Renaming>, Failure> {
    let read = |text: &String| {
        let form = || format!("--rename {text}: write it like `table:public.a=b` or `column:public.t.a=b`");
        let (old, new) = text.rsplit_once('=').ok_or_else(form)?;
        let (kind, path) = old.split_once(':').ok_or_else(form)?;
        let from = parse_id(&format!("{kind} {path}")).map_err(|fault| format!("--rename {text}: {fault}"))?;
        let to = parse_id(&format!("schema {new}")).map_err(|fault| format!("--rename {text}: {fault}"))?;
        Ok(Renaming { from, to: to.name().to_owned() })
    };
    let (good, bad): (Vec<_>, Vec<_>) = texts.iter().map(read).partition(Result::is_ok);
    let errors: Vec<String> = bad.into_iter().filter_map(Result::err).collect();
    if errors.is_empty() { Ok(good.into_iter().flatten().collect()) } else { Err(Failure::Unreadable(errors)) }
}

fn say(terminal: &Terminal, (comparison, style): (&Comparison, &Style), up: Option<&str>) {
    let migration = &comparison.migration;
    if terminal.is_json() {
        let mut value = machine::migration(migration, &lint::lint(migration, style));
        value["unmodelled"] = json!(comparison.unmodelled);
        value["could_be_renames"] = comparison
            .ambiguities
            .iter()
            .map(|it| json!({ "dropped": it.dropped.to_string(), "created": it.created.to_string() }))
            .collect();
        return terminal.json(&value);
    }
    if let Some(up) = up {
        terminal.say(up.trim_end());
    }
    for it in &comparison.ambiguities {
        let (kind, old) = (it.dropped.kind.name(), it.dropped.dotted());
        terminal.complain(format!(
            "note: {} goes and {} comes; if that is a rename: --rename '{kind}:{old}={}'",
            short(&it.dropped),
            short(&it.created),
            crate::sql::ident(it.created.name())
        ));
    }
    if !comparison.unmodelled.is_empty() {
        terminal.complain(unmodelled(comparison));
    }
}

/// What no kind describes, counted: `unmodelled: 3 casts`.
fn unmodelled(comparison: &Comparison) -> String {
    let counted: Vec<String> = comparison.unmodelled.iter().map(|(what, count)| format!("{count} {what}")).collect();
    format!("unmodelled: {}", counted.join(", "))
}

fn failure(error: CompareError) -> Failure {
    match error {
        CompareError::Plan(PlanError::Cycle(cycle)) => Failure::Cycle(cycle),
        other => unreadable(other.to_string()),
    }
}

fn unreadable(message: String) -> Failure {
    Failure::Unreadable(vec![message])
}
