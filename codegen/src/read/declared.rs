//! The declared door: from source text to a schema, with every fault of all files in one run.

mod bodies;
mod consumers;
mod interfaces;
mod migrations;

use std::collections::BTreeMap;

use proc_macro2::Span;
use tablewright_syntax::{
    Declarations, Diagnostic, DomainDecl, EnumDecl, FileId, FunctionDecl, InterfaceDecl, JsonObjectDecl, ProjectDecl,
    SequenceDecl, TableDecl, Text, ViewDecl, parse_file,
};

use super::Sources;
use crate::kinds::declare::{Found, Index, Item, Names, Place};
use crate::kinds::{Domain, Enumeration, Extension, Function, Namespace, Raw, RawDecl, Sequence, Table, View};
use crate::model::{Id, Schema};

/// A declaration, read and found to be free of faults.
#[derive(Clone, Debug)]
pub struct Declared {
    /// What the source says, in its order. The bodies of functions and views are inline, wherever they came from,
    /// and there is one project: the declared one, else the default.
    pub declarations: Declarations,
    /// The objects that it declares.
    pub schema: Schema,
    /// Where each object is declared.
    pub places: BTreeMap<Id, Place>,
    index: Index,
}

/// Reads a declaration.
///
/// Errors: every fault of every file, in the order of the files and of their text.
pub fn declared(sources: &Sources) -> Result<Declared, Vec<Diagnostic>> {
    let (mut declarations, mut errors) = parsed(sources);
    let is_complete = errors.is_empty();
    bodies::inline(&mut declarations, sources, &mut errors);
    let (index, twice) = Index::new(&declarations);
    let scripts = scripts(sources, &mut errors);
    let paths = sources.files.iter().chain(&sources.scripts).map(|file| file.path.as_str()).collect();
    let names = Names::new(&declarations, &index, paths, is_complete).with_raw(&scripts);
    let mut found = Found::default();
    found.errors = errors;
    report_twice(&names, twice, &mut found);
    objects(&names, &mut found);
    Raw::declare(&scripts, is_complete, &mut found);
    rest(&names, &mut found);
    let (objects, places, mut errors) = (found.objects, found.places, found.errors);
    // A declaration of nothing is one if somebody says that it is a project, rather than another folder.
    if errors.is_empty() && objects.is_empty() && declarations.projects.is_empty() {
        errors.push(nothing_declared());
    }
    errors.sort_by_key(|error| (error.file, error.span.start()));
    // A table and its row type have one name, which is taken twice if it is taken.
    errors.dedup_by(|b, a| (a.file, a.span.start(), &a.message) == (b.file, b.span.start(), &b.message));
    if !errors.is_empty() {
        return Err(errors);
    }
    let schema = Schema::new(objects).map_err(|twice| {
        let fault =
            |id: &Id| places.get(id).map(|at| Diagnostic::new(at.file, at.span, format!("{id} is declared twice")));
        twice.iter().filter_map(|it| fault(&it.0)).collect::<Vec<_>>()
    })?;
    if declarations.projects.is_empty() {
        declarations.projects.push(default_project(&sources.name));
    }
    Ok(Declared { declarations, schema, places, index })
}

impl Declared {
    /// The item of a Rust name.
    pub fn item(&self, rust: &str) -> Option<Item<'_>> {
        self.index.item(&self.declarations, rust)
    }

    /// The table of a Rust name.
    pub fn table(&self, rust: &str) -> Option<&TableDecl> {
        if let Item::Table(it) = self.item(rust)? { Some(it) } else { None }
    }

    /// The view of a Rust name.
    pub fn view(&self, rust: &str) -> Option<&ViewDecl> {
        if let Item::View(it) = self.item(rust)? { Some(it) } else { None }
    }

    /// The enum of a Rust name, however its values are stored.
    pub fn enumeration(&self, rust: &str) -> Option<&EnumDecl> {
        if let Item::Enum(it) = self.item(rust)? { Some(it) } else { None }
    }

    /// The domain of a Rust name.
    pub fn domain(&self, rust: &str) -> Option<&DomainDecl> {
        if let Item::Domain(it) = self.item(rust)? { Some(it) } else { None }
    }

    /// The JSON object of a Rust name.
    pub fn json_object(&self, rust: &str) -> Option<&JsonObjectDecl> {
        if let Item::JsonObject(it) = self.item(rust)? { Some(it) } else { None }
    }

    /// The interface of a Rust name.
    pub fn interface(&self, rust: &str) -> Option<&InterfaceDecl> {
        if let Item::Interface(it) = self.item(rust)? { Some(it) } else { None }
    }

    /// The sequence of a Rust name.
    pub fn sequence(&self, rust: &str) -> Option<&SequenceDecl> {
        if let Item::Sequence(it) = self.item(rust)? { Some(it) } else { None }
    }

    /// The function of a Rust name.
    pub fn function(&self, rust: &str) -> Option<&FunctionDecl> {
        if let Item::Function(it) = self.item(rust)? { Some(it) } else { None }
    }
}

/// What all files declare together.
fn parsed(sources: &Sources) -> (Declarations, Vec<Diagnostic>) {
    let mut all = Declarations::default();
    let mut errors = Vec::new();
    for (at, file) in sources.files.iter().enumerate() {
        let (declarations, faults) = parse_file(FileId(at), &file.text);
        append(&mut all, declarations);
        errors.extend(faults);
    }
    (all, errors)
}

/// What the SQL files declare that stand for themselves.
fn scripts(sources: &Sources, errors: &mut Vec<Diagnostic>) -> Vec<RawDecl> {
    let numbered = sources.scripts.iter().enumerate();
    let scripts = numbered.map(|(at, script)| (FileId(sources.files.len() + at), script.text.as_str()));
    scripts.flat_map(|script| RawDecl::read(script, errors)).collect()
}

fn append(all: &mut Declarations, more: Declarations) {
    all.schemas.extend(more.schemas);
    all.extensions.extend(more.extensions);
    all.enums.extend(more.enums);
    all.domains.extend(more.domains);
    all.sequences.extend(more.sequences);
    all.functions.extend(more.functions);
    all.tables.extend(more.tables);
    all.views.extend(more.views);
    all.json_objects.extend(more.json_objects);
    all.interfaces.extend(more.interfaces);
    all.consumers.extend(more.consumers);
    all.documents.extend(more.documents);
    all.migrations.extend(more.migrations);
    all.projects.extend(more.projects);
}

/// Items are named by the last part of their path, so two of one name can't be told apart.
fn report_twice(names: &Names, twice: Vec<(Place, Place, String)>, found: &mut Found) {
    for (first, second, name) in twice {
        let help = format!("it is declared at {} already; items are named without their module", names.at(first));
        found.advise(second.file, second.span, format!("two items are named `{name}`"), Some(help));
    }
}

/// Everything that is an object of the database.
fn objects(names: &Names, found: &mut Found) {
    let all = names.declarations();
    all.schemas.iter().for_each(|it| Namespace::declare(it, names, found));
    all.extensions.iter().for_each(|it| Extension::declare(it, names, found));
    all.enums.iter().for_each(|it| Enumeration::declare(it, names, found));
    all.domains.iter().for_each(|it| Domain::declare(it, names, found));
    all.functions.iter().for_each(|it| Function::declare(it, names, found));
    all.tables.iter().for_each(|it| Table::declare(it, names, found));
    all.sequences.iter().for_each(|it| Sequence::declare(it, names, found));
    all.views.iter().for_each(|it| View::declare(it, names, found));
}

/// Everything that is not.
fn rest(names: &Names, found: &mut Found) {
    let all = names.declarations();
    all.json_objects.iter().for_each(|it| interfaces::check_json_object(it, names, found));
    all.interfaces.iter().for_each(|it| interfaces::check_interface(it, names, found));
    consumers::check(names, found);
    migrations::check(names, found);
    for second in all.projects.iter().skip(1) {
        let first = &all.projects[0];
        let help = format!("it is declared at {} already", names.at(Place { file: first.file, span: first.name.span }));
        found.advise(second.file, second.name.span, "a project has one constant of type `Project`", Some(help));
    }
}

fn nothing_declared() -> Diagnostic {
    let help = "declare a table: `#[derive(Table)] pub struct Note { #[column(primary_key)] pub id: Uuid }`";
    Diagnostic::new(FileId::default(), Span::call_site(), "the files in schema/src declare no table").help(help)
}

/// The settings of a project that declares none.
fn default_project(name: &str) -> ProjectDecl {
    let text = |it: &str| Text::new(it.to_owned(), Span::call_site());
    ProjectDecl {
        file: FileId::default(),
        name: text(name),
        migrations: text("migrations"),
        rollbacks: text("rollbacks"),
        drop_if_exists: false,
        online: false,
        runner: tablewright_syntax::Runner::default(),
        unqualified: text("public"),
    }
}
