//! What has no words: a file of its own SQL for each.

use std::collections::{BTreeMap, BTreeSet};

use super::page::Written;
use super::table::slug;
use super::world::{World, raw_name};
use crate::kinds::{Kind, Object, RawName};
use crate::model::Id;
use crate::sql::Style;

/// Writes the raw objects, and the facts that stand beside objects in Rust: paths below `schema/src` and texts.
pub fn files(world: &World) -> BTreeMap<String, Written> {
    let mut files = BTreeMap::new();
    let heads: Vec<&Id> = world.forms.raw().filter(|id| head(world, id) == **id).collect();
    for id in heads {
        let written = object(world, id);
        add(&mut files, &raw_name(id), id, written);
    }
    for (id, fact) in world.forms.facts() {
        let name = fact_name(id);
        let header = header(&name, Some(&world.reference(&world.whole(id))), &BTreeSet::new(), None);
        add(&mut files, &name, id, text(&header, &fact.create, &fact.drop));
    }
    files
}

/// `fact column.public.notes.title`
fn fact_name(id: &Id) -> String {
    let path: Vec<&str> = std::iter::once(id.kind.name()).chain(id.path.iter().map(String::as_str)).collect();
    RawName::written("fact", &path)
}

fn add(files: &mut BTreeMap<String, Written>, name: &str, id: &Id, text: String) {
    let wish = slug(&name.replace("public.", " "));
    let numbered = (2..).map(|number| format!("{wish}_{number}"));
    let path = |name: &String| format!("objects/{name}.sql");
    let free = std::iter::once(wish.clone()).chain(numbered).find(|name| !files.contains_key(&path(name)));
    files.insert(path(&free.unwrap_or(wish)), Written { text, marks: vec![(1, id.clone())] });
}

/// The raw object whose file says this one too: its owner's, if all that it needs is there by then.
pub fn head(world: &World, id: &Id) -> Id {
    let mut head = id.clone();
    while let Some(owner) = world.schema.owner(&head).filter(|owner| world.forms.is_raw(owner)) {
        let folded = matches!(
            head.kind,
            Kind::Column | Kind::PrimaryKey | Kind::Unique | Kind::Check | Kind::Exclusion | Kind::Index | Kind::RowSecurity
        );
        if !folded && !head.kind.hangs_on_others() {
            break;
        }
        head = owner.clone();
    }
    head
}

/// The file of one object and of what is said with it.
fn object(world: &World, id: &Id) -> String {
    let style = Style::default();
    let members: Vec<(&Id, &Object)> = world
        .forms
        .raw()
        .filter(|other| head(world, other) == *id)
        .filter_map(|other| Some((other, world.schema.get(other)?.as_ref())))
        .collect();
    let needs = needs(world, id, &members);
    let create = create(id, &members, &style);
    let drop: Vec<String> = members.iter().filter(|(other, _)| *other == id).flat_map(|(_, it)| it.drop(&style)).map(|it| it.sql).collect();
    let owner = world.schema.owner(id).map(|owner| world.reference(&head_or_whole(world, owner)));
    let why = (id.kind == Kind::Table).then_some("This table has something that the declaration has no words for.");
    text(&header(&raw_name(id), owner.as_deref(), &needs, why), &create, &drop)
}

fn head_or_whole(world: &World, id: &Id) -> Id {
    if world.forms.is_raw(id) { head(world, id) } else { world.whole(id) }
}

/// The statements that make an object: what can stand inside of the first of them does.
fn create(id: &Id, members: &[(&Id, &Object)], style: &Style) -> Vec<String> {
    let mut ordered: Vec<&(&Id, &Object)> = members.iter().filter(|(other, _)| *other != id).collect();
    ordered.sort_by_key(|(other, object)| (other.kind, object.position(), (*other).clone()));
    let is_part = |object: &Object| object.owner().as_ref() == Some(id);
    let clause = |object: &Object| object.clause(style).filter(|_| is_part(object));
    let clauses: Vec<String> = ordered.iter().filter_map(|(_, object)| clause(object)).collect();
    let own = members.iter().find(|(other, _)| *other == id);
    let mut statements: Vec<String> = own.into_iter().flat_map(|(_, it)| it.create_with(style, &clauses)).map(|it| it.sql).collect();
    let rest = ordered.iter().filter(|(_, object)| clause(object).is_none());
    statements.extend(rest.flat_map(|(_, object)| object.create(style)).map(|it| it.sql));
    statements
}

fn needs(world: &World, id: &Id, members: &[(&Id, &Object)]) -> BTreeSet<String> {
    let all = members.iter().flat_map(|(member, _)| world.schema.needs(member));
    let heads = all.map(|need| head_or_whole(world, need));
    let owner = world.schema.owner(id).map(|owner| head_or_whole(world, owner));
    let others = heads.filter(|need| need != id && Some(need) != owner.as_ref() && world.schema.contains(need));
    others.map(|need| world.reference(&need)).collect()
}

fn header(name: &str, part_of: Option<&str>, needs: &BTreeSet<String>, why: Option<&str>) -> String {
    let mut header = format!("-- object: {name}\n");
    header += &part_of.map(|owner| format!("-- part of: {owner}\n")).unwrap_or_default();
    for need in needs {
        header += &format!("-- needs: {need}\n");
    }
    header + &why.map(|why| format!("-- {why}\n")).unwrap_or_default()
}

fn text(header: &str, create: &[String], drop: &[String]) -> String {
    let statements = |all: &[String]| all.iter().map(|sql| format!("{};\n", sql.trim_end())).collect::<String>();
    format!("{header}\n{}\n-- drop\n{}", statements(create), statements(drop))
}
