//! The intents of migrations.

use syn::spanned::Spanned as _;

use super::super::faults::Faults;
use super::fields::Fields;
use super::value::{exports, filled, last, line, list, number, option, plain, unknown_variant, variant};
use crate::{
    AcceptDecl, BackfillDecl, BatchDecl, DeployKind, MigrationDecl, NoticeDecl, RenameDecl, RollbackPolicy,
    SectionDecl, Text,
};

const POLICIES: [(&str, RollbackPolicy); 3] =
    [("Runnable", RollbackPolicy::Runnable), ("Exact", RollbackPolicy::Exact), ("Retained", RollbackPolicy::Retained)];

const DEPLOYS: [(&str, DeployKind); 2] = [("AtOnce", DeployKind::AtOnce), ("Rolling", DeployKind::Rolling)];

/// `Migration { number: 153, name: "...", title: "...", reason: "...", ... }`
pub(super) fn migration(faults: &mut Faults, rust: Text, value: &syn::Expr) -> Option<MigrationDecl> {
    let mut fields = Fields::of(faults, "Migration", value)?;
    let number = fields.required(faults, "number", number);
    let name = fields.required(faults, "name", file_name);
    let title = fields.required(faults, "title", line);
    let reason = fields.required(faults, "reason", reason);
    let policy = |faults: &mut Faults, value: &syn::Expr| variant(faults, value, "Rollback", &POLICIES);
    let rollback = fields.optional(faults, "rollback", policy).flatten();
    let kind = |faults: &mut Faults, value: &syn::Expr| variant(faults, value, "Deploy", &DEPLOYS);
    let deploy = fields.optional(faults, "deploy", kind).flatten();
    let sections = each(faults, &mut fields, "sections", section);
    let renames = each(faults, &mut fields, "renames", rename);
    let backfills = each(faults, &mut fields, "backfills", backfill);
    let accepts = each(faults, &mut fields, "accepts", accept);
    let notices = each(faults, &mut fields, "notices", notice);
    fields.finish(faults);
    Some(MigrationDecl {
        file: faults.file(),
        rust,
        number: number??,
        name: name??,
        title: title??,
        reason: reason??,
        rollback: rollback.unwrap_or_default(),
        deploy: deploy.unwrap_or_default(),
        sections,
        renames,
        backfills,
        accepts,
        notices,
    })
}

/// A field that is a list, empty if nothing is said.
fn each<T>(
    faults: &mut Faults,
    fields: &mut Fields,
    name: &'static str,
    read: impl Fn(&mut Faults, &syn::Expr) -> Option<T>,
) -> Vec<T> {
    let values = fields.optional(faults, name, |faults, value| list(faults, value, read));
    values.unwrap_or_default()
}

/// The scaffold of an intent leaves it open, so this is the first fault that most authors see.
fn reason(faults: &mut Faults, value: &syn::Expr) -> Option<Text> {
    let text = super::value::text(faults, value)?;
    if text.value.trim().is_empty() {
        faults.advise(text.span, "the reason is empty", "say in a sentence why the migration is made");
    }
    // A carriage return would end the comment line that the reason stands in.
    if let Some(control) = text.value.chars().find(|c| c.is_control() && *c != '\n') {
        faults.at(text.span, format!("the reason contains the control character U+{:04X}", u32::from(control)));
    }
    Some(text)
}

/// Text that becomes part of a file's name.
fn file_name(faults: &mut Faults, value: &syn::Expr) -> Option<Text> {
    let name = line(faults, value)?;
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    if !name.value.chars().all(fits) || name.value.starts_with('.') {
        let help = "use letters, digits, `_` and `-`";
        faults.advise(name.span, "this becomes part of a file's name and can't", help);
    }
    Some(name)
}

fn section(faults: &mut Faults, value: &syn::Expr) -> Option<SectionDecl> {
    let mut fields = Fields::of(faults, "Section", value)?;
    let title = fields.required(faults, "title", line);
    let objects = fields.required(faults, "objects", |faults, value| list(faults, value, line));
    fields.finish(faults);
    Some(SectionDecl { title: title??, objects: objects? })
}

fn rename(faults: &mut Faults, value: &syn::Expr) -> Option<RenameDecl> {
    let mut fields = Fields::of(faults, "Rename", value)?;
    let from = fields.required(faults, "from", line);
    let to = fields.required(faults, "to", filled);
    fields.finish(faults);
    Some(RenameDecl { from: from??, to: to?? })
}

fn backfill(faults: &mut Faults, value: &syn::Expr) -> Option<BackfillDecl> {
    let mut fields = Fields::of(faults, "Backfill", value)?;
    let column = fields.required(faults, "column", line);
    let sql = fields.required(faults, "sql", filled);
    let rollback = fields.optional(faults, "rollback", |faults, value| option(faults, value, filled));
    let batch = fields.optional(faults, "batch", |faults, value| option(faults, value, batch));
    fields.finish(faults);
    Some(BackfillDecl { column: column??, sql: sql??, rollback: rollback.flatten(), batch: batch.flatten() })
}

fn batch(faults: &mut Faults, value: &syn::Expr) -> Option<BatchDecl> {
    let mut fields = Fields::of(faults, "Batch", value)?;
    let set = fields.required(faults, "set", filled);
    let only = fields.required(faults, "only", filled);
    let rows = fields.optional(faults, "rows", number).flatten();
    let pause = fields.optional(faults, "pause_ms", number).flatten();
    fields.finish(faults);
    if let Some(rows) = rows.as_ref().filter(|rows| rows.value == 0) {
        faults.advise(rows.span, "a batch of no rows never ends", "say how many rows one transaction goes through");
        return None;
    }
    let (rows, pause_ms) = (rows.map_or(10_000, |it| it.value), pause.map_or(0, |it| it.value));
    Some(BatchDecl { set: set??, only: only??, rows, pause_ms })
}

/// `Accept::Loss { object, because }`, `Accept::Hazard { rule, object, because }`
fn accept(faults: &mut Faults, value: &syn::Expr) -> Option<AcceptDecl> {
    let syn::Expr::Struct(literal) = plain(value) else {
        faults.at(value.span(), "expected `Accept::Loss { ... }` or `Accept::Hazard { ... }`");
        return None;
    };
    let kind = last(&literal.path);
    let of = match kind.value.as_str() {
        "Loss" => "Accept::Loss",
        "Hazard" => "Accept::Hazard",
        _ => {
            unknown_variant(faults, &kind, "Accept", &["Loss", "Hazard"]);
            return None;
        }
    };
    let mut fields = Fields::of_literal(faults, of, literal);
    let is_hazard = of == "Accept::Hazard";
    let rule = is_hazard.then(|| fields.required(faults, "rule", line).flatten());
    let object = fields.required(faults, "object", line);
    let because = fields.required(faults, "because", filled);
    fields.finish(faults);
    Some(AcceptDecl {
        // A hazard without its rule must not pass for a loss.
        rule: match rule {
            Some(rule) => Some(rule?),
            None => None,
        },
        object: object??,
        because: because??,
    })
}

fn notice(faults: &mut Faults, value: &syn::Expr) -> Option<NoticeDecl> {
    let mut fields = Fields::of(faults, "Notice", value)?;
    let team = fields.required(faults, "team", file_name);
    let name = fields.required(faults, "name", line);
    let writes = fields.optional(faults, "writes", exports);
    let reads = fields.optional(faults, "reads", exports);
    let actions = each(faults, &mut fields, "actions", filled);
    let deploy = fields.optional(faults, "deploy", deploy);
    fields.finish(faults);
    Some(NoticeDecl {
        team: team??,
        name: name??,
        writes: writes.unwrap_or_default(),
        reads: reads.unwrap_or_default(),
        actions,
        deploy: deploy.flatten(),
    })
}

/// `deploy: "..."`, `deploy: Some("...")`, `deploy: None`
fn deploy(faults: &mut Faults, value: &syn::Expr) -> Option<Text> {
    match plain(value) {
        syn::Expr::Lit(_) => filled(faults, value),
        _ => option(faults, value, filled),
    }
}
