//! What DROP takes away.

use squawk_syntax::ast::{self, AstNode};

use super::meaning::Meaning;
use super::parts::{id, ids, name, text};
use crate::kinds::Kind;
use crate::lint::Said;
use crate::model::Id;

/// Adds what a DROP means; none, if it is none that is known.
pub fn drops(statement: &ast::Stmt, meaning: &mut Meaning) -> Option<()> {
    cascade(statement, meaning);
    match statement {
        ast::Stmt::DropTable(it) => it.table_name_refs().try_for_each(|it| meaning.drops(Kind::Table, &text(&it))),
        ast::Stmt::DropForeignTable(it) => gone(ids::<ast::TableNameRef>(Kind::ForeignTable, it), meaning),
        ast::Stmt::DropView(it) => it.view_refs().try_for_each(|it| meaning.drops(Kind::View, &text(&it))),
        ast::Stmt::DropMaterializedView(it) => gone(ids::<ast::ViewRef>(Kind::MaterializedView, it), meaning),
        ast::Stmt::DropIndex(it) => index(it, meaning),
        ast::Stmt::DropSequence(it) => {
            let said = "where it stood is gone; made anew, it gives out numbers that are taken";
            each(ids::<ast::SequenceRef>(Kind::Sequence, it), "sequence-dropped", said, meaning)
        }
        ast::Stmt::DropTrigger(it) => trigger(it, meaning),
        ast::Stmt::DropPolicy(it) => policy(it, meaning),
        ast::Stmt::DropFunction(_) | ast::Stmt::DropProcedure(_) | ast::Stmt::DropRoutine(_) => {
            let kind = if let ast::Stmt::DropProcedure(_) = statement { Kind::Procedure } else { Kind::Function };
            let names = statement.syntax().descendants().filter(|it| kind_of(it).ends_with("_SIG"));
            let first = |text: String| text.split('(').next().map(str::to_owned).unwrap_or_default();
            let routines = names.filter_map(|it| id(Kind::Table, &first(it.text().to_string())));
            let routines = routines.map(|it| Id::new(kind, it.path.to_vec()));
            each(routines.collect(), "routine-dropped", "code that still calls it fails", meaning)
        }
        ast::Stmt::DropExtension(it) => {
            let dropped = it.extension_refs().map(|it| Id::new(Kind::Extension, [name(&text(&it))])).collect();
            each(dropped, "extension-changed", "what it brings goes, and what uses that fails", meaning)
        }
        ast::Stmt::DropDatabase(it) => {
            let said = Said::new(format!("the database {} goes with all that is in it", text(&it.database_ref()?)));
            meaning.says("database-dropped", everything(), said);
            Some(())
        }
        ast::Stmt::DropOwned(_) => {
            meaning.says("drop-cascade", everything(), Said::new("all that the role owns goes, named or not"));
            Some(())
        }
        // Without CASCADE, they are refused as long as anything uses them.
        ast::Stmt::DropType(_) | ast::Stmt::DropDomain(_) | ast::Stmt::DropSchema(_) | ast::Stmt::DropRole(_) => {
            Some(())
        }
        ast::Stmt::DropUser(_) | ast::Stmt::DropGroup(_) | ast::Stmt::DropStatistics(_) => Some(()),
        ast::Stmt::DropCollation(_) | ast::Stmt::DropAggregate(_) | ast::Stmt::DropOperator(_) => Some(()),
        _ => None,
    }
}

/// The object of what is about no one object.
pub fn everything() -> Id {
    Id::new(Kind::Namespace, ["public"])
}

fn kind_of(node: &squawk_syntax::SyntaxNode) -> String {
    format!("{:?}", node.kind())
}

fn cascade(statement: &ast::Stmt, meaning: &mut Meaning) {
    if !statement.syntax().children().any(|it| ast::Cascade::can_cast(it.kind())) {
        return;
    }
    let named = statement.syntax().descendants().find(|it| {
        let kind = kind_of(it);
        kind.ends_with("_REF") && kind != "PATH_REF" && !kind.starts_with("PATH_SEGMENT")
    });
    let object = named.map(|it| it.text().to_string()).and_then(|it| match statement {
        ast::Stmt::DropSchema(_) => Some(Id::new(Kind::Namespace, [name(&it)])),
        _ => id(Kind::Table, &it),
    });
    if let Some(object) = object {
        meaning.says("drop-cascade", object, Said::new("takes along whatever hangs on it"));
    }
}

fn each(objects: Vec<Id>, rule: &'static str, said: &str, meaning: &mut Meaning) -> Option<()> {
    objects.into_iter().for_each(|it| meaning.stands_in(rule, it, Said::new(said)));
    Some(())
}

fn gone(relations: Vec<Id>, meaning: &mut Meaning) -> Option<()> {
    meaning.awaits.extend(relations.clone());
    each(relations, "relation-dropped", "code that still names it fails", meaning)
}

fn index(it: &ast::DropIndex, meaning: &mut Meaning) -> Option<()> {
    let indexes = ids::<ast::IndexRef>(Kind::Index, it);
    meaning.is_concurrent = it.concurrently_token().is_some();
    for index in &indexes {
        if !meaning.is_concurrent {
            let said = Said::new("ACCESS EXCLUSIVE on its table: blocks reads and writes");
            let safer = "outside of a transaction: DROP INDEX CONCURRENTLY";
            meaning.stands_in("index-dropped-under-lock", index.clone(), said.safer(safer));
            meaning.awaits.push(index.clone());
        }
        let said = "queries that it served read more; an upsert that names its columns fails, if it is unique";
        meaning.stands_in("index-dropped", index.clone(), Said::new(said));
    }
    Some(())
}

fn trigger(it: &ast::DropTrigger, meaning: &mut Meaning) -> Option<()> {
    let own = id(Kind::Table, &text(&it.on_relation()?.relation_name_ref()?))?;
    let trigger = Id::new(Kind::Trigger, own.path.iter().cloned().chain([name(&text(&it.trigger_ref()?))]));
    meaning.locks(&own);
    let said = format!("ACCESS EXCLUSIVE on {}: blocks reads and writes", own.dotted());
    meaning.stands_in("trigger-locks", trigger.clone(), Said::new(said));
    meaning.stands_in("trigger-disabled", trigger, Said::new("what it does for all who write is done no longer"));
    Some(())
}

fn policy(it: &ast::DropPolicy, meaning: &mut Meaning) -> Option<()> {
    let own = id(Kind::Table, &text(&it.on_table()?.table_name_ref()?))?;
    let policy = Id::new(Kind::Policy, own.path.iter().cloned().chain([name(&text(&it.policy_ref()?))]));
    meaning.locks(&own);
    let said = "rows become visible, if it is restrictive; rows are hidden, if it is not";
    meaning.stands_in("policy-changed", policy, Said::new(said).safer(super::alter_table::WITH_SCHEMA));
    let said = format!("ACCESS EXCLUSIVE on {}: blocks reads and writes", own.dotted());
    meaning.stands_in("row-security-locks", own, Said::new(said));
    Some(())
}
