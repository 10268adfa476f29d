//! Expressions as a person would write them, where PostgreSQL reads both alike.

use crate::expression::{shorter, with_lists};

/// An expression without what goes without saying, and with its lists. `is_varchar` says whether a column is
/// `character varying`.
pub fn readable(text: &str, is_varchar: &dyn Fn(&str) -> bool) -> String {
    shorter(without_parentheses(&with_lists(text)), is_varchar)
}

/// The text inside of parentheses that hold all of it.
fn without_parentheses(text: &str) -> &str {
    let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) else { return text };
    let (mut depth, mut quote) = (0i32, None);
    for c in inner.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return text;
        }
    }
    inner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_alike_is_written_shorter() {
        let long = "((status)::text = ANY ((ARRAY['a'::character varying, 'it''s'::character varying])::text[]))";
        let cases = [
            ("(a > 0)", "a > 0"),
            ("(a) + (b)", "(a) + (b)"),
            ("(a = ')')", "a = ')'"),
            ("((a > 0) AND (b > 0))", "a > 0 AND b > 0"),
            (long, "status IN ('a', 'it''s')"),
        ];
        for (text, short) in cases {
            assert_eq!(readable(text, &|_| false), short);
        }
    }
}
