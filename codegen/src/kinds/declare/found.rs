//! What is found while a declaration is read: objects, and faults.

use std::collections::BTreeMap;

use proc_macro2::Span;
use tablewright_syntax::{Diagnostic, FileId, MAX_NAME_BYTES, Text};

use super::super::{Comment, Object};
use super::Names;
use crate::model::Id;

/// Where something is declared.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The place in it.
    pub span: Span,
}

/// What must have a name of its own within what (documentation, CREATE TABLE, Notes, and CREATE TYPE).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Space {
    /// Schemas.
    Namespaces,
    /// Extensions.
    Extensions,
    /// Tables, views, indexes and sequences of a schema.
    Relations,
    /// Enums, domains and the row types of tables and views of a schema.
    Types,
    /// Functions of a schema; their arguments are a part of the name.
    Functions,
    /// Constraints of a table or a domain.
    Constraints,
}

/// The objects of a declaration, each with its place, and the faults.
#[derive(Debug, Default)]
pub struct Found {
    /// In the order of the declaration.
    pub objects: Vec<Object>,
    /// Where each is declared.
    pub places: BTreeMap<Id, Place>,
    /// What is wrong.
    pub errors: Vec<Diagnostic>,
    claims: BTreeMap<(Space, Vec<String>), Claim>,
}

#[derive(Clone, Copy, Debug)]
struct Claim {
    place: Place,
    said_by: Option<(FileId, usize)>,
}

impl Found {
    /// Takes an object in.
    pub fn add(&mut self, object: impl Into<Object>, file: FileId, span: Span) -> Id {
        let object = object.into();
        let id = object.id();
        self.places.entry(id.clone()).or_insert(Place { file, span });
        self.objects.push(object);
        id
    }

    /// Takes the comment on an object in, if there is one.
    pub fn comment(&mut self, id: &Id, file: FileId, text: Option<&Text>) {
        if let Some(text) = text {
            self.add(Comment::on(id, &text.value), file, text.span);
        }
    }

    /// Reports a fault.
    pub fn error(&mut self, file: FileId, span: Span, message: impl Into<String>) {
        self.errors.push(Diagnostic::new(file, span, message));
    }

    /// Reports a fault with advice, if there is any.
    pub fn advise(&mut self, file: FileId, span: Span, message: impl Into<String>, help: Option<String>) {
        let error = Diagnostic::new(file, span, message);
        self.errors.push(match help {
            Some(help) => error.help(help),
            None => error,
        });
    }

    /// Takes a name, and reports it if it is taken already.
    pub fn claim<S: Into<String>>(
        &mut self,
        names: &Names,
        space: Space,
        path: impl IntoIterator<Item = S>,
        place: Place,
    ) {
        self.claim_within(names, space, path, place, None);
    }

    /// Like [`Found::claim`]; two names that are written in one table are no fault of ours:
    /// the parser has reported them.
    pub fn claim_within<S: Into<String>>(
        &mut self,
        names: &Names,
        space: Space,
        path: impl IntoIterator<Item = S>,
        place: Place,
        said_by: Option<(FileId, usize)>,
    ) {
        let path: Vec<String> = path.into_iter().map(Into::into).collect();
        let key = (space, path);
        let Some(first) = self.claims.get(&key).copied() else {
            self.claims.insert(key, Claim { place, said_by });
            return;
        };
        if said_by.is_some() && said_by == first.said_by {
            return;
        }
        let name = key.1.last().map_or("", String::as_str);
        let message = format!("the name `{name}` is taken");
        let help = format!("it is declared at {} already; give one of them another name", names.at(first.place));
        self.advise(place.file, place.span, message, Some(help));
    }

    /// Reports a name that PostgreSQL would cut (documentation, Identifiers and Key Words).
    pub(in crate::kinds) fn check_length(&mut self, name: &str, place: Place, help: &str) {
        let bytes = name.len();
        if bytes > MAX_NAME_BYTES {
            let message = format!("the name `{name}` has {bytes} bytes; PostgreSQL would cut it to {MAX_NAME_BYTES}");
            self.advise(place.file, place.span, message, Some(help.to_owned()));
        }
    }
}
