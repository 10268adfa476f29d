//! Everything that has a struct of its own and is no table.

use super::column::sequence_options;
use super::defaults;
use super::page::Page;
use super::rust::{attribute, doc, list, name, string, word};
use super::table::{implied_name, slug};
use super::world::World;
use crate::kinds::declare::sql_type;
use crate::kinds::{Function, Kind, Object, TypeName, View};
use crate::model::Id;

/// `name = "..."` and `schema = "..."`, where they are not what the struct says already.
pub fn name_entries(id: &Id, rust: &str) -> Vec<String> {
    let (schema, own) = match &id.path[..] {
        [own] => (None, own),
        [schema, own, ..] => (Some(schema), own),
        [] => return Vec::new(),
    };
    let mut entries = Vec::new();
    if implied_name(rust) != *own {
        entries.push(format!("name = {}", string(own)));
    }
    entries.extend(schema.filter(|it| *it != "public").map(|schema| format!("schema = {}", string(schema))));
    entries
}

fn unit(world: &World, id: &Id, derive: &str, word: &str, entries: &[String], page: &mut Page) {
    page.about(id);
    page.push(&doc(0, world.doc(id)));
    page.push(&format!("#[derive({derive})]\n"));
    if !entries.is_empty() {
        page.push(&attribute(0, word, entries));
    }
    page.push(&format!("pub struct {};\n", world.names.of_item(id)));
}

/// Schemas.
pub fn namespaces(world: &World, page: &mut Page) {
    for (id, _) in world.of_kind(Kind::Namespace) {
        page.gap();
        let entries = name_entries(id, world.names.of_item(id));
        unit(world, id, "Schema", "schema", &entries, page);
    }
}

/// Extensions.
pub fn extensions(world: &World, page: &mut Page) {
    for (id, object) in world.of_kind(Kind::Extension) {
        let Object::Extension(it) = world.forms.plain(id, object) else { continue };
        page.gap();
        let mut entries = name_entries(id, world.names.of_item(id));
        entries.extend(it.schema.as_ref().map(|schema| format!("schema = {}", string(schema))));
        // Which version there is depends on the server; it is said where that matters.
        let version = it.version.as_ref().filter(|_| world.levels.of(id) > 0);
        entries.extend(version.map(|version| format!("version = {}", string(version))));
        unit(world, id, "Extension", "extension", &entries, page);
    }
}

/// Domains.
pub fn domains(world: &World, page: &mut Page) {
    for (id, object) in world.of_kind(Kind::Domain) {
        let Object::Domain(it) = world.forms.plain(id, object) else { continue };
        page.gap();
        page.about(id);
        let mut entries = name_entries(id, world.names.of_item(id));
        let ty = world.ty(&it.ty, page);
        entries.extend(ty.attribute);
        entries.extend(it.not_null.then(|| "not_null".to_owned()));
        entries.extend(it.collation.as_ref().map(|it| format!("collate = {}", string(it))));
        entries.extend(defaults::entry(world, id, &it.ty, it.default.as_deref()));
        entries.extend(
            it.checks
                .iter()
                .map(|check| format!("check({}, {})", name(&check.name), world.expression(id, &check.expression))),
        );
        page.push(&doc(0, world.doc(id)));
        page.push("#[derive(Domain)]\n");
        if !entries.is_empty() {
            page.push(&attribute(0, "domain", &entries));
        }
        page.push(&format!("pub struct {}({});\n", world.names.of_item(id), ty.rust));
    }
}

/// Sequences that are no affair of one table.
pub fn sequences(world: &World, page: &mut Page) {
    for (id, object) in world.of_kind(Kind::Sequence) {
        if world.home_in_rust(id).is_none() {
            page.gap();
            sequence(world, id, object, page);
        }
    }
}

/// One sequence.
pub fn sequence(world: &World, id: &Id, object: &Object, page: &mut Page) {
    let Object::Sequence(it) = world.forms.plain(id, object) else { return };
    let mut entries = name_entries(id, world.names.of_item(id));
    if it.data_type != "bigint" {
        entries.push(format!("as = {}", it.data_type));
    }
    entries.extend(sequence_options(&it.options));
    if let Some((table, column)) = world.owner_of(id) {
        let rust = world.item(&table, page).unwrap_or_default();
        entries.push(format!("owned_by = {rust}::{}", world.names.of_field(&table.path[0], table.name(), &column)));
    }
    unit(world, id, "Sequence", "sequence", &entries, page);
}

/// Functions, and the files of their bodies: paths below `schema/src` and texts.
pub fn functions(world: &World, page: &mut Page) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (id, object) in world.of_kind(Kind::Function) {
        let Object::Function(it) = world.forms.plain(id, object) else { continue };
        page.gap();
        let entries = function(world, id, it, page, &mut files);
        unit(world, id, "Function", "function", &entries, page);
    }
    files
}

fn function(world: &World, id: &Id, it: &Function, page: &mut Page, files: &mut Vec<(String, String)>) -> Vec<String> {
    let rust = world.names.of_item(id).to_owned();
    let mut entries = name_entries(id, &rust);
    let arguments: Vec<String> = it.parameters.iter().map(|it| string(&it.sql())).collect();
    entries.extend((!arguments.is_empty()).then(|| list("arguments", &arguments)));
    entries.push(format!("returns = {}", string(&it.returns)));
    entries.push(format!("language = {}", word(&it.language)));
    entries.extend(it.volatility.as_ref().map(|word| format!("volatility = {word}")));
    let flags = [(it.strict, "strict"), (it.security_definer, "security_definer"), (it.leakproof, "leakproof")];
    entries.extend(flags.iter().filter(|(said, _)| *said).map(|(_, word)| (*word).to_owned()));
    entries.extend(it.parallel.as_ref().map(|word| format!("parallel = {word}")));
    entries.extend(it.cost.as_ref().map(|number| format!("cost = {number}")));
    entries.extend(it.rows.as_ref().map(|number| format!("rows = {number}")));
    if !it.settings.is_empty() {
        let settings = it.settings.iter().map(|it| format!("{} = {}", word(&it.name), string(&it.value)));
        entries.push(format!("set({})", settings.collect::<Vec<_>>().join(", ")));
    }
    entries.extend(body(&it.body, &rust, files));
    entries.extend(world.needs(id, page));
    entries
}

/// The body: in the attribute if it is one line, else in a file, which says it line by line or byte for byte.
fn body(body: &str, rust: &str, files: &mut Vec<(String, String)>) -> Vec<String> {
    if !body.trim().is_empty() && !body.contains('\n') && body.len() <= 80 {
        return vec![format!("body = {}", string(body))];
    }
    let path = format!("functions/{}.sql", free_slug(rust, files));
    let inner = body.strip_prefix('\n').and_then(|rest| rest.strip_suffix('\n'));
    let by_lines =
        inner.filter(|inner| !inner.ends_with('\n') && !inner.contains('\r') && !inner.starts_with('\u{feff}'));
    let entry = format!("file = {}", string(&path));
    match by_lines {
        Some(inner) => {
            files.push((path, format!("{inner}\n")));
            vec![entry]
        }
        None => {
            files.push((path, body.to_owned()));
            vec![entry, "verbatim".into()]
        }
    }
}

/// Views, and the files of their queries.
pub fn views(world: &World, page: &mut Page) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for (id, object) in world.of_kind(Kind::View) {
        let Object::View(it) = world.forms.plain(id, object) else { continue };
        page.gap();
        view(world, id, it, page, &mut files);
    }
    files
}

fn view(world: &World, id: &Id, it: &View, page: &mut Page, files: &mut Vec<(String, String)>) {
    let rust = world.names.of_item(id).to_owned();
    let mut entries = name_entries(id, &rust);
    let path = format!("views/{}.sql", free_slug(&rust, files));
    entries.push(format!("file = {}", string(&path)));
    files.push((path, format!("{}\n", it.query)));
    entries.extend(world.needs(id, page));
    for (option, value) in &it.options {
        match value.as_str() {
            "true" | "on" | "1" => entries.push(option.clone()),
            value => entries.push(format!("{option} = {value}")),
        }
    }
    page.about(id);
    page.push(&doc(0, world.doc(id)));
    page.push("#[derive(View)]\n");
    page.push(&attribute(0, "view", &entries));
    page.push(&format!("pub struct {rust} {{\n"));
    let mut taken = Vec::new();
    for (column, ty, _) in &it.columns {
        let field = free_field(column, &taken);
        taken.push(field.clone());
        let on = Id::new(Kind::Column, id.path.iter().chain([column]));
        page.push(&doc(4, world.doc(&on)));
        if field.trim_start_matches("r#") != column {
            page.push(&attribute(4, "column", &[format!("name = {}", string(column))]));
        }
        // What SQL alone can name has no type for consumers.
        let rust = named_type(ty).map_or_else(|| "Other".to_owned(), |ty| world.ty(&ty, page).rust);
        page.push(&format!("    pub {field}: Option<{rust}>,\n"));
    }
    page.push("}\n");
}

/// A type that is written as SQL. None for one that can't be read.
fn named_type(text: &str) -> Option<TypeName> {
    let read = sql_type(text).ok()?;
    let scalar = match (read.schema, read.own) {
        (Some(schema), Some(name)) => TypeName::own(schema, name),
        _ => TypeName::builtin(read.spelled),
    };
    Some(TypeName { dimensions: read.dimensions, ..scalar })
}

fn free_field(column: &str, taken: &[String]) -> String {
    let wish = super::names::field_name(column);
    let numbered = (2..).map(|number| format!("{wish}_{number}"));
    std::iter::once(wish.clone()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or(wish)
}

/// A file name that none of these files has.
fn free_slug(rust: &str, files: &[(String, String)]) -> String {
    let wish = slug(rust);
    let numbered = (2..).map(|number| format!("{wish}_{number}"));
    let is_free = |name: &String| !files.iter().any(|(path, _)| path.ends_with(&format!("/{name}.sql")));
    std::iter::once(wish.clone()).chain(numbered).find(is_free).unwrap_or(wish)
}
