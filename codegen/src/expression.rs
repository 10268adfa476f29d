//! What stands in an SQL expression, read from its parsed tree and never by a search in its text.
//!
//! PostgreSQL alone normalises expressions; this module only sees names.

mod lists;
mod references;
mod shorter;

pub use lists::{literal, with_lists};
pub use references::{Reference, references};
pub use shorter::shorter;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use squawk_syntax::{Parse, SourceFile, SyntaxKind, SyntaxNode};

use crate::kinds::{Kind, TypeName};
use crate::model::{Id, Schema};
use crate::sql;

/// The names that an expression mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// Names that could be columns.
    pub columns: BTreeSet<String>,
    /// Called functions: schema if written, and name.
    pub functions: BTreeSet<(Option<String>, String)>,
    /// Types of casts, and relations named in string literals cast to `regclass` or given to sequence functions.
    pub others: BTreeSet<(Option<String>, String)>,
}

const PREFIX: &str = "SELECT ";

/// How many trees are kept: they cost memory, and more than this rarely come again.
const MOST_PARSED: usize = 256;

thread_local! {
    /// The trees of the last texts. A text has one tree, so nobody can tell whether it was kept.
    static PARSED: RefCell<BTreeMap<String, Parse<SourceFile>>> = const { RefCell::new(BTreeMap::new()) };
}

/// What is wrong with the text as an SQL expression, and where (byte offset in the text).
pub fn faults(text: &str) -> Vec<(usize, String)> {
    let parsed = parse(text);
    let place = |at: usize| at.saturating_sub(PREFIX.len() + 1).min(text.len());
    let errors = parsed.errors();
    let mut faults: Vec<(usize, String)> =
        errors.iter().map(|error| (place(usize::from(error.range().start())), error.message().to_owned())).collect();
    // `a) OR (b` and `a); DROP TABLE b; --` parse well inside parentheses, but are no expressions.
    if faults.is_empty() && target(text).is_none() {
        faults.push((0, "this is not one expression, or its parentheses do not match".into()));
    }
    faults
}

/// The names that stand in an expression.
pub fn names(text: &str) -> Names {
    let mut names = Names::default();
    for node in parse(text).syntax_node().descendants() {
        collect(&node, &mut names);
    }
    names
}

/// The objects of the schema that an expression over a table's columns needs.
pub fn needs(text: &str, table: (&str, &str), schema: &Schema) -> Vec<Id> {
    let names = names(text);
    let mut needs: Vec<Id> =
        names.columns.iter().map(|column| Id::new(Kind::Column, [table.0, table.1, column])).collect();
    needs.extend(functions(&names, schema));
    for (written, name) in &names.others {
        let place = written.as_deref().unwrap_or("public");
        needs.extend(TypeName::own(place, name).needs());
        needs.extend([Id::new(Kind::Sequence, [place, name]), Id::new(Kind::Raw, ["sequence", place, name])]);
    }
    needs
}

/// The objects of the schema that a function's arguments and result need: types, rows of tables, functions in defaults.
pub fn needs_of_signature(arguments: &str, returns: &str, schema: &Schema) -> Vec<Id> {
    let text = format!("CREATE FUNCTION f({arguments}) RETURNS {returns} LANGUAGE sql AS ''");
    let mut names = Names::default();
    for node in SourceFile::parse(&text).syntax_node().descendants() {
        if is_type(&node) {
            names.others.insert(qualified(&node));
        } else {
            collect(&node, &mut names);
        }
    }
    let mut needs = functions(&names, schema);
    for (written, name) in &names.others {
        let place = written.as_deref().unwrap_or("public");
        needs.extend(TypeName::own(place, name).needs());
    }
    needs
}

/// Whether the expression is a plain function call, which needs no parentheses in an index key.
pub fn is_call(text: &str) -> bool {
    target(text).is_some_and(|node| {
        node.kind() == SyntaxKind::CALL_EXPR
            && node.first_child().is_some_and(|callee| callee.kind() == SyntaxKind::NAME_REF)
    })
}

/// Whether the whole expression is a cast to this type, as `format_type` writes it.
pub fn is_cast_to(text: &str, ty: &str) -> bool {
    let written = target(text).filter(|node| node.kind() == SyntaxKind::CAST_EXPR).and_then(|node| node.last_child());
    written.is_some_and(|node| node.text().to_string().trim().eq_ignore_ascii_case(ty))
}

/// Column and constant of `COALESCE(column, constant)`.
pub fn coalesced(text: &str) -> Option<(String, String)> {
    let call = target(text).filter(|node| node.kind() == SyntaxKind::CALL_EXPR)?;
    let callee = call.first_child()?.text().to_string();
    let list = call.children().find(|it| it.kind() == SyntaxKind::ARG_LIST)?;
    let arguments: Vec<SyntaxNode> = list.children().filter_map(|argument| argument.first_child()).collect();
    let [column, constant] = arguments.as_slice() else { return None };
    let bare = |node: &SyntaxNode| node.text().to_string().trim().to_owned();
    let fits = callee.eq_ignore_ascii_case("coalesce") && literal_of(constant).is_some();
    fits.then(|| (bare(column), bare(constant)))
}

/// Whether the expression has the same value for all rows of one statement: constants and the stable functions of time.
pub fn is_stable(text: &str) -> bool {
    const STABLE: [&str; 8] = [
        "now",
        "current_timestamp",
        "current_date",
        "transaction_timestamp",
        "statement_timestamp",
        "current_setting",
        "coalesce",
        "to_jsonb",
    ];
    names(text).functions.iter().all(|(_, name)| STABLE.contains(&name.as_str()))
}

/// The expression after a column was renamed.
pub fn with_column_renamed(text: &str, from: &str, to: &str) -> String {
    let mut places: Vec<_> = parse(text)
        .syntax_node()
        .descendants()
        .filter(|node| node.kind() == SyntaxKind::NAME_REF && !is_callee(node) && name_of(node) == from)
        .map(|node| node.text_range())
        .collect();
    places.sort_by_key(|place| place.start());
    let mut renamed = format!("{PREFIX}({text})");
    for place in places.iter().rev() {
        renamed.replace_range(usize::from(place.start())..usize::from(place.end()), &sql::ident(to));
    }
    renamed[PREFIX.len() + 1..renamed.len() - 1].to_owned()
}

/// The functions of the schema that could be meant, whatever their arguments.
fn functions(names: &Names, schema: &Schema) -> Vec<Id> {
    let of_name = |(written, name): &(Option<String>, String)| {
        let place = written.as_deref().unwrap_or("public");
        let sorts = [
            Id::new(Kind::Function, [place, name]),
            Id::new(Kind::Raw, ["function", place, name]),
            Id::new(Kind::Raw, ["aggregate", place, name]),
        ];
        sorts.iter().flat_map(|sort| schema.below(sort)).map(|(id, _)| id.clone()).collect::<Vec<_>>()
    };
    names.functions.iter().flat_map(of_name).collect()
}

fn parse(text: &str) -> Parse<SourceFile> {
    // Few texts (`now()`) stand in most columns, and each is looked at several times in a row.
    PARSED.with_borrow_mut(|parsed| {
        if let Some(known) = parsed.get(text) {
            return known.clone();
        }
        if parsed.len() >= MOST_PARSED {
            parsed.clear();
        }
        let fresh = SourceFile::parse(&format!("{PREFIX}({text})"));
        parsed.insert(text.to_owned(), fresh.clone());
        fresh
    })
}

/// The node of the expression itself, inside the parentheses that [`parse`] puts around it; none if they don't hold
/// all of the text.
fn target(text: &str) -> Option<SyntaxNode> {
    let target = parse(text).syntax_node().descendants().find(|node| node.kind() == SyntaxKind::TARGET)?;
    let parentheses = target.first_child().filter(|node| node.kind() == SyntaxKind::PAREN_EXPR)?;
    let whole = usize::from(parentheses.text_range().end()) == PREFIX.len() + text.len() + 2;
    parentheses.first_child().filter(|_| whole)
}

fn collect(node: &SyntaxNode, names: &mut Names) {
    match node.kind() {
        SyntaxKind::NAME_REF if !is_callee(node) && !is_in_type(node) => {
            names.columns.insert(name_of(node));
        }
        SyntaxKind::CALL_EXPR => {
            if let Some(callee) = node.first_child() {
                let name = qualified(&callee);
                if matches!(name.1.as_str(), "nextval" | "currval" | "setval") {
                    names.others.extend(first_literal(node).map(|text| relation(&text)));
                }
                names.functions.insert(name);
            }
        }
        SyntaxKind::CAST_EXPR => {
            if let Some(ty) = node.children().find(is_type) {
                names.others.insert(qualified(&ty));
            }
        }
        _ => {}
    }
}

fn is_callee(node: &SyntaxNode) -> bool {
    let Some(parent) = node.parent() else { return false };
    match parent.kind() {
        SyntaxKind::CALL_EXPR => parent.first_child().as_ref() == Some(node),
        SyntaxKind::FIELD_EXPR => is_callee(&parent),
        _ => false,
    }
}

fn is_in_type(node: &SyntaxNode) -> bool {
    node.ancestors().take_while(|it| it.kind() != SyntaxKind::PAREN_EXPR).any(|it| is_type(&it))
}

fn is_type(node: &SyntaxNode) -> bool {
    matches!(node.kind(), SyntaxKind::PATH_TYPE | SyntaxKind::ARRAY_TYPE)
}

/// The last one or two names below a node: schema and name.
fn qualified(node: &SyntaxNode) -> (Option<String>, String) {
    let is_name = |it: &SyntaxNode| matches!(it.kind(), SyntaxKind::NAME_REF | SyntaxKind::PATH_SEGMENT_REF);
    let mut parts: Vec<String> = node.descendants().filter(is_name).map(|it| name_of(&it)).collect();
    let name = parts.pop().unwrap_or_else(|| unquoted(&node.text().to_string()));
    (parts.pop(), name)
}

fn first_literal(call: &SyntaxNode) -> Option<String> {
    let arguments = call.children().find(|it| it.kind() == SyntaxKind::ARG_LIST)?;
    arguments.descendants().find_map(|node| literal_of(&node))
}

fn literal_of(node: &SyntaxNode) -> Option<String> {
    (node.kind() == SyntaxKind::LITERAL).then(|| node.text().to_string().trim().trim_matches('\'').replace("''", "'"))
}

/// `schema.name` as it stands in a literal.
fn relation(text: &str) -> (Option<String>, String) {
    match text.split_once('.') {
        Some((schema, name)) => (Some(unquoted(schema)), unquoted(name)),
        None => (None, unquoted(text)),
    }
}

fn name_of(node: &SyntaxNode) -> String {
    unquoted(node.text().to_string().trim())
}

/// A name as PostgreSQL reads it: in lower case, unless it is quoted.
pub(crate) fn unquoted(text: &str) -> String {
    match text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => text.to_lowercase(),
    }
}

#[cfg(test)]
mod tests;
