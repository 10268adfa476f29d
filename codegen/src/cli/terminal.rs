//! Where words go: colours on a terminal only, JSON where a machine reads.

use std::io::{IsTerminal, Write};

use serde_json::Value;

use super::Color;

/// How to speak.
pub struct Terminal {
    /// Colours on standard output.
    out: bool,
    /// Colours on standard error.
    err: bool,
    json: bool,
}

impl Terminal {
    /// Colours as asked for; on a terminal if nothing else is said and `NO_COLOR` is not set.
    pub fn new(color: Color, json: bool) -> Self {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let colored = |is_terminal: bool| match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && !unwanted,
        };
        // One of the two may be a file while the other is a terminal.
        Self { out: colored(std::io::stdout().is_terminal()), err: colored(std::io::stderr().is_terminal()), json }
    }

    /// Whether machines read it.
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// Whether errors have colours.
    pub fn complains_in_color(&self) -> bool {
        self.err
    }

    /// Whether words to people have colours.
    pub fn speaks_in_color(&self) -> bool {
        self.out
    }

    /// Writes what a machine reads that asked for it by a format of its own.
    pub fn print(&self, text: &str) {
        write(std::io::stdout(), text);
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

    /// The text in bold red, for [`Terminal::complain`].
    pub fn red(&self, text: &str) -> String {
        painted(self.err, "1;31", text)
    }

    /// The text in bold, for [`Terminal::say`].
    pub fn bold(&self, text: &str) -> String {
        painted(self.out, "1", text)
    }

    /// A unified diff with its lines in red and green, for [`Terminal::say`].
    pub fn diff(&self, diff: &str) -> String {
        let paint = |line: &str| match line.as_bytes().first() {
            Some(b'+') => painted(self.out, "32", line),
            Some(b'-') => painted(self.out, "31", line),
            Some(b'@') => painted(self.out, "36", line),
            _ => line.to_owned(),
        };
        diff.lines().map(paint).collect::<Vec<_>>().join("\n")
    }
}

/// How this program was started, with the words that follow: `codegen new NAME`, or the same through cargo.
pub fn command(words: &str) -> String {
    // Cargo tells the programs that it runs whose package they are.
    let by_cargo = std::env::var_os("CARGO_PKG_NAME").is_some_and(|name| name == env!("CARGO_PKG_NAME"));
    match (by_cargo, words) {
        (true, "") => "cargo run -p codegen".to_owned(),
        (true, words) => format!("cargo run -p codegen -- {words}"),
        (false, words) => format!("codegen {words}").trim_end().to_owned(),
    }
}

fn painted(colored: bool, code: &str, text: &str) -> String {
    if colored { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
}

/// A reader that goes away early, such as `head`, is no fault of ours.
fn write(mut out: impl Write, text: &str) {
    let _ = writeln!(out, "{text}");
}
