//! Where the SQL of an object stands: beside the Rust of what it is about.

use std::collections::{BTreeMap, BTreeSet};

use super::table::slug;
use super::world::{World, raw_name};
use crate::kinds::Kind;
use crate::model::Id;

/// The files that are there, and which of them has become whose.
pub struct Places {
    taken: BTreeSet<String>,
    by_root: BTreeMap<Id, String>,
}

impl Places {
    /// These files are there already.
    pub fn beside<'a>(files: impl Iterator<Item = &'a String>) -> Self {
        Self { taken: files.cloned().collect(), by_root: BTreeMap::new() }
    }

    /// The file of an object, below `schema/src`: that of the table that it is a part of, if it is a part of one.
    pub fn of(&mut self, world: &World, id: &Id) -> String {
        let root = together(root(world, id));
        if let Some(path) = self.by_root.get(&root) {
            return path.clone();
        }
        let path = shared(world, &root).unwrap_or_else(|| self.free(&root));
        self.taken.insert(path.clone());
        self.by_root.insert(root, path.clone());
        path
    }

    /// A file of its own.
    fn free(&self, root: &Id) -> String {
        let (folder, wish) = own(root);
        let above = root.path.first().filter(|schema| root.path.len() > 1 && *schema != "public");
        let longer =
            above.into_iter().map(String::as_str).chain([root.kind.name()]).map(|it| slug(&format!("{it} {wish}")));
        let numbered = (2..).map(|number| format!("{wish}_{number}"));
        let names = std::iter::once(wish.clone()).chain(longer).chain(numbered);
        let mut paths = names.map(|name| format!("{folder}/{name}.sql"));
        paths.find(|path| !self.taken.contains(path)).unwrap_or_default()
    }
}

/// Routines of one name stand together.
fn together(root: Id) -> Id {
    match root.kind {
        Kind::Procedure | Kind::Aggregate => Id::new(root.kind, root.path.iter().take(2)),
        _ => root,
    }
}

/// What an object is about in the end; of a sequence, the table that it stands with.
fn root(world: &World, id: &Id) -> Id {
    let root = world.schema.root(id);
    // The schema `public` is no object, but has rights and a comment.
    let root = match root.path.split_first() {
        Some((kind, path)) if root.kind.hangs_on_others() => {
            Kind::named(kind).map_or(root.clone(), |kind| Id::new(kind, path))
        }
        _ => root,
    };
    world.home(&root).cloned().unwrap_or(root)
}

/// The file that lies beside the Rust of a root, or would if there were words for it.
fn shared(world: &World, root: &Id) -> Option<String> {
    let module = match root.kind {
        Kind::Function | Kind::View if world.forms.is_raw(root) => return None,
        Kind::Function => "functions".into(),
        Kind::View => "views".into(),
        Kind::Table | Kind::Namespace | Kind::Extension | Kind::Enumeration | Kind::Domain | Kind::Sequence => {
            world.module(root)
        }
        _ => return None,
    };
    Some(format!("{module}.sql"))
}

/// The folder and the name of a file that holds one object and what is about it.
fn own(root: &Id) -> (&'static str, String) {
    let name = || slug(root.path.get(1).map_or("", String::as_str));
    match root.kind {
        Kind::Function | Kind::Procedure | Kind::Aggregate => ("functions", name()),
        Kind::View | Kind::MaterializedView => ("views", name()),
        Kind::Composite | Kind::Range | Kind::BaseType => ("types", name()),
        _ => ("objects", slug(&raw_name(root).replace("public.", " "))),
    }
}
