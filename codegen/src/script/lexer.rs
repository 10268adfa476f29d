//! The tokens of an SQL text, as far as they tell where a statement ends.

use std::ops::Range;

/// What stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// `-- ...` to the end of the line, or `/* ... */`.
    Comment,
    /// `;`
    Semicolon,
    /// `(` (true) or `)`.
    Parenthesis(bool),
    /// A key word or a name without quotes.
    Word,
    /// A backslash, which no SQL has outside of quotes.
    Backslash,
    /// A literal, a quoted name, a sign.
    Other,
}

/// Reads tokens one after the other. What is not closed reaches to the end of the text.
pub struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    /// From the beginning of a text.
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The next token and the bytes that it takes; white space is passed over.
    pub fn next(&mut self) -> Option<(Token, Range<usize>)> {
        self.at += self.rest().len() - self.rest().trim_start().len();
        let start = self.at;
        let first = self.rest().chars().next()?;
        let (token, length) = match first {
            '-' if self.rest().starts_with("--") => (Token::Comment, self.until("\n", 0)),
            '/' if self.rest().starts_with("/*") => (Token::Comment, self.nested_comment()),
            '\'' => (Token::Other, self.quoted('\'', false)),
            '"' => (Token::Other, self.quoted('"', false)),
            'e' | 'E' if self.rest()[1..].starts_with('\'') => (Token::Other, 1 + self.after(1).quoted('\'', true)),
            '$' => (Token::Other, self.dollar_quoted()),
            ';' => (Token::Semicolon, 1),
            '(' | ')' => (Token::Parenthesis(first == '('), 1),
            '\\' => (Token::Backslash, 1),
            c if is_word(c) => (Token::Word, self.word()),
            c => (Token::Other, c.len_utf8()),
        };
        self.at += length;
        Some((token, start..self.at))
    }

    /// Passes over the line that goes on at `start`.
    pub fn rest_of_line(&mut self, start: usize) -> Range<usize> {
        self.at = start;
        self.at += self.until("\n", 0);
        start..self.at
    }

    /// Passes over the rows that follow a COPY: all lines up to `\.` (documentation, COPY, File Formats).
    pub fn rows_of_copy(&mut self, start: usize) -> Range<usize> {
        self.at = start;
        for line in self.rest().split_inclusive('\n') {
            self.at += line.len();
            if line.trim_end() == "\\." {
                break;
            }
        }
        start..self.at
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn after(&self, bytes: usize) -> Lexer<'t> {
        Lexer { text: self.text, at: self.at + bytes }
    }

    /// The bytes up to a mark that is looked for from some byte on.
    fn until(&self, mark: &str, from: usize) -> usize {
        self.rest()[from..].find(mark).map_or(self.rest().len(), |at| from + at)
    }

    fn nested_comment(&self) -> usize {
        let (rest, mut depth, mut at) = (self.rest().as_bytes(), 0, 0);
        while at < rest.len() {
            match &rest[at..] {
                [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
                [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
                _ => at += 1,
            }
            if depth == 0 {
                break;
            }
        }
        at
    }

    fn quoted(&self, quote: char, has_escapes: bool) -> usize {
        let mut chars = self.rest().char_indices().skip(1).peekable();
        while let Some((at, c)) = chars.next() {
            let doubled = c == quote && chars.peek().is_some_and(|(_, next)| *next == quote);
            if doubled || (has_escapes && c == '\\') {
                chars.next();
            } else if c == quote {
                return at + 1;
            }
        }
        self.rest().len()
    }

    /// `$tag$ ... $tag$`; a dollar sign that begins no tag stands for itself.
    fn dollar_quoted(&self) -> usize {
        let tag = self.rest()[1..].chars().take_while(|c| is_word(*c)).map(char::len_utf8).sum::<usize>();
        let starts_well = !self.rest()[1..].starts_with(|c: char| c.is_ascii_digit());
        if !starts_well || !self.rest()[1 + tag..].starts_with('$') {
            return 1;
        }
        let mark = &self.rest()[..tag + 2];
        (self.until(mark, mark.len()) + mark.len()).min(self.rest().len())
    }

    fn word(&self) -> usize {
        self.rest().chars().take_while(|c| is_word(*c) || *c == '$').map(char::len_utf8).sum()
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
