//! Where an expression refers to a column of the row that it is about.

use squawk_syntax::{SyntaxKind, SyntaxNode};

use super::{is_callee, is_in_type, name_of, parse};

/// One reference: `name`, `clusters.name`, `NEW.name`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// What stands before the dot.
    pub qualifier: Option<String>,
    /// The name.
    pub name: String,
}

/// Words that look like columns, and are functions without parentheses (documentation, System Information Functions).
const NOT_COLUMNS: [&str; 13] = [
    "current_catalog",
    "current_date",
    "current_role",
    "current_schema",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "localtime",
    "localtimestamp",
    "session_user",
    "system_user",
    "user",
];

/// The references outside of subqueries, whose tables we don't know.
pub fn references(text: &str) -> Vec<Reference> {
    let mut references = Vec::new();
    collect(&parse(text).syntax_node(), 0, &mut references);
    references
}

fn collect(node: &SyntaxNode, selects: usize, references: &mut Vec<Reference>) {
    for child in node.children() {
        match child.kind() {
            // The expression itself is parsed inside one SELECT.
            SyntaxKind::SELECT | SyntaxKind::PAREN_SELECT | SyntaxKind::VALUES if selects > 0 => {}
            SyntaxKind::SELECT => collect(&child, selects + 1, references),
            SyntaxKind::FIELD_EXPR if !is_callee(&child) => field(&child, selects, references),
            SyntaxKind::NAME_REF if !is_callee(&child) && !is_in_type(&child) => {
                references.extend(plain(&child).map(|name| Reference { qualifier: None, name }));
            }
            _ => collect(&child, selects, references),
        }
    }
}

/// `a.b`; of `(a).b` only what stands in the parentheses is a reference.
fn field(node: &SyntaxNode, selects: usize, references: &mut Vec<Reference>) {
    let parts: Vec<SyntaxNode> = node.children().collect();
    match parts.as_slice() {
        [table, column] if table.kind() == SyntaxKind::NAME_REF && column.kind() == SyntaxKind::NAME_REF => {
            references.push(Reference { qualifier: Some(name_of(table)), name: name_of(column) });
        }
        [base, ..] if base.kind() != SyntaxKind::NAME_REF && base.kind() != SyntaxKind::FIELD_EXPR => {
            collect(base, selects, references);
        }
        _ => {}
    }
}

fn plain(node: &SyntaxNode) -> Option<String> {
    let name = name_of(node);
    let is_word = !node.text().to_string().trim_start().starts_with('"');
    (!(is_word && NOT_COLUMNS.contains(&name.as_str()))).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_told_from_all_other_names() {
        let cases: [(&str, &[&str]); 11] = [
            ("a > 0 AND b.c = 'd'", &["a", "b.c"]),
            ("lower(a) = f(x => b)", &["a", "b"]),
            ("extract(year FROM a) < 3", &["a"]),
            ("a = (SELECT b FROM c WHERE d = e)", &["a"]),
            ("EXISTS (SELECT 1 FROM c WHERE d = e)", &[]),
            ("a IN (SELECT b FROM c)", &["a"]),
            ("(a).b = c::mood", &["a", "c"]),
            ("current_date > a AT TIME ZONE 'utc'", &["a"]),
            ("\"user\" = user", &["user"]),
            ("app.f(a) ~ '^a'", &["a"]),
            ("a = ANY (ARRAY['x', b]) AND NEW.c IS DISTINCT FROM OLD.c", &["a", "b", "new.c", "old.c"]),
        ];
        for (text, expected) in cases {
            let written =
                |it: Reference| it.qualifier.map_or(it.name.clone(), |before| format!("{before}.{}", it.name));
            assert_eq!(references(text).into_iter().map(written).collect::<Vec<_>>(), expected, "{text}");
        }
    }
}
