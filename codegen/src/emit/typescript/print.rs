//! Exported declarations as text.

use super::layout::{self, Indent, Look};
use super::text;
use super::types::{Member, Type};

/// Something that a file exports.
pub(super) struct Export {
    pub(super) doc: Option<String>,
    pub(super) name: String,
    pub(super) body: Body,
}

/// What is exported.
pub(super) enum Body {
    /// `export type X = ...;`
    Alias(Type),
    /// `export interface X extends Y { ... }`
    Interface { extends: Option<String>, members: Vec<Member> },
    /// `export const X = { ... } as const satisfies Record<string, Y>;`, a value and its comment per property.
    Constant { of: Type, values: Vec<(String, Option<String>)> },
}

impl Export {
    /// Every type that it mentions.
    pub(super) fn types(&self) -> Vec<&Type> {
        match &self.body {
            Body::Alias(ty) | Body::Constant { of: ty, .. } => ty.all(),
            Body::Interface { members, .. } => members.iter().flat_map(|it| it.ty.all()).collect(),
        }
    }
}

/// The declaration, with a line feed at its end.
pub(super) fn export(look: Look, export: &Export) -> String {
    let mut lines = documented(export.doc.as_deref(), Indent::default());
    lines += &match &export.body {
        Body::Alias(ty) => layout::alias(look, &format!("export type {} =", export.name), ty),
        Body::Interface { extends, members } => interface(look, &export.name, extends.as_deref(), members),
        Body::Constant { of, values } => constant(look, &export.name, of, values),
    };
    lines + "\n"
}

/// An interface without members says nothing of what it holds, so linters refuse it; an alias says the same.
fn interface(look: Look, name: &str, extends: Option<&str>, members: &[Member]) -> String {
    match (extends, members) {
        (Some(base), []) => layout::alias(look, &format!("export type {name} ="), &Type::named(base)),
        (None, []) => {
            let nothing = Type::Record(Box::new(Type::Keyword("never")));
            layout::alias(look, &format!("export type {name} ="), &nothing)
        }
        _ => {
            let indent = Indent::default().deeper(look);
            let lines: Vec<String> = members.iter().map(|it| member(look, it, indent)).collect();
            format!("{} {{\n{}}}", head(look, name, extends), lines.concat())
        }
    }
}

fn head(look: Look, name: &str, extends: Option<&str>) -> String {
    let Some(base) = extends else { return format!("export interface {name}") };
    let line = format!("export interface {name} extends {base}");
    let outer = Indent::default();
    if layout::fits(outer, &format!("{line} {{")) {
        return line;
    }
    format!("export interface {name}\n{}extends {base}", outer.deeper(look).text())
}

fn member(look: Look, member: &Member, indent: Indent) -> String {
    let doc = documented(member.doc.as_deref(), indent);
    format!("{doc}{}{}\n", indent.text(), layout::member(look, member, indent))
}

/// A name that fills the line alone has its object on the next one, a level deeper.
fn constant(look: Look, name: &str, of: &Type, values: &[(String, Option<String>)]) -> String {
    let head = format!("export const {name} =");
    let outer = Indent::default();
    if layout::fits(outer, &format!("{head} {{")) {
        return format!("{head} {}", object(look, of, values, outer));
    }
    let indent = outer.deeper(look);
    format!("{head}\n{}{}", indent.text(), object(look, of, values, indent))
}

fn object(look: Look, of: &Type, values: &[(String, Option<String>)], outer: Indent) -> String {
    let indent = outer.deeper(look);
    let lines: Vec<String> =
        values.iter().map(|(value, doc)| documented(doc.as_deref(), indent) + &property(look, value, indent)).collect();
    let tail = "} as const satisfies ";
    let record = layout::record(look, of, outer, tail.len());
    match lines.is_empty() {
        true => format!("{{{tail}{record};"),
        false => format!("{{\n{}{}{tail}{record};", lines.concat(), outer.text()),
    }
}

fn property(look: Look, value: &str, indent: Indent) -> String {
    let (key, string) = (text::key(value, look.double_quotes), text::string(value, look.double_quotes));
    let line = format!("{key}: {string},");
    match layout::fits(indent, &line) {
        true => format!("{}{line}\n", indent.text()),
        false => format!("{}{key}:\n{}{string},\n", indent.text(), indent.deeper(look).text()),
    }
}

fn documented(doc: Option<&str>, indent: Indent) -> String {
    let lines = doc.map(text::doc).unwrap_or_default();
    lines.iter().map(|line| format!("{}{line}\n", indent.text())).collect()
}
