//! What has no words: SQL of its own.

use std::collections::{BTreeMap, BTreeSet};

use super::page::Written;
use super::places::Places;
use super::world::{World, raw_name};
use crate::kinds::{Kind, Object, RawName};
use crate::model::Id;
use crate::plan::Plan;
use crate::sql::Style;

/// Writes the raw objects, and the facts that stand beside objects in Rust: paths below `schema/src` and texts. `bodies`
/// are there already.
pub fn files<'a>(world: &World, bodies: impl Iterator<Item = &'a String>) -> BTreeMap<String, Written> {
    let (mut files, mut places) = (BTreeMap::new(), Places::beside(bodies));
    let mut groups: BTreeMap<Id, Vec<&Id>> = BTreeMap::new();
    for id in world.forms.raw().filter(|id| !world.forms.is_absent(id)) {
        groups.entry(head(world, id)).or_default().push(id);
    }
    for (head, members) in groups {
        let members =
            members.into_iter().filter_map(|id| Some((id, world.schema.get(id)?.as_ref()))).collect::<Vec<_>>();
        let written = object(world, &head, &members);
        add(&mut files, places.of(world, &head), &head, &written);
    }
    for (id, fact) in world.forms.facts() {
        let header = header(&fact_name(id), Some(&world.reference(id)), &BTreeSet::new(), None);
        add(&mut files, places.of(world, id), id, &text(&header, &fact.create, &fact.drop));
    }
    files
}

/// `fact column.public.notes.title`
fn fact_name(id: &Id) -> String {
    let path: Vec<&str> = std::iter::once(id.kind.name()).chain(id.path.iter().map(String::as_str)).collect();
    RawName::written("fact", &path)
}

/// Adds an object to its file, below those that are in it.
fn add(files: &mut BTreeMap<String, Written>, path: String, id: &Id, text: &str) {
    let file = files.entry(path).or_insert_with(|| Written::plain(String::new()));
    if !file.text.is_empty() {
        file.text.push('\n');
    }
    file.marks.push((file.text.matches('\n').count() + 1, id.clone()));
    file.text += text;
}

/// The object that says this raw one in its own SQL: itself, its owner, or for a right the object that it is about.
pub fn head(world: &World, id: &Id) -> Id {
    let mut head = id.clone();
    while let Some(owner) = world.schema.owner(&head) {
        let is_folded = matches!(
            head.kind,
            Kind::Column
                | Kind::PrimaryKey
                | Kind::Unique
                | Kind::Check
                | Kind::Exclusion
                | Kind::Index
                | Kind::Inheritance
                | Kind::RowSecurity
        );
        let hangs = is_folded || head.kind.hangs_on_others();
        if !(hangs && world.forms.is_raw(owner) || is_right(&head)) {
            break;
        }
        head = owner.clone();
    }
    head
}

/// Rights stand together for each object that they are about.
fn is_right(id: &Id) -> bool {
    matches!(id.kind, Kind::Owner | Kind::Grant)
}

/// The name of what is declared: a raw object, or the rights on one that is written in Rust.
fn group_name(world: &World, head: &Id) -> String {
    if world.forms.is_raw(head) {
        return raw_name(head);
    }
    let path: Vec<&str> = std::iter::once(head.kind.name()).chain(head.path.iter().map(String::as_str)).collect();
    RawName::written("grant", &path)
}

/// The SQL of one object and of what is said with it.
fn object(world: &World, head: &Id, members: &[(&Id, &Object)]) -> String {
    let style = Style::default();
    let is_raw = world.forms.is_raw(head);
    let needs = needs(world, head, members);
    let create = planned(world, members, &style).unwrap_or_else(|| create(head, members, &style));
    let dropped: Vec<&(&Id, &Object)> = match is_raw {
        true => members.iter().filter(|(id, _)| *id == head).collect(),
        false => members.iter().rev().collect(),
    };
    let drop: Vec<String> = dropped.iter().flat_map(|(_, it)| it.drop(&style)).map(|it| it.sql).collect();
    let owner = if is_raw { world.schema.owner(head).map(|owner| head_of(world, owner)) } else { Some(head.clone()) };
    let owner = owner.map(|owner| world.reference(&owner));
    let why =
        members.iter().find_map(|(id, _)| world.levels.why(id)).map(|why| format!("There are no words for it: {why}"));
    text(&header(&group_name(world, head), owner.as_deref(), &needs, why.as_deref()), &create, &drop)
}

fn head_of(world: &World, id: &Id) -> Id {
    if world.forms.is_raw(id) { head(world, id) } else { id.clone() }
}

fn head_or_whole(world: &World, id: &Id) -> Id {
    if world.forms.is_raw(id) { head(world, id) } else { world.whole(id) }
}

/// The statements that a plan makes an object with, where what it is told together stands in an order of its own. None:
/// they can't be told from those of others.
fn planned(world: &World, members: &[(&Id, &Object)], style: &Style) -> Option<Vec<String>> {
    if members.len() == 1 {
        return None;
    }
    let own: BTreeSet<&Id> = members.iter().map(|(id, _)| *id).collect();
    let (mut all, mut open) = (own.clone(), own.iter().copied().collect::<Vec<_>>());
    while let Some(id) = open.pop() {
        open.extend(world.schema.needs(id).filter(|need| world.schema.contains(need) && all.insert(*need)));
    }
    let some = |is_there: &dyn Fn(&Id) -> bool| {
        let ids = all.iter().filter(|id| is_there(id)).filter_map(|id| world.schema.get(id));
        world.schema.with_objects(ids.cloned()).ok()
    };
    let (before, after) = (some(&|id| !own.contains(id))?, some(&|_| true)?);
    let plan = Plan::between(&before, &after, style, &[], &[]).ok()?;
    let statements = plan.steps().flat_map(|step| step.statements.iter().map(|it| it.sql.clone()));
    Some(statements.collect::<Vec<_>>()).filter(|statements| !statements.is_empty())
}

/// The statements that make an object: what can stand inside of the first of them does.
fn create(id: &Id, members: &[(&Id, &Object)], style: &Style) -> Vec<String> {
    let mut ordered: Vec<&(&Id, &Object)> = members.iter().filter(|(other, _)| *other != id).collect();
    ordered.sort_by_key(|(other, object)| (other.kind, object.position(), (*other).clone()));
    let is_part = |object: &Object| object.owner().as_ref() == Some(id);
    let clause = |object: &Object| object.clause(style).filter(|_| is_part(object));
    let clauses: Vec<String> = ordered.iter().filter_map(|(_, object)| clause(object)).collect();
    let own = members.iter().find(|(other, _)| *other == id);
    let mut statements: Vec<String> =
        own.into_iter().flat_map(|(_, it)| it.create_with(style, &clauses)).map(|it| it.sql).collect();
    let rest = ordered.iter().filter(|(_, object)| clause(object).is_none());
    statements.extend(rest.flat_map(|(_, object)| object.create(style)).map(|it| it.sql));
    statements
}

/// What it needs besides what it is a part of.
fn needs(world: &World, id: &Id, members: &[(&Id, &Object)]) -> BTreeSet<String> {
    let all = members.iter().flat_map(|(member, _)| world.schema.needs(member).chain(world.forms.waits_for(member)));
    let heads = all.filter(|need| !world.forms.is_absent(need)).map(|need| head_or_whole(world, need));
    let owner = world.schema.owner(id).map(|owner| head_of(world, owner));
    let others = heads.filter(|need| need != id && Some(need) != owner.as_ref() && world.schema.contains(need));
    others.map(|need| world.reference(&need)).collect()
}

fn header(name: &str, part_of: Option<&str>, needs: &BTreeSet<String>, why: Option<&str>) -> String {
    let mut header = format!("-- object: {name}\n");
    header += &part_of.map(|owner| format!("-- part of: {owner}\n")).unwrap_or_default();
    for need in needs {
        header += &format!("-- needs: {need}\n");
    }
    let why = why.into_iter().flat_map(str::lines).map(|line| format!("-- {line}\n")).collect::<String>();
    header + &why
}

fn text(header: &str, create: &[String], drop: &[String]) -> String {
    let statements = |all: &[String]| all.iter().map(|sql| format!("{};\n", sql.trim_end())).collect::<String>();
    format!("{header}\n{}\n-- drop\n{}", statements(create), statements(drop))
}
