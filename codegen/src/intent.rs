//! From an intent, as it is written, to what the planner is asked for; and what the plan leaves unanswered.

use std::collections::{BTreeMap, BTreeSet};

use tablewright_syntax::{AcceptDecl, BatchDecl, Diagnostic, MigrationDecl, RollbackPolicy, Spanned};

use crate::kinds::{Batch, Kind, Renaming};
use crate::lint::{Group, Hazard, Level};
use crate::model::{Id, Statement, parse_id};
use crate::plan::{Aspect, Backfill, Heading, Loss, Migration, Moment, PlanError, Policy, Wishes};
use crate::sql::Style;

/// A loss that nobody has accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unaccepted(pub Loss);

/// What the intent asks of the planner; every object that can't be understood is reported.
pub fn wishes(intent: &MigrationDecl, policy: Option<Policy>, style: &Style) -> Result<Wishes, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    let policy = policy.unwrap_or_else(|| chosen(intent));
    let mut id = |text: &Spanned<String>| match parse_id(text) {
        Ok(id) => Some(id),
        Err(message) => {
            errors.push(Diagnostic::new(intent.file, text.span, message.to_string()));
            None
        }
    };
    let headings = intent.sections.iter().map(|section| Heading {
        title: section.title.value.clone(),
        objects: section.objects.iter().filter_map(&mut id).collect(),
    });
    let headings: Vec<Heading> = headings.collect();
    let renames = intent
        .renames
        .iter()
        .filter_map(|it| Some(Renaming { from: id(&it.from)?, to: it.to.value.clone() }))
        .collect();
    let dropped = intent.accepts.iter().filter(|it| it.rule.is_none()).filter_map(|it| id(&it.object)).collect();
    let columns: Vec<Option<Id>> = intent.backfills.iter().map(|it| id(&as_column(&it.column))).collect();
    let fills = || intent.backfills.iter().zip(&columns).filter_map(|(it, column)| Some((it, column.clone()?)));
    let backfill = |column: Id, sql: &Spanned<String>, batch: Option<&BatchDecl>| Backfill {
        column,
        statement: Statement::new(sql.trim().trim_end_matches(';')),
        moment: Moment::BeforeFinalForm,
        batch: batch.map(|it| Batch {
            set: it.set.trim().to_owned(),
            only: it.only.trim().to_owned(),
            rows: it.rows,
            pause_ms: it.pause_ms,
            is_move: false,
        }),
    };
    let backfills = fills().map(|(it, column)| backfill(column, &it.sql, it.batch.as_ref())).collect();
    let rollback_backfills =
        fills().filter_map(|(it, column)| Some(backfill(column, it.rollback.as_ref()?, None))).collect();
    let label = format!("{:03}", intent.number.value);
    let style = style.clone();
    let rest = Wishes::default();
    let wishes = Wishes { style, policy, renames, backfills, rollback_backfills, headings, label, dropped, ..rest };
    if errors.is_empty() { Ok(wishes) } else { Err(errors) }
}

fn chosen(intent: &MigrationDecl) -> Policy {
    match intent.rollback {
        RollbackPolicy::Runnable => Policy::Runnable,
        RollbackPolicy::Exact => Policy::Exact,
        RollbackPolicy::Retained => Policy::Retained,
    }
}

/// A backfill names a column without saying that it is one.
fn as_column(text: &Spanned<String>) -> Spanned<String> {
    let said = text.value.starts_with("column ");
    Spanned::new(if said { text.value.clone() } else { format!("column {}", text.value) }, text.span)
}

/// What the intent says that fits nothing in the plan: an acceptance, a heading, a backfill.
pub fn unused(intent: &MigrationDecl, wishes: &Wishes, migration: &Migration, hazards: &[Hazard]) -> Vec<Diagnostic> {
    let fault =
        |at: &Spanned<String>, message: String, help: &str| Diagnostic::new(intent.file, at.span, message).help(help);
    let changed: BTreeSet<Id> =
        migration.up.steps().flat_map(|step| step.changes().map(|change| change.id())).collect();
    let mut faults = Vec::new();
    for accept in &intent.accepts {
        let Ok(id) = parse_id(&accept.object) else { continue };
        let fits = match &accept.rule {
            None => {
                let kept = migration.kept.iter().any(|kept| kept.id == id);
                kept || migration.losses.iter().any(|loss| loss.id == id)
            }
            Some(rule) => hazards.iter().any(|hazard| hazard.rule == rule.as_str() && hazard.object == id.to_string()),
        };
        if !fits {
            let what = accept.rule.as_ref().map_or("loss".to_owned(), |rule| format!("hazard `{}`", rule.value));
            faults.push(fault(
                &accept.object,
                format!("this acceptance matches nothing: there is no {what} of {id}"),
                "take it out, or correct the object's name",
            ));
        }
    }
    for (section, heading) in intent.sections.iter().zip(&wishes.headings) {
        for (text, id) in section.objects.iter().zip(&heading.objects).filter(|(_, id)| !changed.contains(id)) {
            faults.push(fault(
                text,
                format!("nothing happens to {id}, so it can't stand under a heading"),
                "take it out, or correct the object's name",
            ));
        }
    }
    for (backfill, wish) in
        intent.backfills.iter().zip(&wishes.backfills).filter(|(_, wish)| !changed.contains(&wish.column))
    {
        faults.push(fault(
            &backfill.column,
            format!("nothing happens to {}, so there is no place for its backfill", wish.column),
            "take it out, or correct the column's name",
        ));
    }
    faults
}

/// The losses of data that the intent does not accept.
pub fn unaccepted(wishes: &Wishes, migration: &Migration) -> Vec<Unaccepted> {
    let accepted = |id: &Id| wishes.dropped.contains(id) || wishes.dropped.contains(&migration.before.root(id));
    let data = migration.losses.iter().filter(|loss| loss.aspect == Aspect::Data && !accepted(&loss.id));
    data.cloned().map(Unaccepted).collect()
}

/// The hazards that a human has to accept by name, and the intent does not. Who accepts a loss has accepted that data goes.
pub fn refused(intent: &MigrationDecl, wishes: &Wishes, migration: &Migration, hazards: &[Hazard]) -> Vec<Hazard> {
    let is_accepted = |hazard: &Hazard| {
        let lost = hazard.group == Group::DestroysData
            && (wishes.dropped.contains(&hazard.id) || wishes.dropped.contains(&migration.before.root(&hazard.id)));
        let named = |accept: &AcceptDecl| {
            let rule = accept.rule.as_ref().is_some_and(|rule| rule.value == hazard.rule);
            rule && parse_id(&accept.object).is_ok_and(|id| id == hazard.id)
        };
        lost || intent.accepts.iter().any(named)
    };
    hazards.iter().filter(|hazard| hazard.level == Level::Error && !is_accepted(hazard)).cloned().collect()
}

/// The objects whose losses are accepted, with the reason.
pub fn accepted(intent: &MigrationDecl) -> BTreeMap<Id, String> {
    let losses = intent.accepts.iter().filter(|it| it.rule.is_none());
    losses.filter_map(|it| Some((parse_id(&it.object).ok()?, it.because.value.clone()))).collect()
}

/// Where a fault of the plan is in the intent, if it is there.
pub fn located(intent: &MigrationDecl, error: &PlanError) -> Vec<Diagnostic> {
    let PlanError::Renames(errors) = error else { return Vec::new() };
    let place = |from: &Id| intent.renames.iter().find(|it| parse_id(&it.from).is_ok_and(|id| id == *from));
    errors
        .iter()
        .filter_map(|it| Some(Diagnostic::new(intent.file, place(&it.from)?.from.span, it.message.clone())))
        .collect()
}

/// Both ways out of a drop and a create that could be a rename, as they are written in the lists `renames` and
/// `accepts` of an intent.
pub fn resolutions(dropped: &Id, created: &Id) -> [String; 2] {
    let rename = format!("Rename {{ from: {:?}, to: {:?} }}", short(dropped), created.name());
    [rename, acceptance(&whole(dropped))]
}

/// The acceptance of a loss, as it is written in the list `accepts` of an intent.
pub fn acceptance(id: &Id) -> String {
    format!("Accept::Loss {{ object: {:?}, because: \"...\" }}", short(id))
}

/// An id as people write it: without the schema `public`.
pub fn short(id: &Id) -> String {
    let text = id.to_string();
    let schema = if id.kind.hangs_on_others() { 1 } else { 0 };
    let shortened = id.path.len() > schema + 1 && id.path[schema] == "public";
    if shortened { text.replacen("public.", "", 1) } else { text }
}

/// The object that a part such as a value of an enum belongs to.
fn whole(id: &Id) -> Id {
    if id.kind == Kind::Enumeration && id.path.len() > 2 { Id::new(id.kind, &id.path[..2]) } else { id.clone() }
}
