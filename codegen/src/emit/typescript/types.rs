//! From declared types to TypeScript types.

use std::path::PathBuf;

use tablewright_syntax::{BaseType, EnumDecl, EnumStorage, JsonObjectDecl, JsonType, TypeDecl};

use super::builtin::{self, Elements};
use super::exports::Exports;
use crate::emit::World;

/// A TypeScript type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// `string`, `number`, `null` and the like.
    Keyword(&'static str),
    /// A type by its name, and the file to import it from if it is not at hand.
    Named(String, Option<PathBuf>),
    /// `#[ts(type = "...")]`: as it was written.
    Verbatim(String),
    /// The type of one string.
    Text(String),
    /// `a | b`
    Union(Vec<Type>),
    /// `a[]`
    Array(Box<Type>),
    /// `Record<string, a>`
    Record(Box<Type>),
    /// `{ a: b; c?: d }`
    Object(Vec<Member>),
}

/// A property of an interface or of an object type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    pub(super) name: String,
    pub(super) doc: Option<String>,
    pub(super) optional: bool,
    pub(super) ty: Type,
}

/// What types are seen from: a file of a consumer.
pub(super) struct View<'a> {
    pub(super) world: &'a World<'a>,
    pub(super) exports: &'a Exports<'a>,
    /// The consumer reads rows with a driver; otherwise JSON.
    pub(super) as_date: bool,
}

impl Type {
    pub(super) fn named(name: &str) -> Self {
        Type::Named(name.to_owned(), None)
    }

    /// The type or `null`.
    pub(super) fn or_null(self) -> Self {
        match self {
            Type::Union(mut members) => {
                if !members.contains(&Type::Keyword("null")) {
                    members.push(Type::Keyword("null"));
                }
                Type::Union(members)
            }
            // `unknown` holds null already.
            Type::Keyword("unknown" | "null") => self,
            other => Type::Union(vec![other, Type::Keyword("null")]),
        }
    }

    /// Itself and every type in it.
    pub(super) fn all(&self) -> Vec<&Type> {
        let inner: Vec<&Type> = match self {
            Type::Union(members) => members.iter().flat_map(Type::all).collect(),
            Type::Array(inner) | Type::Record(inner) => inner.all(),
            Type::Object(members) => members.iter().flat_map(|it| it.ty.all()).collect(),
            Type::Keyword(_) | Type::Named(..) | Type::Verbatim(_) | Type::Text(_) => Vec::new(),
        };
        [vec![self], inner].concat()
    }
}

impl Member {
    pub(super) fn new(name: &str, ty: Type) -> Self {
        Self { name: name.to_owned(), doc: None, optional: false, ty }
    }

    pub(super) fn number(name: &str) -> Self {
        Self::new(name, Type::Keyword("number"))
    }

    pub(super) fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    pub(super) fn documented(self, doc: Option<&str>) -> Self {
        Self { doc: doc.map(str::to_owned), ..self }
    }
}

impl View<'_> {
    /// The type of a field: what its attribute says, else what its column holds; `null` unless it is promised away.
    pub(super) fn field(&self, ty: &TypeDecl, required: bool, verbatim: Option<&str>) -> Type {
        let value = match verbatim {
            Some(text) => Type::Verbatim(text.to_owned()),
            None => self.value(ty),
        };
        if ty.nullable && !required { value.or_null() } else { value }
    }

    /// The values of an enum, written out.
    pub(super) fn union(enumeration: &EnumDecl) -> Type {
        let mut values: Vec<Type> = enumeration.variants.iter().map(|it| Type::Text(it.value.value.clone())).collect();
        match values.len() {
            0 => Type::Keyword("never"),
            1 => values.remove(0),
            _ => Type::Union(values),
        }
    }

    /// The properties of a JSON object.
    pub(super) fn properties<'b>(&'b self, object: &'b JsonObjectDecl) -> Vec<Member> {
        self.properties_inside(object, &mut vec![object.rust.as_str()])
    }

    /// A type by its Rust name: by its exported name if there is one, else written out.
    pub(super) fn reference(&self, rust: &str) -> Type {
        self.reference_inside(rust, &mut Vec::new())
    }

    fn value(&self, ty: &TypeDecl) -> Type {
        let (element, elements) = self.element(&ty.base, &mut Vec::new());
        if ty.dimensions == 0 {
            return element;
        }
        let element = match elements {
            Elements::Alike => element,
            Elements::Numbers => Type::Keyword("number"),
            Elements::Unparsed => return Type::Keyword("string"),
        };
        (0..ty.dimensions).fold(element, |inner, _| Type::Array(Box::new(inner)))
    }

    fn element<'b>(&'b self, base: &'b BaseType, domains: &mut Vec<&'b str>) -> (Type, Elements) {
        let unknown = (Type::Keyword("unknown"), Elements::Alike);
        match base {
            BaseType::Builtin { rust, .. } => match builtin::find(rust) {
                Some((shape, elements)) => (shape.ts(self.as_date), elements),
                None => unknown,
            },
            BaseType::Json { object, list, .. } => {
                let value = object.as_deref().map_or(Type::Keyword("unknown"), |it| self.reference(it));
                (if *list { Type::Array(Box::new(value)) } else { value }, Elements::Alike)
            }
            BaseType::Named(rust) => self.named(rust, domains).unwrap_or(unknown),
            // Only the database knows the type, and with it the driver's parser: no guess is better than a wrong one.
            BaseType::Other => unknown,
        }
    }

    /// An enum or a domain. The driver has no parser for the arrays of types that are not built in.
    fn named<'b>(&'b self, rust: &'b str, domains: &mut Vec<&'b str>) -> Option<(Type, Elements)> {
        if let Some(enumeration) = self.world.enums.get(rust) {
            let elements = match enumeration.storage {
                EnumStorage::Text => Elements::Alike,
                EnumStorage::Type { .. } => Elements::Unparsed,
            };
            return Some((self.reference(rust), elements));
        }
        let domain = self.world.domains.get(rust).filter(|_| !domains.contains(&rust))?;
        domains.push(rust);
        let value = match domain.ty.dimensions {
            0 => self.element(&domain.ty.base, domains).0,
            _ => self.value(&domain.ty),
        };
        Some((value, Elements::Unparsed))
    }

    /// `open` are the objects that are being written out: one that holds itself has no end without a name.
    fn reference_inside<'b>(&'b self, rust: &'b str, open: &mut Vec<&'b str>) -> Type {
        if let Some((name, from)) = self.exports.find(rust) {
            return Type::Named(name.to_owned(), from);
        }
        if let Some(enumeration) = self.world.enums.get(rust) {
            return Self::union(enumeration);
        }
        match self.world.json_objects.get(rust) {
            Some(object) if !open.contains(&rust) => {
                open.push(rust);
                let members = self.properties_inside(object, open);
                open.pop();
                Type::Object(members)
            }
            _ => Type::Keyword("unknown"),
        }
    }

    fn properties_inside<'b>(&'b self, object: &'b JsonObjectDecl, open: &mut Vec<&'b str>) -> Vec<Member> {
        let mut members = Vec::new();
        for property in &object.properties {
            let ty = self.json(&property.ty, open);
            let member = Member::new(&property.name, ty).documented(property.doc.as_ref().map(|it| it.as_str()));
            members.push(if property.optional { member.optional() } else { member });
        }
        members
    }

    fn json<'b>(&'b self, ty: &'b JsonType, open: &mut Vec<&'b str>) -> Type {
        match ty {
            JsonType::Boolean => Type::Keyword("boolean"),
            JsonType::Number => Type::Keyword("number"),
            JsonType::String => Type::Keyword("string"),
            JsonType::Unknown => Type::Keyword("unknown"),
            JsonType::Nullable(inner) => self.json(inner, open).or_null(),
            JsonType::List(inner) => Type::Array(Box::new(self.json(inner, open))),
            JsonType::Map(inner) => Type::Record(Box::new(self.json(inner, open))),
            JsonType::Named(rust) => self.reference_inside(rust, open),
        }
    }
}
