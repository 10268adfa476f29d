//! A file while it is written, and which object each of its lines is about.

use std::collections::BTreeSet;

use crate::model::Id;

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
        let foreign: Vec<&(String, String)> = self.uses.iter().filter(|(other, _)| other != module).collect();
        let uses: String = foreign.iter().map(|(module, item)| format!("use crate::{module}::{item};\n")).collect();
        let gap = if uses.is_empty() { "" } else { "\n" };
        let head = format!("use tablewright_declare::prelude::*;\n{gap}{uses}\n");
        let lines = head.matches('\n').count();
        let marks = self.marks.into_iter().map(|(line, id)| (line + lines + 1, id)).collect();
        Written { text: head + &self.text, marks }
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
