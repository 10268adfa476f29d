//! Constraints as they are written.

use serde_json::{Value, json};
use squawk_syntax::ast::{self, AstNode};

use super::parts::{id, name, names, object, text};
use crate::kinds::{Kind, Object};
use crate::model::Id;

/// The object that a constraint of a table is; none, if it is none of its own (NOT NULL, DEFAULT).
pub fn constraint(table: &Id, it: &ast::Constraint, of_column: Option<&str>) -> Option<Object> {
    let place = |suffix: &str, given: Option<ast::ConstraintNameClause>| {
        let given = given.and_then(|clause| clause.constraint_name()).map(|it| name(&text(&it)));
        let chosen = || format!("{}_{}{suffix}", table.name(), of_column.map_or(String::new(), |it| format!("{it}_")));
        let (schema, table_name) = (table.path.first()?, table.path.get(1)?);
        Some(json!({ "schema": schema, "table": table_name, "name": given.unwrap_or_else(chosen) }))
    };
    let own = || of_column.map(|it| vec![it.to_owned()]).unwrap_or_default();
    match it {
        ast::Constraint::CheckConstraint(it) => {
            let mut facts = place("check", it.constraint_name_clause())?;
            facts["expression"] = json!(it.expr().map(|it| text(&it)).unwrap_or_default());
            facts["not_valid"] = json!(is_not_valid(it));
            object(Kind::Check, facts)
        }
        ast::Constraint::UniqueConstraint(it) => {
            let mut facts = place("key", it.constraint_name_clause())?;
            facts["columns"] = json!(lists(it).into_iter().next().unwrap_or_else(own));
            it.using_index().is_none().then(|| object(Kind::Unique, facts))?
        }
        ast::Constraint::PrimaryKeyConstraint(it) => {
            let mut facts = place("pkey", it.constraint_name_clause())?;
            facts["columns"] = json!(lists(it).into_iter().next().unwrap_or_else(own));
            it.using_index().is_none().then(|| object(Kind::PrimaryKey, facts))?
        }
        ast::Constraint::ExcludeConstraint(it) => {
            let mut facts = place("excl", it.constraint_name_clause())?;
            (facts["method"], facts["elements"]) = (json!("gist"), json!([]));
            object(Kind::Exclusion, facts)
        }
        ast::Constraint::ForeignKeyConstraint(it) => {
            let facts = place("fkey", it.constraint_name_clause())?;
            let mut lists = lists(it).into_iter();
            let columns = lists.next().unwrap_or_default();
            let target = id(Kind::Table, &text(&it.table_name_ref()?))?;
            foreign_key(facts, (columns, lists.next()), &target, it.referential_actions(), is_not_valid(it))
        }
        ast::Constraint::ReferencesConstraint(it) => {
            let facts = place("fkey", it.constraint_name_clause())?;
            let target = id(Kind::Table, &text(&it.table()?))?;
            let column = it.column().map(|it| vec![name(&text(&it))]);
            foreign_key(facts, (own(), column), &target, it.referential_actions(), is_not_valid(it))
        }
        _ => None,
    }
}

fn foreign_key(
    mut facts: Value,
    (columns, to_columns): (Vec<String>, Option<Vec<String>>),
    target: &Id,
    mut actions: impl Iterator<Item = ast::ReferentialAction>,
    not_valid: bool,
) -> Option<Object> {
    let on_delete = actions.find_map(|action| match action {
        ast::ReferentialAction::OnDeleteAction(it) => it.ref_action(),
        ast::ReferentialAction::OnUpdateAction(_) => None,
    });
    facts["columns"] = json!(columns);
    (facts["to_schema"], facts["to_table"]) = (json!(target.path.first()?), json!(target.path.get(1)?));
    facts["to_columns"] = json!(to_columns.unwrap_or_default());
    facts["not_valid"] = json!(not_valid);
    facts["on_delete"] = match on_delete {
        Some(ast::RefAction::Cascade(_)) => json!("cascade"),
        Some(ast::RefAction::Restrict(_)) => json!("restrict"),
        Some(ast::RefAction::SetNullColumns(_)) => json!({ "set_null": [] }),
        Some(ast::RefAction::SetDefaultColumns(_)) => json!({ "set_default": [] }),
        _ => json!("no_action"),
    };
    object(Kind::ForeignKey, facts)
}

/// Whether it holds for new rows only.
pub fn is_not_valid(node: &impl AstNode) -> bool {
    // The parser hangs NOT VALID behind the constraint that it belongs to.
    let beside = node.syntax().parent().into_iter().flat_map(|parent| parent.children().collect::<Vec<_>>());
    let own = node.syntax().descendants();
    own.chain(beside).any(|it| ast::NotValid::can_cast(it.kind()))
}

/// The lists of columns of a constraint, in order.
fn lists(node: &impl AstNode) -> Vec<Vec<String>> {
    let is_list = |kind: String| kind.contains("COLUMN") && kind.ends_with("LIST");
    let lists = node.syntax().descendants().filter(|it| is_list(format!("{:?}", it.kind())));
    lists.map(|it| names(&it.text().to_string())).collect()
}
