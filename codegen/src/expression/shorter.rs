//! Expressions without what PostgreSQL adds when it prints them, where it adds the same when it reads them again.

use std::ops::Range;

use squawk_syntax::{SyntaxKind, SyntaxNode};

use super::{PREFIX, parse, target, unquoted};

/// The types that a literal gets by itself, in nearly every place: what it stands beside is of that type.
const SILENT: [&str; 4] = ["::text", "::character varying", "::bpchar", "::text[]"];

/// The types that a number gets by itself where it is compared.
const NUMBERS: [&str; 5] = ["::numeric", "::double precision", "::real", "::bigint", "::smallint"];

/// A part of the text, and what comes in its place.
type Edit = (Range<usize>, &'static str);

/// An expression without the casts of literals to text, without those of columns that are `character varying`, and
/// without parentheses between `AND` and `OR` that say nothing; `IN` instead of a list of values. What PostgreSQL makes of
/// it is for it to say.
pub fn shorter(text: &str, is_varchar: &dyn Fn(&str) -> bool) -> String {
    if target(text).is_none() {
        return text.to_owned();
    }
    let tree = parse(text).syntax_node();
    let mut edits: Vec<Edit> = tree.descendants().flat_map(|node| edits(&node, is_varchar)).collect();
    edits.sort_by_key(|(place, _)| place.start);
    let mut short = format!("{PREFIX}({text})");
    for (place, instead) in edits.into_iter().rev() {
        short.replace_range(place, instead);
    }
    short[PREFIX.len() + 1..short.len() - 1].to_owned()
}

/// What a node itself can do without.
fn edits(node: &SyntaxNode, is_varchar: &dyn Fn(&str) -> bool) -> Vec<Edit> {
    match node.kind() {
        SyntaxKind::CAST_EXPR => cast(node, is_varchar).unwrap_or_default(),
        SyntaxKind::BIN_EXPR => list(node).unwrap_or_default(),
        SyntaxKind::PAREN_EXPR if joins(node.parent().as_ref()) => {
            node.first_child().filter(is_tight).map_or_else(Vec::new, |inner| without(around(node, &inner)))
        }
        _ => Vec::new(),
    }
}

fn without(places: [Range<usize>; 2]) -> Vec<Edit> {
    places.into_iter().map(|place| (place, "")).collect()
}

fn cast(node: &SyntaxNode, is_varchar: &dyn Fn(&str) -> bool) -> Option<Vec<Edit>> {
    let inner = node.first_child()?;
    let [_, behind] = around(node, &inner);
    let whole = node.text().to_string();
    let cast = &whole[whole.len() - behind.len()..];
    if is_text(&inner) {
        // A type of somebody's own is that of what the literal is compared with.
        let is_own = cast.contains('.') && node.parent().is_some_and(|parent| compares(&parent) || is_list(&parent));
        return (is_own || SILENT.contains(&cast)).then(|| vec![(behind, "")]);
    }
    let column = inner.first_child().filter(|_| inner.kind() == SyntaxKind::PAREN_EXPR)?;
    // `amount >= (0)::numeric`: a number is of the type that it is compared with.
    let number = &whole[1..whole.len() - behind.len() - 1];
    if is_number(&column, number) && NUMBERS.contains(&cast) && node.parent().is_some_and(|parent| compares(&parent)) {
        return Some(without(around(node, &column)));
    }
    let is_name = matches!(column.kind(), SyntaxKind::NAME_REF | SyntaxKind::FIELD_EXPR);
    let written = column.text().to_string();
    // `old.name` and `new.name` are columns too.
    let own = unquoted(written.rsplit('.').next().unwrap_or(&written));
    (is_name && cast == "::text" && is_varchar(&own)).then(|| without(around(node, &column)))
}

/// `a = ANY (ARRAY['x', 'y'])` as what it was: `a IN ('x', 'y')`.
fn list(node: &SyntaxNode) -> Option<Vec<Edit>> {
    let (left, right) = (node.first_child()?, node.last_child()?);
    let array = right.descendants().find(is_list)?;
    let word = match operator(node).as_str() {
        "= ANY (" => " IN (",
        "<> ALL (" => " NOT IN (",
        _ => return None,
    };
    let (start, end) = (usize::from(array.text_range().start()), usize::from(array.text_range().end()));
    let before = usize::from(left.text_range().end())..start + "ARRAY[".len();
    let behind = end - "]".len()..usize::from(right.text_range().end());
    Some(vec![(before, word), (behind, ")")])
}

/// What stands between the left side and a list: `= ANY (`.
fn operator(node: &SyntaxNode) -> String {
    let text = node.text().to_string();
    let left = node.first_child().map_or(0, |left| usize::from(left.text_range().len()));
    text[left..].split("ARRAY[").next().unwrap_or_default().trim_start().to_owned()
}

/// Whether it is `ARRAY['x', 'y']`, and right behind `ANY (`: of one value PostgreSQL makes something else.
fn is_list(node: &SyntaxNode) -> bool {
    let is_value = |it: SyntaxNode| {
        let inner = if it.kind() == SyntaxKind::CAST_EXPR { it.first_child() } else { Some(it) };
        inner.is_some_and(|inner| inner.kind() == SyntaxKind::LITERAL)
    };
    let compared = node.ancestors().skip(1).find(|it| it.kind() == SyntaxKind::BIN_EXPR);
    node.kind() == SyntaxKind::ARRAY_EXPR
        && node.children().count() > 1
        && node.children().all(is_value)
        && compared.is_some_and(|it| {
            let is_whole = it.text().to_string().ends_with(&format!("({})", node.text()));
            is_whole && ["= ANY (", "<> ALL ("].contains(&operator(&it).as_str())
        })
}

fn is_number(node: &SyntaxNode, text: &str) -> bool {
    node.kind() == SyntaxKind::LITERAL && text.starts_with(|c: char| c.is_ascii_digit())
}

fn is_text(node: &SyntaxNode) -> bool {
    node.kind() == SyntaxKind::LITERAL && node.text().to_string().starts_with('\'')
}

/// Whether two values are compared.
fn compares(node: &SyntaxNode) -> bool {
    let is_sign = |text: &str| matches!(text, "=" | "<>" | "<" | ">" | "<=" | ">=");
    node.kind() == SyntaxKind::BIN_EXPR
        && node.children_with_tokens().any(|part| part.as_token().is_some_and(|token| is_sign(token.text())))
}

/// What stands of a node before and behind a part of it.
fn around(node: &SyntaxNode, part: &SyntaxNode) -> [Range<usize>; 2] {
    let (whole, part) = (node.text_range(), part.text_range());
    [whole.start().into()..part.start().into(), part.end().into()..whole.end().into()]
}

/// Whether it is `a AND b` or `a OR b`.
fn joins(node: Option<&SyntaxNode>) -> bool {
    let is_joint = |kind| matches!(kind, SyntaxKind::AND_KW | SyntaxKind::OR_KW);
    node.is_some_and(|node| {
        node.kind() == SyntaxKind::BIN_EXPR
            && node.children_with_tokens().any(|part| part.as_token().is_some_and(|token| is_joint(token.kind())))
    })
}

/// Whether it holds together without parentheses.
fn is_tight(node: &SyntaxNode) -> bool {
    match node.kind() {
        SyntaxKind::BIN_EXPR => !joins(Some(node)),
        SyntaxKind::POSTFIX_EXPR | SyntaxKind::NAME_REF | SyntaxKind::CALL_EXPR => true,
        SyntaxKind::PREFIX_EXPR => node.text().to_string().starts_with("NOT "),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_without_saying_is_not_said() {
        let cases = [
            ("(a > 0) AND (b IS NOT NULL)", "a > 0 AND b IS NOT NULL"),
            ("((a = 1) OR (b = 2)) AND (NOT c)", "(a = 1 OR b = 2) AND NOT c"),
            ("(a + 1) * 2", "(a + 1) * 2"),
            ("COALESCE(note, ''::text)", "COALESCE(note, '')"),
            ("lower((name)::text) = 'it''s'::text", "lower(name) = 'it''s'"),
            ("lower((code)::text)", "lower((code)::text)"),
            ("(old.name)::text IS DISTINCT FROM (new.name)::text", "old.name IS DISTINCT FROM new.name"),
            ("kind <> 's'::bpchar", "kind <> 's'"),
            ("tags @> '{a}'::text[]", "tags @> '{a}'"),
            ("a = ANY (ARRAY['x'::text, 'y'::text])", "a IN ('x', 'y')"),
            ("(a <> ALL (ARRAY[1, 2])) AND b", "a NOT IN (1, 2) AND b"),
            ("a = ANY (ARRAY['x'::app.mood, 'y'::app.mood])", "a IN ('x', 'y')"),
            ("(a)::text = ANY (ARRAY['x'::text])", "(a)::text = ANY (ARRAY['x'])"),
            ("a = ANY (ARRAY[b, c])", "a = ANY (ARRAY[b, c])"),
            ("a = ANY ((ARRAY[1, 2])::bigint[])", "a = ANY ((ARRAY[1, 2])::bigint[])"),
            ("a = 'x'::app.mood", "a = 'x'"),
            ("f('x'::app.mood)", "f('x'::app.mood)"),
            ("(a >= (0)::numeric) AND ((1.5)::real < b)", "a >= 0 AND 1.5 < b"),
            ("a + (0)::numeric", "a + (0)::numeric"),
            ("at > '2020-01-01'::date", "at > '2020-01-01'::date"),
            ("x = 'a::text'::character varying(3)", "x = 'a::text'::character varying(3)"),
            ("(EXISTS ( SELECT 1 FROM t)) AND (a = 1)", "EXISTS ( SELECT 1 FROM t) AND a = 1"),
            ("a) OR (b", "a) OR (b"),
        ];
        for (text, short) in cases {
            assert_eq!(shorter(text, &|name| name == "name"), short);
        }
    }
}
