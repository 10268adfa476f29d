//! Which statements can be run again in another wording, and what a rename does to them.

use squawk_syntax::{SourceFile, SyntaxKind, SyntaxNode};

use super::super::{Kind, Renaming};
use crate::script;
use crate::sql;

/// The statements to run where one list takes the place of the other. None: it takes a drop and a create.
pub fn replacements(from: &[String], to: &[String]) -> Option<Vec<String>> {
    if from.len() != to.len() {
        return None;
    }
    let changed: Vec<(&String, &String)> = from.iter().zip(to).filter(|(from, to)| from != to).collect();
    let can_be = changed.iter().all(|(from, to)| head(from).is_some_and(|head| Some(head) == self::head(to)));
    can_be.then(|| changed.into_iter().map(|(_, to)| to.clone()).collect())
}

/// What must stay the same for a statement to take the place of another that ran before.
///
/// CREATE OR REPLACE keeps the name, the arguments and the result of a function (documentation, CREATE FUNCTION), and all
/// of a rule or a trigger can change. A view is not among them: its columns can't go, which text does not tell.
fn head(statement: &str) -> Option<Vec<String>> {
    let parsed = SourceFile::parse(statement);
    let root = parsed.syntax_node();
    let node = root.first_child().filter(|_| parsed.errors().is_empty())?;
    let replaces = statement.split_whitespace().nth(1).is_some_and(|word| word.eq_ignore_ascii_case("or"));
    let replaceable = matches!(
        node.kind(),
        SyntaxKind::CREATE_FUNCTION
            | SyntaxKind::CREATE_PROCEDURE
            | SyntaxKind::CREATE_RULE
            | SyntaxKind::CREATE_TRIGGER
    );
    if !(replaces && replaceable) {
        return comment(statement);
    }
    let texts = node.children().filter(stays).map(|part| relation(&part).unwrap_or(part).text().to_string());
    Some(std::iter::once(format!("{:?}", node.kind())).chain(texts).collect())
}

fn stays(part: &SyntaxNode) -> bool {
    matches!(
        part.kind(),
        SyntaxKind::FUNCTION_NAME
            | SyntaxKind::PROCEDURE_NAME
            | SyntaxKind::PARAM_LIST
            | SyntaxKind::RET_TYPE
            | SyntaxKind::TRIGGER
            | SyntaxKind::RULE
            | SyntaxKind::ON_RELATION
            | SyntaxKind::RULE_ON
    )
}

/// The table of a rule or a trigger; what stands around it can change.
fn relation(part: &SyntaxNode) -> Option<SyntaxNode> {
    part.descendants().find(|node| node.kind() == SyntaxKind::RELATION_NAME_REF)
}

/// A comment takes the place of another on the same object.
fn comment(statement: &str) -> Option<Vec<String>> {
    let words = statement.get(..11).filter(|words| words.eq_ignore_ascii_case("comment on "))?;
    let (on, _) = statement[words.len()..].split_once(" IS ")?;
    Some(vec![words.to_lowercase(), on.to_owned()])
}

/// The statement after a rename of a table, view or sequence that it names with its schema.
pub fn with_renamed(statement: &str, rename: &Renaming) -> String {
    let is_relation = matches!(rename.from.kind, Kind::Table | Kind::View | Kind::Sequence);
    let [schema, name] = &rename.from.path[..] else { return statement.to_owned() };
    if !is_relation {
        return statement.to_owned();
    }
    let mut text = statement.to_owned();
    for place in script::qualified(statement, schema, name).into_iter().rev() {
        text.replace_range(place, &sql::ident(&rename.to));
    }
    text
}
