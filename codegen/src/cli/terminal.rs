//! Where words go: colours on a terminal only, JSON where a machine reads.

use std::io::{IsTerminal, Write};

use serde_json::Value;

use super::Color;

/// How to speak.
pub struct Terminal {
    colored: bool,
    json: bool,
}

impl Terminal {
    /// Colours as asked for; on a terminal if nothing else is said and `NO_COLOR` is not set.
    pub fn new(color: Color, json: bool) -> Self {
        let wanted =
            || std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let colored = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => wanted(),
        };
        Self { colored, json }
    }

    /// Whether machines read it.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// Whether colours are wanted.
    pub fn is_colored(&self) -> bool {
        self.colored
    }

    /// Says something to people; machines don't hear it.
    pub fn say(&self, text: impl AsRef<str>) {
        if !self.json {
            write(std::io::stdout(), text.as_ref());
        }
    }

    /// Says something to people where errors go.
    pub fn complain(&self, text: impl AsRef<str>) {
        if !self.json {
            write(std::io::stderr(), text.as_ref());
        }
    }

    /// Says something to machines; people don't hear it.
    pub fn json(&self, value: &Value) {
        if self.json {
            write(std::io::stdout(), &format!("{value:#}"));
        }
    }

    /// The text in bold red.
    pub fn red(&self, text: &str) -> String {
        self.painted("1;31", text)
    }

    /// The text in bold.
    pub fn bold(&self, text: &str) -> String {
        self.painted("1", text)
    }

    /// A unified diff with its lines in red and green.
    pub fn diff(&self, diff: &str) -> String {
        let paint = |line: &str| match line.as_bytes().first() {
            Some(b'+') => self.painted("32", line),
            Some(b'-') => self.painted("31", line),
            Some(b'@') => self.painted("36", line),
            _ => line.to_owned(),
        };
        diff.lines().map(paint).collect::<Vec<_>>().join("\n")
    }

    fn painted(&self, code: &str, text: &str) -> String {
        if self.colored { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// A reader that goes away early, such as `head`, is no fault of ours.
fn write(mut out: impl Write, text: &str) {
    let _ = writeln!(out, "{text}");
}
