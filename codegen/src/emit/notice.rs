//! The notice to a team: what the open migration changes for what they write and read, and what they must do.
//!
//! What changes and what breaks is computed from the two schemas; what to do is as a human declared it.

mod effect;

use tablewright_syntax::{NoticeDecl, Text};

use super::upsert::{Key, capitalised, file_safe, upserts};
use super::{Open, World, facts, markdown, migration, reference};
use crate::diff::diff;
use crate::kinds::{Kind, Renaming};
use crate::model::{Change, Id, Schema};
use crate::output::{Artifact, Content};
use effect::{Effect, effect};

/// One file per team that the open migration tells.
pub fn emit(world: &World) -> Vec<Artifact> {
    let Some(open) = &world.open else { return Vec::new() };
    open.intent.notices.iter().map(|notice| artifact(world, open, notice)).collect()
}

fn artifact(world: &World, open: &Open, notice: &NoticeDecl) -> Artifact {
    let path = format!("generated/notices/{:03}-{}.md", open.intent.number.value, file_safe(&notice.team));
    Artifact { path: path.into(), content: Content::Whole(text(world, open, notice)) }
}

fn text(world: &World, open: &Open, notice: &NoticeDecl) -> String {
    let intent = open.intent;
    let tables = told_of(world, notice);
    let effects = effects(open, &tables);
    let breaks: Vec<String> =
        effects.iter().flat_map(|(_, effects)| effects).filter_map(|it| it.breaks.clone()).collect();
    let head = format!(
        "# Migration {}: notice to {}\n\n{}.\n\nWhy: {}.\n",
        intent.number.value,
        markdown::text(&notice.name),
        sentence(&intent.title),
        sentence(&intent.reason),
    );
    let sections = [
        section("What changes", &changes(&tables, &effects)),
        section("What breaks", &markdown::list(&breaks)),
        section("Conflict targets", &conflict_targets(open, &tables)),
        section("What you must do", &numbered(&notice.actions)),
        section("In which order to deploy", &order(world, open, notice)),
        section("The statements to use now", &statements(world, notice)),
        section("What is lost", &losses(open, &tables)),
    ];
    head + &sections.concat()
}

/// What a human says of the order, and what was seen when both versions were tried on both schemas.
fn order(world: &World, open: &Open, notice: &NoticeDecl) -> String {
    let said = notice.deploy.as_ref().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" ") + "\n");
    let proof = world.proofs.iter().find(|proof| proof.migration == migration::stem(open));
    let seen = proof.and_then(|proof| proof.deploy.as_ref()).map(|deploy| {
        let [old, new] = [&deploy.old_on_new, &deploy.new_on_old].map(Vec::len);
        format!(
            "Tried on a server: **{}**: {}.\nOf {} statements of the version before, the new schema refuses {old}; of {} statements of the version after, the old schema refuses {new}.\n",
            deploy.verdict, deploy.meaning, deploy.tried[0], deploy.tried[1]
        )
    });
    said.into_iter().chain(seen).collect::<Vec<_>>().join("\n")
}

/// A table that a team is told of.
struct Told<'a> {
    id: Id,
    name: &'a str,
    writes: bool,
}

/// The tables that a team writes, then those that it only reads.
fn told_of<'a>(world: &World<'a>, notice: &NoticeDecl) -> Vec<Told<'a>> {
    let names = notice.writes.iter().map(|it| (it, true)).chain(notice.reads.iter().map(|it| (it, false)));
    let mut told: Vec<Told> = Vec::new();
    for (name, writes) in names {
        let Some(table) = world.tables.get(name.value.as_str()) else { continue };
        let id = facts::table_id(table);
        if told.iter().all(|other| other.id != id) {
            told.push(Told { id, name: &table.name.value, writes });
        }
    }
    told
}

/// What changes for each of the tables.
fn effects<'a>(open: &Open, tables: &'a [Told]) -> Vec<(&'a Told<'a>, Vec<Effect>)> {
    let (before, changes) = changes_of(open);
    let after = &open.migration.after;
    let of_table = |table: &'a Told<'a>| {
        let touches = |change: &&Change| touches(&before, after, &table.id, change);
        (table, changes.iter().filter(touches).filter_map(|change| effect(change, after)).collect())
    };
    tables.iter().map(of_table).collect()
}

/// The net changes, renames as such; and the schema before under its new names.
fn changes_of(open: &Open) -> (Schema, Vec<Change>) {
    let migration = open.migration;
    let steps = migration.up.steps().flat_map(|step| step.changes());
    let mut changes: Vec<Change> = steps.filter(|change| matches!(change, Change::Rename { .. })).cloned().collect();
    let mut before = migration.before.clone();
    for change in &changes {
        let Some((from, to)) = change.before().zip(change.after()) else { continue };
        let rename = Renaming { from: from.id(), to: to.id().name().to_owned() };
        before = before.renamed(&rename).unwrap_or(before);
    }
    changes.extend(diff(&before, &migration.after));
    (before, changes)
}

/// Whether a change is about a table, one of its parts, or a type of its columns.
fn touches(before: &Schema, after: &Schema, table: &Id, change: &Change) -> bool {
    let id = change.id();
    let is_part = [before, after].iter().any(|schema| schema.contains(&id) && schema.root(&id) == *table);
    let is_type = matches!(id.kind, Kind::Enumeration | Kind::Domain)
        && facts::columns(after, table).iter().any(|column| after.needs(&facts::column_id(column)).any(|it| *it == id));
    is_part || is_type
}

fn changes(tables: &[Told], effects: &[(&Told, Vec<Effect>)]) -> String {
    let part = |(table, effects): &(&Told, Vec<Effect>)| {
        let role = if table.writes { "you write it" } else { "you read it" };
        let items: Vec<String> = effects.iter().map(|effect| effect.what.clone()).collect();
        let items =
            if items.is_empty() { "Nothing changes in this table.\n".to_owned() } else { markdown::list(&items) };
        format!("### {} ({role})\n\n{items}", markdown::code(table.name))
    };
    let parts: Vec<String> = effects.iter().map(part).collect();
    if tables.is_empty() { String::new() } else { parts.join("\n") }
}

/// What `ON CONFLICT` may name: what is gone, what is new.
fn conflict_targets(open: &Open, tables: &[Told]) -> String {
    let migration = open.migration;
    let keys = |schema: &Schema, table: &Id| {
        facts::parts(schema, table).filter_map(Key::of).map(|key| (key.conflict_target(), key.name)).collect::<Vec<_>>()
    };
    let line = |table: &Told| {
        let (old, new) = (keys(&migration.before, &table.id), keys(&migration.after, &table.id));
        let gone = old.iter().filter(|(target, _)| new.iter().all(|(other, _)| other != target));
        let gone = gone.map(|(target, name)| row(table.name, target, name, "gone: a statement that names it fails"));
        let fresh = new.iter().filter(|(target, _)| old.iter().all(|(other, _)| other != target));
        let fresh = fresh.map(|(target, name)| {
            row(table.name, target, name, "new: a statement that names it fails before the migration")
        });
        gone.chain(fresh).collect::<Vec<_>>()
    };
    let rows: Vec<Vec<String>> = tables.iter().filter(|table| table.writes).flat_map(line).collect();
    if rows.is_empty() { String::new() } else { markdown::table(&["Table", "ON CONFLICT", "Decided by", "Now"], &rows) }
}

fn row(table: &str, target: &str, name: &str, now: &str) -> Vec<String> {
    vec![markdown::code(table), markdown::code(target), markdown::code(name), now.to_owned()]
}

fn statements(world: &World, notice: &NoticeDecl) -> String {
    let is_theirs = |rust: &Text| notice.writes.iter().any(|written| written == rust);
    let texts = upserts(world).into_iter().filter(|upsert| is_theirs(&upsert.table.rust));
    texts.map(|upsert| reference::upsert_text(world, &upsert)).collect::<Vec<_>>().join("\n")
}

/// What is lost in their tables, and why that was accepted.
fn losses(open: &Open, tables: &[Told]) -> String {
    let schema = &open.migration.before;
    let theirs = open.migration.losses.iter().filter(|loss| tables.iter().any(|it| schema.root(&loss.id) == it.id));
    let line = |loss: &crate::plan::Loss| {
        let accepted = open.accepted.get(&loss.id).filter(|_| loss.aspect == crate::plan::Aspect::Data);
        let because = accepted.map(|why| format!(" (accepted, since {})", markdown::text(why))).unwrap_or_default();
        let when = if loss.aspect == crate::plan::Aspect::Data {
            "the migration destroys"
        } else {
            "a rollback does not bring back"
        };
        format!("{}: {when} {}{because}", markdown::code(&loss.id.to_string()), markdown::text(&loss.what))
    };
    markdown::list(&theirs.map(line).collect::<Vec<_>>())
}

fn section(title: &str, body: &str) -> String {
    if body.is_empty() { String::new() } else { format!("\n## {title}\n\n{body}") }
}

/// Declared texts are Markdown already.
fn numbered(items: &[Text]) -> String {
    items.iter().enumerate().map(|(at, item)| format!("{}. {}\n", at + 1, markdown::one_line(item))).collect()
}

fn sentence(text: &str) -> String {
    markdown::text(&capitalised(text.trim().trim_end_matches('.')))
}
