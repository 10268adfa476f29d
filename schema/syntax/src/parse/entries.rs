//! The entries of an attribute: `#[index(name, on(a, b), where = "...")]` has three.
//!
//! A reader takes the entries that it knows by their keys; whatever is left in the end is unknown.
//! So the list of what is allowed is what the reader asked for, and can't be out of date.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

use super::faults::Faults;
use super::fragment::{Fragment, attribute_span, ident_text, split};
use super::names::check_name;
use super::suggest::{advice, quoted};
use crate::Text;

/// The entries of one or more attributes of one name.
pub(crate) struct Entries {
    /// What an entry is called in messages: "column attribute".
    what: String,
    /// Where to report that something is missing.
    pub(crate) span: Span,
    entries: Vec<Entry>,
    asked: Vec<&'static str>,
}

/// One entry.
#[derive(Clone)]
pub(crate) struct Entry {
    /// The word before `=` or `(`, or the whole entry. None for anything else.
    key: Option<Text>,
    /// All of it.
    pub(crate) whole: Fragment,
    /// What follows the key.
    pub(crate) shape: Shape,
    taken: bool,
}

/// What follows the key of an entry.
#[derive(Clone)]
pub(crate) enum Shape {
    /// Nothing: `key`
    Word,
    /// `key = value`
    Value(Fragment),
    /// `key(...)`
    List(TokenStream),
    /// The entry has no key: `"text"`, `Organization::id`
    Keyless,
}

impl Entries {
    /// The entries of the tokens inside an attribute or of a nested list, which stands at `span`.
    pub(crate) fn new(faults: &mut Faults, what: &str, span: Span, tokens: TokenStream) -> Self {
        let mut entries = Self { what: what.to_string(), span, entries: Vec::new(), asked: Vec::new() };
        entries.extend(faults, tokens);
        entries
    }

    /// The entries of one attribute. `#[name]` has none.
    pub(crate) fn of(faults: &mut Faults, what: &str, attribute: &syn::Attribute) -> Self {
        let tokens = attribute_tokens(faults, attribute);
        Self::new(faults, what, attribute_span(attribute), tokens)
    }

    /// The entries of all attributes of a name; `span` is where to report that something is missing if there is none.
    pub(crate) fn of_all(
        faults: &mut Faults,
        what: &str,
        attributes: &[syn::Attribute],
        name: &str,
        span: Span,
    ) -> Self {
        let mut entries = Self::new(faults, what, span, TokenStream::new());
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident(name)) {
            let tokens = attribute_tokens(faults, attribute);
            if says_nothing(attribute) {
                faults.at(attribute_span(attribute), format!("expected `#[{name}(...)]` with an entry"));
            }
            entries.span = attribute_span(attribute);
            entries.extend(faults, tokens);
        }
        entries
    }

    fn extend(&mut self, faults: &mut Faults, tokens: TokenStream) {
        let fragments = split(faults, tokens);
        self.entries.extend(fragments.into_iter().map(entry));
    }

    /// Takes the entry of this key. A second one is a fault.
    pub(crate) fn take(&mut self, faults: &mut Faults, key: &'static str) -> Option<Entry> {
        let mut all = self.take_all(key).into_iter();
        let first = all.next();
        for again in all {
            faults.at(again.whole.span, format!("`{key}` is said twice"));
        }
        first
    }

    /// Takes all entries of this key.
    pub(crate) fn take_all(&mut self, key: &'static str) -> Vec<Entry> {
        self.asked.push(key);
        let mut all = Vec::new();
        for entry in &mut self.entries {
            if !entry.taken && entry.key.as_ref().is_some_and(|known| known.value == key) {
                entry.taken = true;
                all.push(entry.clone());
            }
        }
        all
    }

    /// Takes the first entry if it is a word or a string: a name that stands without a key.
    /// Asked for after all flags, since a flag may stand first too.
    pub(crate) fn leading_name(&mut self, faults: &mut Faults) -> Option<Text> {
        let first = self.entries.first_mut().filter(|entry| !entry.taken)?;
        let name = match first.shape {
            Shape::Word | Shape::Keyless => first.whole.name()?,
            _ => return None,
        };
        first.taken = true;
        check_name(faults, &name);
        Some(name)
    }

    /// As `leading_name`, of an attribute that can't be without.
    pub(crate) fn required_name(&mut self, faults: &mut Faults) -> Option<Text> {
        let name = self.leading_name(faults);
        if name.is_none() {
            faults.at(self.span, "expected a name as the first entry");
        }
        name
    }

    /// Takes the next entry that has no key and that `read` can read.
    pub(crate) fn keyless<T>(&mut self, read: impl Fn(&Fragment) -> Option<T>) -> Option<T> {
        let keyless = |entry: &&mut Entry| !entry.taken && matches!(entry.shape, Shape::Keyless);
        for entry in self.entries.iter_mut().filter(keyless) {
            if let Some(value) = read(&entry.whole) {
                entry.taken = true;
                return Some(value);
            }
        }
        None
    }

    /// Whether one of these keys was written, however wrong what follows it was.
    pub(crate) fn has_any(&self, keys: &[&str]) -> bool {
        let written = self.entries.iter().filter_map(|entry| entry.key.as_ref());
        written.into_iter().any(|key| keys.contains(&key.value.as_str()))
    }

    /// Reports that no entry of this key was written; one that was and can't be read has its fault already.
    pub(crate) fn require(&self, faults: &mut Faults, key: &str, what: &str) {
        if !self.has_any(&[key]) {
            self.missing(faults, what);
        }
    }

    /// Reports that something that can't be left out was.
    pub(crate) fn missing(&self, faults: &mut Faults, what: &str) {
        faults.at(self.span, format!("expected {what}"));
    }

    /// Whether there is an entry that nobody asked for.
    pub(crate) fn is_left_over(&self) -> bool {
        self.entries.iter().any(|entry| !entry.taken)
    }

    /// Reports what nobody asked for.
    pub(crate) fn finish(self, faults: &mut Faults) {
        for entry in self.entries.iter().filter(|entry| !entry.taken) {
            match &entry.key {
                Some(key) => {
                    let message = format!("unknown {} `{}`", self.what, key.value);
                    faults.advise(key.span, message, advice(&key.value, &self.asked));
                }
                None => {
                    let message = format!("this is no {}", self.what);
                    let help = format!("expected one of {}", quoted(&self.asked));
                    faults.advise(entry.whole.span, message, help);
                }
            }
        }
    }
}

/// The tokens in the parentheses of an attribute; none, told as a fault, if there are other brackets or none.
fn attribute_tokens(faults: &mut Faults, attribute: &syn::Attribute) -> TokenStream {
    match &attribute.meta {
        syn::Meta::List(list) if matches!(list.delimiter, syn::MacroDelimiter::Paren(_)) => list.tokens.clone(),
        syn::Meta::Path(_) => TokenStream::new(),
        _ => {
            faults.at(attribute_span(attribute), "expected the entries in parentheses");
            TokenStream::new()
        }
    }
}

/// `#[name]` and `#[name()]` say nothing.
fn says_nothing(attribute: &syn::Attribute) -> bool {
    match &attribute.meta {
        syn::Meta::Path(_) => true,
        syn::Meta::List(list) => list.tokens.is_empty(),
        syn::Meta::NameValue(_) => false,
    }
}

fn entry(whole: Fragment) -> Entry {
    let (key, shape) = match whole.tokens.as_slice() {
        [TokenTree::Ident(key)] => (Some(ident_text(key)), Shape::Word),
        [TokenTree::Ident(key), TokenTree::Punct(equals), value @ ..] if equals.as_char() == '=' => {
            let value = Fragment::new(value.to_vec(), whole.span);
            (Some(ident_text(key)), Shape::Value(value))
        }
        [TokenTree::Ident(key), TokenTree::Group(list)] if list.delimiter() == Delimiter::Parenthesis => {
            (Some(ident_text(key)), Shape::List(list.stream()))
        }
        _ => (None, Shape::Keyless),
    };
    Entry { key, whole, shape, taken: false }
}
