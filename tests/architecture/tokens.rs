//! The tokens of a source in a row, without its comments and its tests.

use proc_macro2::{Delimiter, Group, LexError, TokenStream, TokenTree};
use syn::Lit;

/// One token and the line that it is on.
#[derive(Clone, Debug)]
pub struct Token {
    /// From 1.
    pub line: usize,
    /// What it is.
    pub part: Part,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A name or a keyword.
    Name(String),
    /// The value of a string or of a character.
    Text(String),
    /// A sign, or an opening or closing bracket.
    Sign(char),
    /// A number and everything else.
    Other,
}

impl Token {
    /// The name, if it is one.
    pub fn name(&self) -> Option<&str> {
        match &self.part {
            Part::Name(name) => Some(name),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.part {
            Part::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether it is this sign.
    pub fn is(&self, sign: char) -> bool {
        self.part == Part::Sign(sign)
    }
}

/// The tokens of a file's code: documentation and everything under `#[cfg(test)]` are left out.
pub fn code_tokens(text: &str) -> Result<Vec<Token>, LexError> {
    let mut tokens = Vec::new();
    flatten(text.parse()?, &mut tokens);
    Ok(tokens)
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    let trees: Vec<TokenTree> = stream.into_iter().collect();
    let mut rest = trees.as_slice();
    while let Some((tree, after)) = rest.split_first() {
        rest = match attribute(rest) {
            Some(("doc", after)) => after,
            Some(("test", after)) => after_item(after),
            _ if is_quoted(rest) => &rest[3..],
            _ => {
                push(tree, tokens);
                after
            }
        };
    }
}

/// Whether code is quoted here: `quote! { ... }` is what a generated program does, not what we do.
fn is_quoted(trees: &[TokenTree]) -> bool {
    let [TokenTree::Ident(name), TokenTree::Punct(sign), TokenTree::Group(_), ..] = trees else { return false };
    name.to_string().contains("quote") && sign.as_char() == '!'
}

/// An attribute that matters here, and what follows it: `doc`, or `test` for `#[test]` and `#[cfg(test)]`.
fn attribute(trees: &[TokenTree]) -> Option<(&'static str, &[TokenTree])> {
    let (hash, mut rest) = trees.split_first()?;
    if !matches!(hash, TokenTree::Punct(it) if it.as_char() == '#') {
        return None;
    }
    if matches!(rest.first(), Some(TokenTree::Punct(it)) if it.as_char() == '!') {
        rest = &rest[1..];
    }
    let TokenTree::Group(group) = rest.first()? else { return None };
    let words = group.stream().to_string().replace(' ', "");
    let name = match words.as_str() {
        "test" | "cfg(test)" => "test",
        words if words.starts_with("doc") => "doc",
        _ => return None,
    };
    Some((name, &rest[1..]))
}

/// What follows the item that starts here: it ends with a block or a semicolon.
fn after_item(trees: &[TokenTree]) -> &[TokenTree] {
    let end = trees.iter().position(|tree| match tree {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(sign) => sign.as_char() == ';',
        _ => false,
    });
    end.map_or(&[], |end| &trees[end + 1..])
}

fn push(tree: &TokenTree, tokens: &mut Vec<Token>) {
    let line = tree.span().start().line;
    let part = match tree {
        TokenTree::Group(group) => return push_group(group, tokens),
        TokenTree::Ident(ident) => Part::Name(ident.to_string()),
        TokenTree::Punct(sign) => Part::Sign(sign.as_char()),
        TokenTree::Literal(literal) => match Lit::new(literal.clone()) {
            Lit::Str(text) => Part::Text(text.value()),
            Lit::Char(character) => Part::Text(character.value().to_string()),
            _ => Part::Other,
        },
    };
    tokens.push(Token { line, part });
}

fn push_group(group: &Group, tokens: &mut Vec<Token>) {
    let (open, close) = match group.delimiter() {
        Delimiter::Parenthesis => ('(', ')'),
        Delimiter::Brace => ('{', '}'),
        Delimiter::Bracket => ('[', ']'),
        Delimiter::None => return flatten(group.stream(), tokens),
    };
    tokens.push(Token { line: group.span_open().start().line, part: Part::Sign(open) });
    flatten(group.stream(), tokens);
    tokens.push(Token { line: group.span_close().start().line, part: Part::Sign(close) });
}

#[test]
fn comments_and_tests_are_no_code() {
    let text =
        "//! a\n/// b\nfn c() { \"d\" }\n#[cfg(test)]\nmod e { fn f() {} }\n#[test] fn g() {}\nquote!(i);\nstruct H;";
    let tokens = code_tokens(text).unwrap();
    let names: Vec<&str> = tokens.iter().filter_map(Token::name).collect();
    assert_eq!(names, ["fn", "c", "struct", "H"]);
    assert_eq!(tokens.iter().filter_map(Token::text).collect::<Vec<_>>(), ["d"]);
    assert_eq!(tokens.iter().find(|token| token.name() == Some("struct")).map(|token| token.line), Some(8));
}
