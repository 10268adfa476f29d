//! The paths that a source names, in `use` and in its code: `use a::{b, c::d}` names `a::b` and `a::c::d`.

use super::tokens::Token;

/// A path and the line that it starts on.
#[derive(Debug, PartialEq, Eq)]
pub struct Named {
    /// From 1.
    pub line: usize,
    /// Its parts.
    pub parts: Vec<String>,
}

impl Named {
    /// Whether these parts follow each other in it.
    pub fn has(&self, wanted: &[&str]) -> bool {
        self.parts.windows(wanted.len()).any(|parts| parts == wanted)
    }

    /// The path as text.
    pub fn text(&self) -> String {
        self.parts.join("::")
    }
}

/// Every path of a row of tokens, single names too.
pub fn named(tokens: &[Token]) -> Vec<Named> {
    let mut paths = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        at = match tokens[at].name() {
            Some(_) => path(tokens, at, &[], &mut paths),
            None => at + 1,
        };
    }
    paths
}

/// Takes the path that starts here, below `prefix`; returns the place after it.
fn path(tokens: &[Token], start: usize, prefix: &[String], paths: &mut Vec<Named>) -> usize {
    let mut parts = prefix.to_vec();
    let mut at = start;
    while let Some(name) = tokens.get(at).and_then(Token::name) {
        parts.push(name.to_owned());
        at += 1;
        if !is_separator(tokens, at) {
            break;
        }
        at += 2;
        if tokens.get(at).is_some_and(|token| token.is('{')) {
            return branches(tokens, at + 1, &parts, paths);
        }
    }
    paths.push(Named { line: tokens[start].line, parts });
    at
}

/// Takes what stands between the braces of a `use`; returns the place after them.
fn branches(tokens: &[Token], start: usize, prefix: &[String], paths: &mut Vec<Named>) -> usize {
    let mut at = start;
    while let Some(token) = tokens.get(at) {
        at = match token.name() {
            Some(_) => path(tokens, at, prefix, paths),
            None if token.is('}') => return at + 1,
            None => at + 1,
        };
    }
    at
}

fn is_separator(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| token.is(':')) && tokens.get(at + 1).is_some_and(|token| token.is(':'))
}

#[test]
fn a_tree_of_uses_names_every_branch() {
    let tokens = super::tokens::code_tokens("use a::{self, b, c::{d, e}}; fn f() -> g::H { i::j(k) }").unwrap();
    let texts: Vec<String> = named(&tokens).iter().map(Named::text).collect();
    assert_eq!(texts, ["use", "a::self", "a::b", "a::c::d", "a::c::e", "fn", "f", "g::H", "i::j", "k"]);
}
