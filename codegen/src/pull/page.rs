//! A file while it is written, and which object each of its lines is about.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Id;

/// The width of a line if nobody tells rustfmt another.
const RUSTFMT_WIDTH: usize = 100;

/// A Rust file of the declaration.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// Module and item.
    uses: BTreeSet<(String, String)>,
    text: String,
    marks: Vec<(usize, Id)>,
}

/// A file, written.
#[derive(Clone, Debug)]
pub struct Written {
    /// The text.
    pub text: String,
    /// From which line on, counted from 1, it is about which object.
    pub marks: Vec<(usize, Id)>,
}

impl Page {
    /// What follows is about this object.
    pub fn about(&mut self, id: &Id) {
        self.marks.push((self.text.matches('\n').count(), id.clone()));
    }

    /// Text that ends in a line end.
    pub fn push(&mut self, text: &str) {
        self.text += text;
    }

    /// An empty line between two items.
    pub fn gap(&mut self) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
    }

    /// Names an item of another module, or of its own.
    pub fn import(&mut self, module: &str, item: &str) {
        self.uses.insert((module.to_owned(), item.to_owned()));
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The whole file of a module.
    pub fn written(self, module: &str) -> Written {
        let mut foreign: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (other, item) in self.uses.iter().filter(|(other, _)| other != module) {
            foreign.entry(other).or_default().push(item);
        }
        let uses: String = foreign.iter().map(|(module, items)| uses(module, items)).collect();
        let gap = if uses.is_empty() { "" } else { "\n" };
        let head = format!("use tablewright_declare::prelude::*;\n{gap}{uses}\n");
        let lines = head.matches('\n').count();
        let marks = self.marks.into_iter().map(|(line, id)| (line + lines + 1, id)).collect();
        Written { text: head + &self.text, marks }
    }
}

/// `use crate::module::{A, B};`, or a line for each where one would be too long for rustfmt.
fn uses(module: &str, items: &[&str]) -> String {
    let line = |items: &str| format!("use crate::{module}::{items};\n");
    let together = line(&format!("{{{}}}", items.join(", ")));
    match items {
        [_, _, ..] if together.chars().count() <= RUSTFMT_WIDTH => together,
        _ => items.iter().map(|item| line(item)).collect(),
    }
}

impl Written {
    /// A file that is about nothing that could be written in another form.
    pub fn plain(text: String) -> Self {
        Self { text, marks: Vec::new() }
    }

    /// The object that a line is about.
    pub fn at(&self, line: usize) -> Option<&Id> {
        self.marks.iter().rev().find(|(first, _)| *first <= line).map(|(_, id)| id)
    }
}
