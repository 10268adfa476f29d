//! Lists of values as a person writes them, where PostgreSQL prints something that it would read as something else.

/// `((a)::text = ANY ((ARRAY['x'::character varying, ...])::text[]))` as what it was: `(a IN ('x', ...))`.
///
/// PostgreSQL reads the long form as something else than what it was written for: it would cast each value. So this is
/// also the form that keeps. Where the operand is no mere name, the list says its type, which keeps it too.
pub fn with_lists(text: &str) -> String {
    let mut written = String::new();
    let mut rest = text;
    while let Some((at, list)) = next(rest) {
        let word = if list.negated { "NOT IN" } else { "IN" };
        written += &rest[..at];
        written += &format!("({} {word} ({}))", list.operand, list.values.join(", "));
        rest = list.rest;
    }
    with_types(&(written + rest))
}

/// `(ARRAY['x'::character varying])::text[]` with the type of the list behind its bracket.
fn with_types(text: &str) -> String {
    const START: &str = "(ARRAY[";
    let (mut written, mut rest) = (String::new(), text);
    while let Some(at) = rest.find(START) {
        let (before, list) = rest.split_at(at + START.len());
        written += before;
        rest = list;
        if let Some((_, after)) = values(list).filter(|(_, after)| after.starts_with("])::text[]")) {
            written += &format!("{}]::character varying[]", &list[..list.len() - after.len()]);
            rest = &after[1..];
        }
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
    // Not `match_indices`: of three parentheses the last two may be the ones.
    text.char_indices().filter(|(_, c)| *c == '(').find_map(|(at, _)| Some((at, list(&text[at..])?)))
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
    let (values, rest) = values(rest)?;
    rest.strip_prefix("])::text[]))").map(|rest| List { operand, negated, values, rest })
}

/// The literals of a list of `character varying`, and what follows them.
fn values(mut rest: &str) -> Option<(Vec<&str>, &str)> {
    let mut values = Vec::new();
    loop {
        let (_, after) = literal(rest)?;
        values.push(&rest[..rest.len() - after.len()]);
        rest = after.strip_prefix("::character varying")?;
        match rest.strip_prefix(", ") {
            Some(more) => rest = more,
            None => return Some((values, rest)),
        }
    }
}

/// The text of a literal at the beginning, and what follows it.
pub fn literal(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('\'')?;
    let (mut value, mut chars) = (String::new(), inner.char_indices().peekable());
    while let Some((at, c)) = chars.next() {
        if c != '\'' {
            value.push(c);
        } else if chars.peek().is_some_and(|(_, next)| *next == '\'') {
            value.push('\'');
            chars.next();
        } else {
            return Some((value, &inner[at + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_what_it_was() {
        let list = "(ARRAY['a'::character varying, 'it''s'::character varying])::text[]";
        let is = |operand: &str| format!("((({operand})::text = ANY ({list})) OR b)");
        assert_eq!(with_lists(&is("status")), "((status IN ('a', 'it''s')) OR b)");
        assert_eq!(
            with_lists(&is("\"Status\"").replace("= ANY", "<> ALL")),
            "((\"Status\" NOT IN ('a', 'it''s')) OR b)"
        );
        let typed = list.replace("])", "]::character varying[])");
        assert_eq!(with_lists(&is("lower(a)")), format!("(((lower(a))::text = ANY ({typed})) OR b)"));
        let other = "((a = ANY (ARRAY['a'::text])) AND (b)::text = ANY ((ARRAY[c])::text[]))";
        assert_eq!(with_lists(other), other);
    }
}
