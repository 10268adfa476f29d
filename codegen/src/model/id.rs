//! The identity of an object.

use std::fmt;
use std::sync::Arc;

use crate::kinds::{Kind, RawName};
use crate::sql;

/// Kind and path, for example column `public.clusters.name`.
///
/// The path is shared, since one object is named by many others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    /// What sort of object it is.
    pub kind: Kind,
    /// Where it is: schema, then what it is part of, then its own name.
    pub path: Arc<[String]>,
}

impl Id {
    /// An id of its parts.
    pub fn new<S: Into<String>>(kind: Kind, path: impl IntoIterator<Item = S>) -> Self {
        Self { kind, path: path.into_iter().map(Into::into).collect() }
    }

    /// The last part of the path: the object's own name.
    pub fn name(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// The name that stands for it in a heading: its own, but the function's for a function with its signature.
    pub fn name_in_heading(&self) -> &str {
        self.path.get(1).or(self.path.first()).map_or("", String::as_str)
    }

    /// The path as people write it, dots between its parts. That of a fact about another object (a comment, a
    /// grant) begins with the kind of that object.
    pub fn dotted(&self) -> String {
        let dotted = |parts: &[String]| parts.iter().map(|part| sql::ident(part)).collect::<Vec<_>>().join(".");
        // What a fact is about is named as it names itself.
        let fact = |on: &str, path: &[String]| {
            Kind::named(on).map_or_else(|| dotted(path), |kind| format!("{on} {}", Id::new(kind, path).dotted()))
        };
        match &self.path[..] {
            [on, path @ .., parties] if self.kind == Kind::Grant => format!("{} to {parties}", fact(on, path)),
            [on, path @ .., provider] if self.kind == Kind::SecurityLabel => {
                format!("{} by {provider}", fact(on, path))
            }
            [on, path @ ..] if self.kind.hangs_on_others() => fact(on, path),
            [what, path @ ..] if self.kind == Kind::Raw => RawName::written(what, path),
            [path @ .., signature] if self.kind.has_signature() => format!("{}({signature})", dotted(path)),
            path => dotted(path),
        }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.name(), self.dotted())
    }
}
