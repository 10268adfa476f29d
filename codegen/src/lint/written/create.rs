//! What CREATE makes.

use std::sync::Arc;

use serde_json::json;
use squawk_syntax::ast::{self, AstNode};

use super::constraint::constraint;
use super::meaning::Meaning;
use super::parts::{id, ids, name, names, object, table, text};
use crate::kinds::{Kind, Object};
use crate::lint::Said;
use crate::model::{Change, Id};

/// CREATE TABLE.
pub fn create_table(it: &ast::CreateTable, meaning: &mut Meaning) -> Option<()> {
    let own = id(Kind::Table, &text(&it.table_name()?))?;
    let mut objects = vec![table(&own)?];
    for part in it.table_arg_list().into_iter().flat_map(|list| list.args()) {
        let Some(part) = ast::Constraint::cast(part.syntax().clone()) else {
            let inside = part.syntax().descendants().filter_map(ast::Constraint::cast);
            objects.extend(inside.filter_map(|it| constraint(&own, &it, Some("column"))));
            continue;
        };
        objects.extend(constraint(&own, &part, None));
    }
    for object in &objects {
        if let Object::ForeignKey(key) = object
            && key.target() != own
        {
            meaning.locks(&key.target());
        }
    }
    if let Some(parent) = it.partition_of().and_then(|it| id(Kind::Table, &text(&it.table_name_ref()?))) {
        let said = format!("ACCESS EXCLUSIVE on {} and on the default partition", parent.dotted());
        let safer = "CREATE TABLE without PARTITION OF, then ATTACH PARTITION";
        meaning.stands_in("partition-attach-locks", parent.clone(), Said::new(said).safer(safer));
        meaning.locks(&parent);
    }
    meaning.changes.push(objects.into_iter().map(|object| Change::Create(Arc::new(object))).collect());
    Some(())
}

/// What else makes a table: CREATE TABLE AS, SELECT INTO, CREATE FOREIGN TABLE.
pub fn create_relation(named: Option<impl AstNode>, meaning: &mut Meaning) -> Option<()> {
    meaning.creates(table(&id(Kind::Table, &text(&named?))?)?);
    Some(())
}

/// CREATE INDEX.
pub fn create_index(it: &ast::CreateIndex, meaning: &mut Meaning) -> Option<()> {
    let own = id(Kind::Table, &text(&it.table_relation_name()?))?;
    meaning.assume(table(&own));
    let parts: Vec<String> =
        it.partition_item_list()?.partition_items().filter_map(|it| Some(text(&it.expr()?))).collect();
    let is_name = |part: &String| part.chars().all(|it| it.is_alphanumeric() || it == '_' || it == '"');
    let key = |part: &String| match is_name(part) {
        true => json!({ "column": names(part).first() }),
        false => json!({ "expression": part }),
    };
    let index_name = it.index().map_or_else(|| format!("{}_idx", own.name()), |it| name(&text(&it)));
    let facts = json!({ "schema": own.path.first()?, "table": own.path.get(1)?, "name": index_name, "method": "btree",
        "unique": it.unique_token().is_some(), "key": parts.iter().map(key).collect::<Vec<_>>() });
    meaning.is_concurrent = it.concurrently_token().is_some();
    if !meaning.is_concurrent {
        meaning.awaits.push(own);
    }
    meaning.creates(object(Kind::Index, facts)?);
    Some(())
}

/// CREATE POLICY.
pub fn create_policy(it: &ast::CreatePolicy, meaning: &mut Meaning) -> Option<()> {
    let own = id(Kind::Table, &text(&it.on_table()?.table_name_ref()?))?;
    meaning.locks(&own);
    let restrictive = it.as_policy_type().is_some_and(|it| text(&it).to_uppercase().contains("RESTRICTIVE"));
    let facts = json!({ "schema": own.path.first()?, "table": own.path.get(1)?, "name": name(&text(&it.policy()?)),
        "restrictive": restrictive, "command": "all" });
    meaning.creates(object(Kind::Policy, facts)?);
    Some(())
}

/// CREATE TRIGGER.
pub fn create_trigger(it: &ast::CreateTrigger, meaning: &mut Meaning) -> Option<()> {
    let own = id(Kind::Table, &text(&it.on_relation()?.relation_name_ref()?))?;
    let trigger = Id::new(Kind::Trigger, own.path.iter().cloned().chain([name(&text(&it.trigger()?))]));
    meaning.locks(&own);
    let said = format!("SHARE ROW EXCLUSIVE on {}: blocks writes", own.dotted());
    meaning.stands_in("trigger-locks", trigger.clone(), Said::new(said));
    if let Some(ast::TriggerLevel::ForEachRow(_)) = it.trigger_level() {
        let said = format!("runs for each row of {} that is written", own.dotted());
        meaning.stands_in("row-trigger-added", trigger, Said::new(said));
    }
    Some(())
}

/// CREATE FUNCTION.
pub fn create_function(it: &ast::CreateFunction, meaning: &mut Meaning) -> Option<()> {
    let own = id(Kind::View, &text(&it.name()?))?;
    let options: Vec<ast::FuncOption> = it.option_list().into_iter().flat_map(|list| list.options()).collect();
    let definer = options.iter().any(|it| matches!(it, ast::FuncOption::SecurityDefinerFuncOption(_)));
    let sets = options.iter().filter(|it| matches!(it, ast::FuncOption::SetFuncOption(_)));
    let has_path = sets.map(text).any(|it| it.to_lowercase().contains("search_path"));
    let settings = if has_path { json!([{ "name": "search_path", "value": "" }]) } else { json!([]) };
    let facts = json!({ "schema": own.path.first()?, "name": own.path.get(1)?, "signature": "", "returns": "", "body": "",
        "language": "sql", "security_definer": definer, "settings": settings });
    meaning.creates(object(Kind::Function, facts)?);
    Some(())
}

/// CREATE PROCEDURE, of which the same is asked.
pub fn create_procedure(it: &ast::CreateProcedure, meaning: &mut Meaning) -> Option<()> {
    let words = text(it).to_lowercase();
    let own = ids::<ast::FunctionName>(Kind::Procedure, it).into_iter().next();
    if let Some(own) = own.filter(|_| words.contains("security definer") && !words.contains("search_path")) {
        let said = "names are looked up where the caller says";
        meaning.stands_in("definer-without-search-path", own, Said::new(said).safer("SET search_path = pg_catalog"));
    }
    Some(())
}
