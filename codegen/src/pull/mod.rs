//! A schema that comes from a catalog becomes the declaration that a person would have written.
//!
//! What there are words for is Rust, one file per table; the rest is SQL of its own, beside it.
//! Pure: the same schema gives the same bytes.

mod case;
mod column;
mod constraint;
mod defaults;
mod enums;
mod enums_file;
mod expressions;
mod forms;
mod items;
mod names;
mod page;
mod places;
mod raw;
mod rust;
mod table;
mod ties;
mod types;
mod world;

use std::collections::BTreeMap;

use tablewright_syntax::Diagnostic;

pub use forms::Levels;

use crate::kinds::Kind;
use crate::model::{Id, Schema};
use crate::read::{self, Declared, Sources};
use page::{Page, Written};
use world::World;

/// The folder of the declaration's source.
pub const SOURCE: &str = "schema/src";

const LIB: &str = "\
//! The declared schema: a file per table.

#![allow(missing_docs, reason = \"a doc comment is a comment in the database, and not every object has one\")]
#![allow(non_camel_case_types, non_snake_case, uncommon_codepoints, reason = \"names are the database's\")]
";

/// The settings are no affair of a schema, but without them a declaration of nothing would be none.
const SETTINGS: (&str, &str) =
    ("schema/src/project.rs", "pub const PROJECT: Project = Project { name: \"project\", ..Project::DEFAULT };");

/// A declaration of a schema: its files, and what they come to.
pub struct Declaration {
    /// By path below the project's root.
    pub files: BTreeMap<String, String>,
    /// The text.
    pub sources: Sources,
    /// What it declares.
    pub declared: Declared,
    /// How many objects are written in Rust and how many raw, by kind.
    pub counts: BTreeMap<Kind, Counts>,
}

/// How many objects of a kind are written how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// In Rust.
    pub words: usize,
    /// By their own SQL.
    pub raw: usize,
}

/// Why a schema can't be declared: faults that no plainer form mends, with the text that they are in.
#[derive(Debug)]
pub struct Undeclarable {
    /// The text.
    pub sources: Sources,
    /// The faults.
    pub faults: Vec<Diagnostic>,
}

/// Writes the declaration of a schema, in the form that `levels` says; a form that can't be read back is made plainer,
/// which `levels` says afterwards.
///
/// # Errors
/// Names that no declaration can hold, such as one with a line end in it.
pub fn declare(schema: &Schema, levels: &mut Levels) -> Result<Declaration, Box<Undeclarable>> {
    loop {
        let world = World::new(schema, levels);
        let files = files(&world);
        let texts = files.iter().map(|(path, file)| (path.as_str(), file.text.as_str()));
        let sources = Sources::of(texts.chain([SETTINGS]));
        let counts = counts(&world);
        match read::declared(&sources) {
            Ok(declared) => {
                let files = files.into_iter().map(|(path, file)| (path, file.text)).collect();
                return Ok(Declaration { files, sources, declared, counts });
            }
            Err(faults) => {
                let about = faults.iter().filter_map(|fault| Some((about(&files, &sources, fault)?, &fault.message)));
                let about: BTreeMap<Id, &String> = about.collect();
                let lowered = about.iter().filter(|(id, why)| levels.lower(schema, id, why)).count();
                if lowered == 0 {
                    return Err(Box::new(Undeclarable { sources, faults }));
                }
            }
        }
    }
}

/// What an object is called among raw objects; a raw one by its own name.
pub fn name(id: &Id) -> String {
    match id.kind {
        Kind::Raw => id.dotted(),
        _ => world::raw_name(id),
    }
}

/// The object that a fault is about.
fn about(files: &BTreeMap<String, Written>, sources: &Sources, fault: &Diagnostic) -> Option<Id> {
    let file = sources.file(fault.file)?;
    files.get(&file.path)?.at(fault.span.start().line).cloned()
}

fn counts(world: &World) -> BTreeMap<Kind, Counts> {
    let mut counts: BTreeMap<Kind, Counts> = BTreeMap::new();
    for (id, _) in world.schema.iter() {
        let of_kind = counts.entry(id.kind).or_default();
        match world.forms.is_raw(id) {
            true => of_kind.raw += 1,
            false => of_kind.words += 1,
        }
    }
    counts
}

/// Every file, by path.
fn files(world: &World) -> BTreeMap<String, Written> {
    let mut modules: BTreeMap<String, Page> = BTreeMap::new();
    for (id, _) in world.of_kind(Kind::Table) {
        modules.insert(world.module(id), table::page(world, id));
    }
    let mut bodies = Vec::new();
    let mut add = |module: &str, page: Page| drop(modules.insert(module.to_owned(), page));
    let page = |write: &mut dyn FnMut(&mut Page)| {
        let mut page = Page::default();
        write(&mut page);
        page
    };
    add("schemas", page(&mut |page| items::namespaces(world, page)));
    add("extensions", page(&mut |page| items::extensions(world, page)));
    add("enums", page(&mut |page| enums_file::shared(world, page)));
    add("domains", page(&mut |page| items::domains(world, page)));
    add("sequences", page(&mut |page| items::sequences(world, page)));
    add("functions", page(&mut |page| bodies.extend(items::functions(world, page))));
    add("views", page(&mut |page| bodies.extend(items::views(world, page))));
    modules.retain(|_, page| !page.is_empty());
    let mut files = raw::files(world, bodies.iter().map(|(path, _)| path));
    files.extend(bodies.into_iter().map(|(path, text)| (path, Written::plain(text))));
    files.insert("lib.rs".into(), Written::plain(lib(modules.keys())));
    files.extend(modules.into_iter().map(|(module, page)| (format!("{module}.rs"), page.written(&module))));
    files.into_iter().map(|(path, file)| (format!("{SOURCE}/{path}"), file)).collect()
}

fn lib<'m>(modules: impl Iterator<Item = &'m String>) -> String {
    let mut modules: Vec<&str> = modules.map(String::as_str).chain(["project"]).collect();
    modules.sort_unstable();
    let modules: String = modules.iter().map(|module| format!("pub mod {module};\n")).collect();
    format!("{LIB}\n{modules}")
}
