//! The objects of an `.sql` file that begins with `-- object: ...`.

use std::ops::Range;

use proc_macro2::{Span, TokenStream};
use tablewright_syntax::{Diagnostic, FileId, Text};

use super::super::Kind;
use super::super::declare::{Found, did_you_mean};
use super::{Raw, RawName};
use crate::model::{Id, parse_id};
use crate::script::{self, Piece};

/// The words that a header's lines begin with.
const KEYS: [&str; 3] = ["object", "part of", "needs"];

/// One file, and its number.
pub type SqlFile<'a> = (FileId, &'a str);

/// One object that a file declares, before it is known what there is.
#[derive(Clone, Debug)]
pub struct RawDecl {
    file: FileId,
    name: RawName,
    span: Span,
    part_of: Option<Text>,
    needs: Vec<Text>,
    create: Vec<String>,
    drop: Vec<String>,
}

impl RawDecl {
    /// The id of the object.
    pub fn id(&self) -> Id {
        self.name.id()
    }

    /// Schema and name, if it is a type that columns can have.
    pub fn type_name(&self) -> Option<(&str, &str)> {
        match self.name.path.as_slice() {
            [schema, name] if Raw::is_type(&self.name.what) => Some((schema, name)),
            _ => None,
        }
    }

    /// Reads a file: one object, or several below each other, each with its own `-- object:`. All faults are reported, and
    /// what does not say what it declares is left out.
    pub fn read((file, text): SqlFile, errors: &mut Vec<Diagnostic>) -> Vec<Self> {
        let sections = sections(text, script::pieces(text));
        sections.into_iter().filter_map(|pieces| Self::section((file, text), pieces, errors)).collect()
    }

    fn section((file, text): SqlFile, pieces: Vec<Piece>, errors: &mut Vec<Diagnostic>) -> Option<Self> {
        let mut header = Header::default();
        let (mut create, mut drop) = (Vec::new(), Vec::new());
        let mut drops = None;
        for piece in pieces {
            match piece {
                Piece::Comment(range) if is_drop(&text[range.clone()]) => drops = Some(range),
                Piece::Comment(range) if create.is_empty() && drops.is_none() => header.line(file, text, range, errors),
                Piece::Statement(range) if drops.is_some() => drop.push(text[range].to_owned()),
                Piece::Statement(range) => create.push(text[range].to_owned()),
                Piece::Skipped(range) => {
                    let message = "only psql knows lines that begin with a backslash, and rows of a COPY";
                    errors.push(Diagnostic::new(file, span(text, range), message));
                }
                Piece::Comment(_) => {}
            }
        }
        let object = header.object?;
        let fault = |message: &str, help: &str| Diagnostic::new(file, object.span, message).help(help);
        if create.is_empty() {
            errors.push(fault("there is no statement that makes the object", "write it below the first lines"));
        }
        if drops.is_none() {
            let help =
                "write the line `-- drop` and the statements below it; none if it goes with what it is a part of";
            errors.push(fault("it is not said how the object is dropped", help));
        }
        let name = RawName::read(&object.value);
        let name = name.map_err(|(message, help)| errors.push(fault(&message, &help))).ok()?;
        Some(Self { file, name, span: object.span, part_of: header.part_of, needs: header.needs, create, drop })
    }
}

/// The pieces of each object: a line that names one begins the next, once the one before has said how it is made.
fn sections(text: &str, pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut sections = vec![Vec::new()];
    let mut is_made = false;
    for piece in pieces {
        let names_one = matches!(&piece, Piece::Comment(range) if names_an_object(&text[range.clone()]));
        if names_one && is_made {
            sections.push(Vec::new());
            is_made = false;
        }
        is_made |= matches!(piece, Piece::Statement(_));
        if let Some(section) = sections.last_mut() {
            section.push(piece);
        }
    }
    sections
}

/// The first lines of an object.
#[derive(Default)]
struct Header {
    object: Option<Text>,
    part_of: Option<Text>,
    needs: Vec<Text>,
}

impl Header {
    /// `-- key: value`; another comment is one.
    fn line(&mut self, file: FileId, text: &str, range: Range<usize>, errors: &mut Vec<Diagnostic>) {
        let Some((key, value)) = text[range.clone()].strip_prefix("--").and_then(|line| line.split_once(':')) else {
            return;
        };
        let start = range.end - value.len() + (value.len() - value.trim_start().len());
        let said = |value: &str, at: usize| Text::new(value.trim().to_owned(), span(text, at..at + value.trim().len()));
        match key.trim() {
            "object" if self.object.is_none() => self.object = Some(said(value, start)),
            "part of" if self.part_of.is_none() => self.part_of = Some(said(value, start)),
            "needs" => {
                for (at, need) in parted(value.trim()) {
                    self.needs.push(said(need, start + at));
                }
            }
            again @ ("object" | "part of") => {
                errors.push(Diagnostic::new(file, span(text, range), format!("`{again}` is said twice")));
            }
            other => {
                // Prose may have a colon too, but one word before it is nearly always a key.
                if let Some(help) = did_you_mean(other, KEYS.into_iter()) {
                    errors.push(Diagnostic::new(file, span(text, range), format!("unknown key `{other}`")).help(help));
                }
            }
        }
    }
}

/// The parts between the commas that stand neither in quotes nor in parentheses, and where each begins.
fn parted(text: &str) -> Vec<(usize, &str)> {
    let (mut parts, mut start, mut quoted, mut depth) = (Vec::new(), 0, false, 0usize);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            ',' if !quoted && depth == 0 => {
                parts.push((start, &text[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push((start, &text[start..]));
    parts
        .into_iter()
        .map(|(at, part)| (at + part.len() - part.trim_start().len(), part.trim()))
        .filter(|(_, part)| !part.is_empty())
        .collect()
}

fn names_an_object(comment: &str) -> bool {
    comment.strip_prefix("--").is_some_and(|line| line.trim_start().starts_with("object:"))
}

fn is_drop(comment: &str) -> bool {
    comment.strip_prefix("--").is_some_and(|text| text.trim() == "drop")
}

/// A place in a text that is not Rust: that of a word in a text of blanks with the same lines and lengths.
fn span(text: &str, range: Range<usize>) -> Span {
    let blank = |c: char| match (c, c.len_utf8()) {
        ('\n', _) => "\n",
        (_, 1) => " ",
        (_, 2) => "\u{a0}",
        (_, 3) => "\u{3000}",
        _ => "\u{a0}\u{a0}",
    };
    let before: String = text[..range.start].chars().map(blank).collect();
    let length = text[range].lines().next().map_or(1, |line| line.len().max(1));
    let word: Result<TokenStream, _> = format!("{before}{}", "x".repeat(length)).parse();
    let first = word.ok().and_then(|word| word.into_iter().next());
    first.map_or_else(Span::call_site, |word| word.span())
}

impl Raw {
    /// Takes in what the files declare, now that all other objects are known.
    pub(crate) fn declare(decls: &[RawDecl], is_complete: bool, found: &mut Found) {
        let mut there: Vec<Id> = found.objects.iter().map(super::super::Object::id).collect();
        there.extend(decls.iter().map(RawDecl::id));
        for decl in decls {
            let mut resolve = |text: &Text| match resolved(&text.value, &there) {
                Ok(id) => id,
                Err(_) if !is_complete => None,
                Err((message, help)) => {
                    found.advise(decl.file, text.span, message, help);
                    None
                }
            };
            let part_of = decl.part_of.as_ref().and_then(&mut resolve);
            let mut needs: Vec<Id> = decl.needs.iter().filter_map(&mut resolve).collect();
            needs.sort();
            needs.dedup();
            let said = |id: Id| (id.kind.name().to_owned(), id.path.to_vec());
            let raw = Raw {
                what: decl.name.what.clone(),
                path: decl.name.path.clone(),
                create: decl.create.clone(),
                drop: decl.drop.clone(),
                part_of: part_of.map(said),
                needs: needs.into_iter().map(said).collect(),
            };
            if found.places.contains_key(&decl.id()) {
                found.error(decl.file, decl.span, format!("{} is declared twice", decl.id()));
            } else {
                found.add(raw, decl.file, decl.span);
            }
        }
    }
}

/// The object that a text names. None for what is always there, such as the schema `public`.
pub(in crate::kinds) fn resolved(text: &str, there: &[Id]) -> Result<Option<Id>, (String, Option<String>)> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let raw = RawName::read(&text).ok().map(|name| name.id());
    let parsed = parse_id(&text).ok();
    if parsed.as_ref().is_some_and(|id| id.kind == Kind::Namespace && id.name() == "public") {
        return Ok(None);
    }
    for candidate in [parsed, raw].into_iter().flatten() {
        if there.contains(&candidate) {
            return Ok(Some(candidate));
        }
    }
    let known: Vec<String> = there.iter().map(|id| id.to_string().trim_start_matches("raw ").to_owned()).collect();
    if let Some(at) = known.iter().position(|name| *name == text) {
        return Ok(there.get(at).cloned());
    }
    // A name that has no second one needs no arguments.
    let mut overloads =
        there.iter().zip(&known).filter(|(_, name)| name.split_once('(').is_some_and(|(name, _)| name == text));
    if let (Some((id, _)), None) = (overloads.next(), overloads.next()) {
        return Ok(Some(id.clone()));
    }
    let help = did_you_mean(&text, known.iter().map(String::as_str));
    Err((format!("`{}` is not declared", text.escape_debug()), help))
}
