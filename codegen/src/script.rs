//! A text of many SQL statements, taken apart the way that psql does it.
//!
//! Source: PostgreSQL documentation, "Lexical Structure" (4.1) and psql, "Meta-Commands" and "\copy".
//! Only quotes, comments and parentheses are understood, so that a text of any version can be taken apart.

mod lexer;

use std::ops::Range;

use lexer::{Lexer, Token};

/// A part of a script, by the bytes that it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A comment between two statements.
    Comment(Range<usize>),
    /// A statement, without the semicolon and without comments around it.
    Statement(Range<usize>),
    /// What is for psql alone: a line that begins with a backslash, or a COPY with its rows.
    Skipped(Range<usize>),
}

/// The pieces of a script, in order.
pub fn pieces(text: &str) -> Vec<Piece> {
    let mut lexer = Lexer::new(text);
    let mut pieces = Vec::new();
    let mut open = Open::default();
    while let Some((token, range)) = lexer.next() {
        match token {
            Token::Comment if open.start.is_none() => pieces.push(Piece::Comment(range)),
            Token::Comment => {}
            Token::Backslash => pieces.push(Piece::Skipped(lexer.rest_of_line(range.start))),
            Token::Semicolon if open.is_at_end() => {
                if open.copies_rows(text) {
                    let start = open.start.unwrap_or(range.start);
                    pieces.push(Piece::Skipped(start..lexer.rows_of_copy(range.end).end));
                    open = Open::default();
                } else {
                    pieces.extend(open.close());
                }
            }
            token => open.take(text, token, range),
        }
    }
    pieces.extend(open.close());
    pieces
}

/// The statements of a script, in order.
pub fn statements(text: &str) -> Vec<&str> {
    let statement = |piece: Piece| match piece {
        Piece::Statement(range) => Some(&text[range]),
        _ => None,
    };
    pieces(text).into_iter().filter_map(statement).collect()
}

/// The words, names and signs of a statement, without its comments.
pub fn tokens(text: &str) -> Vec<&str> {
    let mut lexer = Lexer::new(text);
    let tokens = std::iter::from_fn(|| lexer.next()).filter(|(token, _)| *token != Token::Comment);
    tokens.map(|(_, range)| &text[range]).collect()
}

/// Where a script names something in a schema, schema and all: the places of the name after the dot.
pub fn qualified(text: &str, schema: &str, name: &str) -> Vec<Range<usize>> {
    let mut lexer = Lexer::new(text);
    let tokens: Vec<Range<usize>> = std::iter::from_fn(|| lexer.next()).map(|(_, range)| range).collect();
    let is = |place: &Range<usize>, name: &str| unquoted(&text[place.clone()]) == name;
    let named = |it: &&[Range<usize>]| is(&it[0], schema) && &text[it[1].clone()] == "." && is(&it[2], name);
    tokens.windows(3).filter(named).map(|it| it[2].clone()).collect()
}

/// A name as PostgreSQL reads it: in lower case, unless it is quoted.
fn unquoted(text: &str) -> String {
    match text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => text.to_lowercase(),
    }
}

/// Line and column, both from 1, of a byte of a text.
pub fn place(text: &str, at: usize) -> (usize, usize) {
    let before = &text[..at.min(text.len())];
    let last = before.rsplit('\n').next().unwrap_or_default();
    (before.matches('\n').count() + 1, last.chars().count() + 1)
}

/// The statement that is being read.
#[derive(Default)]
struct Open {
    start: Option<usize>,
    end: usize,
    parentheses: usize,
    /// `BEGIN ATOMIC ... END`, and the `CASE ... END` inside.
    blocks: usize,
    before: String,
}

impl Open {
    fn take(&mut self, text: &str, token: Token, range: Range<usize>) {
        self.start.get_or_insert(range.start);
        self.end = range.end;
        match token {
            Token::Parenthesis(true) => self.parentheses += 1,
            Token::Parenthesis(false) => self.parentheses = self.parentheses.saturating_sub(1),
            Token::Word => self.word(text[range].to_ascii_lowercase()),
            _ => self.before.clear(),
        }
    }

    fn word(&mut self, word: String) {
        match word.as_str() {
            "atomic" if self.before == "begin" => self.blocks += 1,
            "case" if self.blocks > 0 => self.blocks += 1,
            "end" => self.blocks = self.blocks.saturating_sub(1),
            _ => {}
        }
        self.before = word;
    }

    /// Whether a semicolon ends it here.
    fn is_at_end(&self) -> bool {
        self.blocks == 0 && self.parentheses == 0
    }

    /// `COPY ... FROM stdin`: its rows follow.
    fn copies_rows(&self, text: &str) -> bool {
        let words = self.start.map_or("", |start| &text[start..self.end]).to_ascii_lowercase();
        words.starts_with("copy ")
            && words.split_whitespace().collect::<Vec<_>>().windows(2).any(|it| it == ["from", "stdin"])
    }

    fn close(&mut self) -> Option<Piece> {
        let open = std::mem::take(self);
        open.start.map(|start| Piece::Statement(start..open.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_semicolon_ends_a_statement_only_where_it_stands_alone() {
        let cases: [(&str, &[&str]); 11] = [
            ("a; b ;\n;c", &["a", "b", "c"]),
            ("a ';' \";\" E'\\';' $$;$$ $x$ $$;$x$; b", &["a ';' \";\" E'\\';' $$;$$ $x$ $$;$x$", "b"]),
            ("-- x;\na /* ; /* ; */ ; */ b -- ;\n c; -- y", &["a /* ; /* ; */ ; */ b -- ;\n c"]),
            ("create rule r do (a; b); c", &["create rule r do (a; b)", "c"]),
            ("f BEGIN ATOMIC a; case b end; c; END; d", &["f BEGIN ATOMIC a; case b end; c; END", "d"]),
            ("begin; a; end; b", &["begin", "a", "end", "b"]),
            ("\\restrict x\na;\n\\connect b\nc;", &["a", "c"]),
            ("COPY t (a) FROM stdin;\n1;2\n\\\\.\n\\.\n\nb;", &["b"]),
            ("select 1;\nCOPY t FROM stdin WITH (FORMAT text);\nit's;\n\\.\nselect 2", &["select 1", "select 2"]),
            ("a$1;b'", &["a$1", "b'"]),
            ("E'a''\\';';b", &["E'a''\\';'", "b"]),
        ];
        for (text, expected) in cases {
            assert_eq!(statements(text), expected, "{text}");
        }
    }

    #[test]
    fn comments_between_statements_are_pieces() {
        let text = "-- object: x\n\na; -- b\n/* c */";
        let comments = pieces(text).into_iter().filter_map(|piece| match piece {
            Piece::Comment(range) => Some(&text[range]),
            _ => None,
        });
        assert_eq!(comments.collect::<Vec<_>>(), ["-- object: x", "-- b", "/* c */"]);
        assert_eq!(place("a\nüb", 4), (2, 2));
    }
}
