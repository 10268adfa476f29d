//! Runs of tokens between two commas, and the simple things that they may be.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;

use super::faults::Faults;
use crate::{Spanned, Text};

/// The tokens between two commas of an attribute, and where they stand.
#[derive(Clone, Debug)]
pub(crate) struct Fragment {
    /// The tokens; none where a value is missing.
    pub(crate) tokens: Vec<TokenTree>,
    /// From the first to the last; where they should be if there are none.
    pub(crate) span: Span,
}

/// Splits tokens at their top-level commas; a comma may follow the last fragment, and no comma may follow another.
pub(crate) fn split(faults: &mut Faults, stream: TokenStream) -> Vec<Fragment> {
    let mut fragments = Vec::new();
    let mut tokens = Vec::new();
    for token in flat(stream) {
        match &token {
            TokenTree::Punct(comma) if comma.as_char() == ',' => {
                if tokens.is_empty() {
                    faults.at(comma.span(), "expected something before the comma");
                } else {
                    fragments.push(Fragment::new(std::mem::take(&mut tokens), comma.span()));
                }
            }
            _ => tokens.push(token),
        }
    }
    if !tokens.is_empty() {
        fragments.push(Fragment::new(tokens, Span::call_site()));
    }
    fragments
}

/// The tokens without the invisible groups that macros put around what they pass on.
fn flat(stream: TokenStream) -> Vec<TokenTree> {
    let mut tokens = Vec::new();
    for token in stream {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::None => {
                tokens.extend(flat(group.stream()));
            }
            other => tokens.push(other),
        }
    }
    tokens
}

/// The place from one span to another; the first where the compiler can't tell.
pub(crate) fn join(first: Span, last: Span) -> Span {
    first.join(last).unwrap_or(first)
}

/// The place of an attribute; its name where the compiler can't join.
pub(crate) fn attribute_span(attribute: &syn::Attribute) -> Span {
    let last = attribute.bracket_token.span.close();
    let name = attribute.path().segments.first();
    let or_name = || name.map_or(last, |segment| segment.ident.span());
    attribute.pound_token.span.join(last).unwrap_or_else(or_name)
}

/// The text of a string literal.
pub(crate) fn string_of(token: &TokenTree) -> Option<Text> {
    let TokenTree::Literal(literal) = token else {
        return None;
    };
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(string) => Some(Text::new(string.value(), literal.span())),
        _ => None,
    }
}

/// An identifier's text, `r#` taken off.
pub(crate) fn ident_text(ident: &proc_macro2::Ident) -> Text {
    Text::new(ident.unraw().to_string(), ident.span())
}

impl Fragment {
    /// Puts tokens together; `elsewhere` is the place of none.
    pub(crate) fn new(tokens: Vec<TokenTree>, elsewhere: Span) -> Self {
        let span = match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => join(first.span(), last.span()),
            _ => elsewhere,
        };
        Self { tokens, span }
    }

    /// `"text"`
    pub(crate) fn string(&self) -> Option<Text> {
        match self.tokens.as_slice() {
            [token] => string_of(token),
            _ => None,
        }
    }

    /// `word`
    pub(crate) fn word(&self) -> Option<Text> {
        match self.tokens.as_slice() {
            [TokenTree::Ident(ident)] => Some(ident_text(ident)),
            _ => None,
        }
    }

    /// `word` or `"text"`
    pub(crate) fn name(&self) -> Option<Text> {
        self.word().or_else(|| self.string())
    }

    /// `word(...)`
    pub(crate) fn call(&self) -> Option<(Text, &Group)> {
        match self.tokens.as_slice() {
            [TokenTree::Ident(ident), TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => {
                Some((ident_text(ident), group))
            }
            _ => None,
        }
    }

    /// `a::b::c`
    pub(crate) fn path(&self) -> Option<Vec<Text>> {
        let mut segments = Vec::new();
        let mut rest = self.tokens.as_slice();
        if let [TokenTree::Punct(a), TokenTree::Punct(b), after @ ..] = rest
            && (a.as_char(), b.as_char()) == (':', ':')
        {
            rest = after;
        }
        loop {
            let [TokenTree::Ident(ident), after @ ..] = rest else {
                return None;
            };
            segments.push(ident_text(ident));
            match after {
                [] => return Some(segments),
                [TokenTree::Punct(a), TokenTree::Punct(b), after @ ..] if (a.as_char(), b.as_char()) == (':', ':') => {
                    rest = after;
                }
                _ => return None,
            }
        }
    }

    /// The last two segments of a path: `Organization::id`.
    pub(crate) fn path_of_two(&self) -> Option<(Text, Text)> {
        let mut segments = self.path()?;
        let last = segments.pop()?;
        Some((segments.pop()?, last))
    }

    /// `10`, `-1.5`: a number in decimal digits.
    pub(crate) fn number(&self) -> Option<Text> {
        let (sign, literal) = match self.tokens.as_slice() {
            [TokenTree::Literal(literal)] => ("", literal),
            [TokenTree::Punct(minus), TokenTree::Literal(literal)] if minus.as_char() == '-' => ("-", literal),
            _ => return None,
        };
        let (digits, suffix) = match syn::Lit::new(literal.clone()) {
            syn::Lit::Int(int) => (int.base10_digits().to_string(), int.suffix().to_string()),
            syn::Lit::Float(float) => (float.base10_digits().to_string(), float.suffix().to_string()),
            _ => return None,
        };
        suffix.is_empty().then(|| Text::new(format!("{sign}{digits}"), self.span))
    }

    /// A whole number of 64 bits.
    pub(crate) fn integer(&self) -> Option<Spanned<i64>> {
        let number = self.number()?;
        let value = number.value.parse().ok()?;
        Some(Spanned::new(value, number.span))
    }
}
