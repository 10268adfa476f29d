//! The settings of a project.

use super::super::faults::Faults;
use super::super::names::MAX_NAME_BYTES;
use super::fields::Fields;
use super::value::{boolean, line, text, variant};
use crate::{ProjectDecl, Runner, Text};

const RUNNERS: [(&str, Runner); 2] = [("AsWritten", Runner::AsWritten), ("WrapsEachFile", Runner::WrapsEachFile)];

/// `Project { name: "...", migrations: "...", rollbacks: "...", ... }`
pub(super) fn project(faults: &mut Faults, value: &syn::Expr) -> Option<ProjectDecl> {
    let mut fields = Fields::of(faults, "Project", value)?;
    let name = fields.required(faults, "name", line);
    let migrations = fields.optional(faults, "migrations", folder);
    let rollbacks = fields.optional(faults, "rollbacks", folder);
    let drop_if_exists = fields.optional(faults, "drop_if_exists", boolean).flatten();
    let online = fields.optional(faults, "online", boolean).flatten();
    let runner = |faults: &mut Faults, value: &syn::Expr| variant(faults, value, "Runner", &RUNNERS);
    let runner = fields.optional(faults, "runner", runner).flatten();
    let unqualified = fields.optional(faults, "unqualified", text).flatten();
    fields.finish(faults);
    let name = name??;
    let default = |said: &str| Text::new(said.to_owned(), name.span);
    let migrations = migrations.unwrap_or_else(|| Some(default("migrations")))?;
    let rollbacks = rollbacks.unwrap_or_else(|| Some(default("rollbacks")))?;
    check_apart(faults, &migrations, &rollbacks);
    let unqualified = unqualified.unwrap_or_else(|| default("public"));
    if unqualified.value.len() > MAX_NAME_BYTES {
        super::super::names::check_name(faults, &unqualified);
    }
    Some(ProjectDecl {
        file: faults.file(),
        name,
        migrations,
        rollbacks,
        drop_if_exists: drop_if_exists.unwrap_or(false),
        online: online.unwrap_or(false),
        runner: runner.unwrap_or_default(),
        unqualified,
    })
}

/// A folder below `generated/`.
fn folder(faults: &mut Faults, value: &syn::Expr) -> Option<Text> {
    let text = line(faults, value)?;
    let is_part = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', ':']);
    if !text.value.trim().is_empty() && !text.value.split('/').all(is_part) {
        faults.advise(text.span, "this is not a folder below `generated`", "write it like `database/migrations`");
    }
    Some(text)
}

fn check_apart(faults: &mut Faults, migrations: &Text, rollbacks: &Text) {
    if migrations.value == rollbacks.value {
        let help = "a runner that executes the whole folder would execute the rollbacks too";
        faults.advise(rollbacks.span, "migrations and rollbacks stand in one folder", help);
    }
}
