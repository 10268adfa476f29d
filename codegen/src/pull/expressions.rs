//! Expressions as a person would write them, where PostgreSQL reads both alike.

use super::enums::literal;

/// An expression without the parentheses around all of it, and with its lists.
pub fn readable(text: &str) -> String {
    without_parentheses(&with_lists(text)).to_owned()
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

/// `((a)::text = ANY ((ARRAY['x'::character varying, ...])::text[]))` as what it was: `(a IN ('x', ...))`.
///
/// PostgreSQL reads the long form as something else than what it was written for, so it is also the form that keeps.
pub fn with_lists(text: &str) -> String {
    let mut written = String::new();
    let mut rest = text;
    while let Some((at, list)) = next(rest) {
        let word = if list.negated { "NOT IN" } else { "IN" };
        written += &rest[..at];
        written += &format!("({} {word} ({}))", list.operand, list.values.join(", "));
        rest = list.rest;
    }
    written + rest
}

struct List<'t> {
    operand: &'t str,
    negated: bool,
    values: Vec<&'t str>,
    rest: &'t str,
}

fn next(text: &str) -> Option<(usize, List<'_>)> {
    text.match_indices("((").find_map(|(at, _)| Some((at, list(&text[at..])?)))
}

fn list(text: &str) -> Option<List<'_>> {
    let inner = text.strip_prefix("((")?;
    let end = inner.find(')')?;
    let operand = &inner[..end];
    let is_name = !operand.is_empty() && operand.chars().all(|c| c.is_alphanumeric() || "_.\"".contains(c));
    let rest = inner[end..].strip_prefix(")::text ").filter(|_| is_name)?;
    let (negated, rest) = match (rest.strip_prefix("= ANY ((ARRAY["), rest.strip_prefix("<> ALL ((ARRAY[")) {
        (Some(rest), _) => (false, rest),
        (_, rest) => (true, rest?),
    };
    let (mut values, mut rest) = (Vec::new(), rest);
    loop {
        let (_, after) = literal(rest)?;
        values.push(&rest[..rest.len() - after.len()]);
        rest = after.strip_prefix("::character varying")?;
        match rest.strip_prefix(", ") {
            Some(more) => rest = more,
            None => break,
        }
    }
    rest.strip_prefix("])::text[]))").map(|rest| List { operand, negated, values, rest })
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
            ("((a > 0) AND (b > 0))", "(a > 0) AND (b > 0)"),
            (long, "status IN ('a', 'it''s')"),
        ];
        for (text, short) in cases {
            assert_eq!(readable(text), short);
        }
        let other = long.replace("= ANY", "<> ALL");
        assert_eq!(with_lists(&format!("x AND {other}")), "x AND (status NOT IN ('a', 'it''s'))");
    }
}
