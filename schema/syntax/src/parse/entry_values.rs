//! The values of entries: each of these takes an entry by its key and reads what follows the key.

use proc_macro2::Span;

use super::entries::{Entries, Shape};
use super::faults::Faults;
use super::fragment::{Fragment, split};
use super::names::check_name;
use super::values::{check_filled, check_text, choose, fields, items_or_names};
use crate::{Spanned, Text};

impl Entries {
    /// `key`: where it stands.
    pub(crate) fn flag(&mut self, faults: &mut Faults, key: &'static str) -> Option<Span> {
        let entry = self.take(faults, key)?;
        if !matches!(entry.shape, Shape::Word) {
            faults.at(entry.whole.span, format!("`{key}` takes no value"));
        }
        Some(entry.whole.span)
    }

    /// `key = ...`
    pub(crate) fn value(&mut self, faults: &mut Faults, key: &'static str) -> Option<Fragment> {
        let entry = self.take(faults, key)?;
        match entry.shape {
            Shape::Value(value) => Some(value),
            _ => {
                faults.at(entry.whole.span, format!("expected `{key} = ...`"));
                None
            }
        }
    }

    /// `key(...)`: its fragments and where it stands.
    pub(crate) fn list(&mut self, faults: &mut Faults, key: &'static str) -> Option<(Span, Vec<Fragment>)> {
        let entry = self.take(faults, key)?;
        let Shape::List(tokens) = entry.shape else {
            faults.at(entry.whole.span, format!("expected `{key}(...)`"));
            return None;
        };
        let fragments = split(faults, tokens);
        if fragments.is_empty() {
            faults.at(entry.whole.span, format!("`{key}(...)` is empty"));
        }
        Some((entry.whole.span, fragments))
    }

    /// `key = "..."`, any text that a database can hold.
    pub(crate) fn string(&mut self, faults: &mut Faults, key: &'static str) -> Option<Text> {
        let value = self.value(faults, key)?;
        let text = value.string();
        match &text {
            None => faults.at(value.span, "expected a string"),
            Some(text) => check_text(faults, text),
        }
        text
    }

    /// `key = "..."`, text that says something: an expression, a path.
    pub(crate) fn filled(&mut self, faults: &mut Faults, key: &'static str) -> Option<Text> {
        let text = self.string(faults, key)?;
        check_filled(faults, &text);
        Some(text)
    }

    /// `key = name` or `key = "name"`: a name of the database.
    pub(crate) fn name(&mut self, faults: &mut Faults, key: &'static str) -> Option<Text> {
        let value = self.value(faults, key)?;
        let name = value.name();
        match &name {
            None => faults.at(value.span, "expected a name or a string"),
            Some(name) => check_name(faults, name),
        }
        name
    }

    /// `key = word`, one of the given; `of` says of what ("action").
    pub(crate) fn choice<T: Clone>(
        &mut self,
        faults: &mut Faults,
        key: &'static str,
        of: &str,
        choices: &[(&str, T)],
    ) -> Option<Spanned<T>> {
        let value = self.value(faults, key)?;
        choose(faults, &value, of, choices)
    }

    /// `key = number`, whole.
    pub(crate) fn integer(&mut self, faults: &mut Faults, key: &'static str) -> Option<Spanned<i64>> {
        let value = self.value(faults, key)?;
        let integer = value.integer();
        if integer.is_none() {
            faults.at(value.span, "expected a whole number");
        }
        integer
    }

    /// `key = number`, verbatim.
    pub(crate) fn number(&mut self, faults: &mut Faults, key: &'static str) -> Option<Text> {
        let value = self.value(faults, key)?;
        let number = value.number();
        if number.is_none() {
            faults.at(value.span, "expected a number");
        }
        number
    }

    /// `needs(A, b::C, "collation public.ci")`: Rust items, and objects that are none.
    pub(crate) fn needs(&mut self, faults: &mut Faults) -> Vec<Text> {
        let (_, fragments) = self.list(faults, "needs").unwrap_or((self.span, Vec::new()));
        items_or_names(faults, &fragments)
    }

    /// `key(a, b)`: fields of the struct.
    pub(crate) fn fields(&mut self, faults: &mut Faults, key: &'static str) -> Vec<Text> {
        let (_, fragments) = self.list(faults, key).unwrap_or((self.span, Vec::new()));
        fields(faults, &fragments)
    }
}
