//! What a condition says of values: its parts, and the constants in it.

use std::collections::BTreeSet;

use squawk_syntax::{SourceFile, SyntaxKind, SyntaxNode};

/// A constant in a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Constant {
    Text(String),
    Number(String),
    /// What a value is matched with: `LIKE` and its kin.
    Like(String),
    /// A regular expression.
    Regex(String),
}

/// The conditions that are joined by AND; each of them can be met alone.
pub(super) fn conjuncts(text: &str) -> Vec<String> {
    joined(text, SyntaxKind::AND_KW)
}

/// The conditions that are joined by OR.
pub(super) fn disjuncts(text: &str) -> Vec<String> {
    joined(text, SyntaxKind::OR_KW)
}

/// The constants that stand in an expression, each once.
pub(super) fn constants(text: &str) -> Vec<Constant> {
    let tree = parse(text);
    let mut found = Vec::new();
    for literal in tree.descendants().filter(|node| node.kind() == SyntaxKind::LITERAL) {
        let Some(constant) = constant(&literal) else { continue };
        if !found.contains(&constant) {
            found.push(constant);
        }
    }
    found
}

/// Those of the constants that are compared with a column, and not with its neighbours in the same condition.
pub(super) fn constants_for(text: &str, column: &str) -> Vec<Constant> {
    let tree = parse(text);
    let literals = tree.descendants().filter(|node| node.kind() == SyntaxKind::LITERAL);
    literals.filter(|literal| is_compared(literal, column)).filter_map(|literal| constant(&literal)).collect()
}

/// Whether the smallest expression around a literal that names any column names this one.
fn is_compared(literal: &SyntaxNode, column: &str) -> bool {
    let is_branch =
        |node: &SyntaxNode| node.kind() == SyntaxKind::WHEN_CLAUSE || node.kind() == SyntaxKind::WHEN_CLAUSE_LIST;
    let around = literal.ancestors().skip(1).filter(|node| !is_branch(node));
    let mut named = around.map(|node| mentioned(&node.text().to_string()));
    named.find(|columns| !columns.is_empty()).is_some_and(|columns| columns.contains(column))
}

/// The names of an expression that could be columns of its table.
pub(super) fn mentioned(text: &str) -> BTreeSet<String> {
    crate::expression::names(text).columns
}

fn parse(text: &str) -> SyntaxNode {
    SourceFile::parse(&format!("SELECT ({text})")).syntax_node()
}

fn joined(text: &str, word: SyntaxKind) -> Vec<String> {
    let outer = parse(text).descendants().find(|node| node.kind() == SyntaxKind::PAREN_EXPR);
    let Some(expression) = outer.and_then(|it| it.first_child()) else { return vec![text.to_owned()] };
    let mut parts = Vec::new();
    split(&expression, word, &mut parts);
    parts
}

fn split(node: &SyntaxNode, word: SyntaxKind, parts: &mut Vec<String>) {
    let inner = bare(node);
    let has_word = || inner.children_with_tokens().any(|it| it.kind() == word || holds(&it, word));
    if inner.kind() == SyntaxKind::BIN_EXPR && has_word() {
        inner.children().filter(|it| !is_operator(it)).for_each(|part| split(&part, word, parts));
    } else {
        parts.push(node.text().to_string().trim().to_owned());
    }
}

/// Without the parentheses around it.
fn bare(node: &SyntaxNode) -> SyntaxNode {
    match node.first_child() {
        Some(inner) if node.kind() == SyntaxKind::PAREN_EXPR => bare(&inner),
        _ => node.clone(),
    }
}

fn is_operator(node: &SyntaxNode) -> bool {
    matches!(node.text().to_string().trim().to_ascii_uppercase().as_str(), "AND" | "OR")
}

fn holds(part: &squawk_syntax::SyntaxElement, word: SyntaxKind) -> bool {
    part.as_node().is_some_and(|node| is_operator(node) && node.children_with_tokens().any(|it| it.kind() == word))
}

fn constant(literal: &SyntaxNode) -> Option<Constant> {
    if literal.ancestors().any(|it| it.kind() == SyntaxKind::CALL_EXPR && is_of_hash(&it)) {
        return None;
    }
    let text = literal.text().to_string();
    let text = text.trim();
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(Constant::Number(text.to_owned()));
    }
    let value = unescaped(text)?;
    Some(match operator_before(literal).as_str() {
        "~~" | "!~~" | "~~*" | "!~~*" => Constant::Like(value),
        "~" | "!~" | "~*" | "!~*" => Constant::Regex(value),
        _ => Constant::Text(value),
    })
}

/// The condition of a partition by hash names the number that its table has in this one database.
fn is_of_hash(call: &SyntaxNode) -> bool {
    call.text().to_string().trim_start().starts_with("satisfies_hash_partition")
}

/// The operator whose right side a literal is, casts and lists aside.
fn operator_before(literal: &SyntaxNode) -> String {
    let mut node = literal.clone();
    while let Some(parent) = node.parent() {
        if parent.kind() == SyntaxKind::BIN_EXPR {
            let start = usize::from(node.text_range().start() - parent.text_range().start());
            return sign_at_end(parent.text().to_string()[..start].trim_end());
        }
        node = parent;
    }
    String::new()
}

/// `a ~~` and `a OPERATOR(pg_catalog.~~)` end in the sign `~~`.
fn sign_at_end(before: &str) -> String {
    let before = before.strip_suffix(')').unwrap_or(before);
    let signs = before.chars().rev().take_while(|c| "~!*".contains(*c));
    signs.collect::<Vec<_>>().into_iter().rev().collect()
}

/// The value of a string literal as `pg_get_expr` prints it: plain, or an escape string with doubled backslashes.
fn unescaped(text: &str) -> Option<String> {
    let (inner, escapes) = match text.strip_prefix(['E', 'e']) {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    let (value, _) = crate::expression::literal(inner)?;
    Some(if escapes { value.replace("\\\\", "\\") } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_come_apart_at_and_and_or() {
        let text = "((a > 0) AND ((b IS NULL) OR (c ~ 'x AND y'::text)) AND (d <= 3))";
        assert_eq!(conjuncts(text), ["(a > 0)", "((b IS NULL) OR (c ~ 'x AND y'::text))", "(d <= 3)"]);
        assert_eq!(disjuncts("((b IS NULL) OR (c > 1))"), ["(b IS NULL)", "(c > 1)"]);
        assert_eq!(conjuncts("(a > 0)"), ["(a > 0)"]);
    }

    #[test]
    fn constants_know_how_they_are_matched() {
        let text = "((a ~ '^x$'::text) AND ((b)::text ~~ 'a%'::text) AND (c = ANY (ARRAY['it''s'::text, E'a\\\\b'])) AND d < 1.5)";
        let expected = [
            Constant::Regex("^x$".into()),
            Constant::Like("a%".into()),
            Constant::Text("it's".into()),
            Constant::Text("a\\b".into()),
            Constant::Number("1.5".into()),
        ];
        assert_eq!(constants(text), expected);
        assert_eq!(constants("(a ~~ ANY (ARRAY['x%'::text]))"), [Constant::Like("x%".into())]);
    }
}
