//! From a statement as it is written to what it means.

use squawk_syntax::ast::{self, AstNode};

use super::alter_table::alter_table;
use super::meaning::Meaning;
use super::parts::{first_words, id, ids, name, text};
use super::{create, drop, utility};
use crate::kinds::Kind;
use crate::lint::Said;
use crate::model::Id;

/// Adds what a statement means.
pub fn translate(statement: &ast::Stmt, meaning: &mut Meaning) {
    let known = of_tables(statement, meaning)
        .or_else(|| of_others(statement, meaning))
        .or_else(|| drop::drops(statement, meaning))
        .or_else(|| is_harmless(statement).then_some(()));
    // What has another name is the same object, whatever kind it is of.
    let names = |kind: String| kind.contains("RENAME") || kind == "SET_SCHEMA";
    meaning.renames |= statement.syntax().descendants().any(|it| names(format!("{:?}", it.kind())));
    if known.is_none() {
        meaning.unknown.push(first_words(&text(statement)));
    }
}

fn of_tables(statement: &ast::Stmt, meaning: &mut Meaning) -> Option<()> {
    match statement {
        ast::Stmt::AlterTable(it) => alter_table(it, meaning),
        ast::Stmt::CreateTable(it) => create::create_table(it, meaning),
        ast::Stmt::CreateTableAs(it) => create::create_relation(it.table_name(), meaning),
        ast::Stmt::SelectInto(it) => create::create_relation(it.into_clause().and_then(|it| it.table_name()), meaning),
        ast::Stmt::CreateForeignTable(it) => create::create_relation(it.table_name(), meaning),
        ast::Stmt::CreateIndex(it) => create::create_index(it, meaning),
        ast::Stmt::CreatePolicy(it) => create::create_policy(it, meaning),
        ast::Stmt::CreateTrigger(it) => create::create_trigger(it, meaning),
        ast::Stmt::CreateFunction(it) => create::create_function(it, meaning),
        ast::Stmt::CreateProcedure(it) => create::create_procedure(it, meaning),
        ast::Stmt::Truncate(it) => truncate(it, meaning),
        ast::Stmt::Delete(it) => {
            let own = it.relation_name().and_then(|it| id(Kind::Table, &text(&it)))?;
            if it.where_clause_or_current_of().is_none() && it.using_clause().is_none() {
                meaning.says("delete-without-where", own.clone(), Said::new("all its rows go"));
            }
            meaning.writes.push(own);
            Some(())
        }
        ast::Stmt::Update(it) => {
            let own = it.relation_name().and_then(|it| id(Kind::Table, &text(&it)))?;
            if it.where_clause_or_current_of().is_none() && it.from_clause().is_none() {
                let said = Said::new("all its rows are written once more");
                meaning.says(
                    "update-without-where",
                    own.clone(),
                    said.safer("batches, each in a transaction of its own"),
                );
            }
            meaning.writes.push(own);
            Some(())
        }
        _ => None,
    }
}

fn of_others(statement: &ast::Stmt, meaning: &mut Meaning) -> Option<()> {
    match statement {
        ast::Stmt::Refresh(it) => utility::refresh(it, meaning),
        ast::Stmt::Lock(it) => utility::lock(it, meaning),
        ast::Stmt::Cluster(it) => utility::cluster(it, meaning),
        ast::Stmt::Vacuum(it) => utility::vacuum(it, meaning),
        ast::Stmt::Reindex(it) => utility::reindex(it, meaning),
        ast::Stmt::Grant(it) => utility::grant(it, meaning),
        ast::Stmt::Revoke(it) => utility::revoke(it, meaning),
        ast::Stmt::AlterDefaultPrivileges(it) => utility::default_privileges(it, meaning),
        ast::Stmt::AlterType(it) => utility::alter_type(it, meaning),
        ast::Stmt::AlterDomain(it) => utility::alter_domain(it, meaning),
        ast::Stmt::AlterPolicy(it) => policy(it, meaning),
        ast::Stmt::AlterIndex(it) => index(it, meaning),
        ast::Stmt::AlterView(it) => view(it, meaning),
        ast::Stmt::AlterFunction(it) => function(it, meaning),
        ast::Stmt::AlterSchema(it) => {
            let own = Id::new(Kind::Namespace, [name(&text(&it.schema_ref()?))]);
            match it.action()? {
                ast::AlterSchemaAction::SchemaRenameTo(_) => utility::renamed(own, "the old name", meaning),
                ast::AlterSchemaAction::OwnerTo(_) => {
                    meaning.stands_in("owner-changed", own, Said::new("somebody else owns it"));
                }
            }
            Some(())
        }
        ast::Stmt::AlterSequence(it) => {
            let renames = |it: &ast::AlterSequenceAction| {
                matches!(it, ast::AlterSequenceAction::SequenceRenameTo(_) | ast::AlterSequenceAction::SetSchema(_))
            };
            if it.actions().any(|it| renames(&it)) {
                utility::renamed(id(Kind::Sequence, &text(&it.sequence_ref()?))?, "the old name", meaning);
            }
            Some(())
        }
        ast::Stmt::AlterExtension(it) => {
            let own = Id::new(Kind::Extension, [name(&text(&it.extension_ref()?))]);
            let said = Said::new("what it brings may behave differently");
            meaning.stands_in("extension-changed", own, said);
            Some(())
        }
        ast::Stmt::CreateView(_) | ast::Stmt::CreateMaterializedView(_) | ast::Stmt::CreateSequence(_) => {
            let own = statement.syntax().children().find(|it| !format!("{:?}", it.kind()).starts_with("OR_REPLACE"));
            meaning.makes.extend(own.and_then(|it| id(Kind::Table, &it.text().to_string())));
            Some(())
        }
        _ => None,
    }
}

fn truncate(it: &ast::Truncate, meaning: &mut Meaning) -> Option<()> {
    let takes_more = matches!(it.drop_behavior(), Some(ast::DropBehavior::Cascade(_)));
    let more = if takes_more { ", and those of every table that refers to it" } else { "" };
    for table in ids::<ast::TableRelationName>(Kind::Table, it) {
        meaning.says("truncate", table.clone(), Said::new(format!("all its rows go{more}")));
        meaning.awaits.push(table);
    }
    Some(())
}

fn policy(it: &ast::AlterPolicy, meaning: &mut Meaning) -> Option<()> {
    let own = id(Kind::Table, &text(&it.on_table()?.table_name_ref()?))?;
    let policy = Id::new(Kind::Policy, own.path.iter().cloned().chain([name(&text(&it.policy_ref()?))]));
    meaning.locks(&own);
    meaning.stands_in("policy-changed", policy, Said::new("lets through other rows"));
    let said = format!("ACCESS EXCLUSIVE on {}: blocks reads and writes", own.dotted());
    meaning.stands_in("row-security-locks", own, Said::new(said));
    Some(())
}

fn index(it: &ast::AlterIndex, meaning: &mut Meaning) -> Option<()> {
    if let Some(ast::AlterIndexAction::SetTablespace(_)) = it.action() {
        let own = id(Kind::Index, &text(&it.index_ref()?))?;
        let said = Said::new("writes the index anew under ACCESS EXCLUSIVE");
        meaning.says("table-written-anew", own.clone(), said);
        meaning.awaits.push(own);
    }
    Some(())
}

fn function(it: &ast::AlterFunction, meaning: &mut Meaning) -> Option<()> {
    let signature = text(&it.function_sig()?);
    let own = id(Kind::Table, signature.split('(').next()?)?;
    let own = Id::new(Kind::Function, own.path.to_vec());
    match it.action()? {
        ast::AlterFunctionAction::FunctionRenameTo(_) | ast::AlterFunctionAction::SetSchema(_) => {
            utility::renamed(own, "the old name", meaning);
        }
        ast::AlterFunctionAction::OwnerTo(_) => {
            meaning.stands_in("owner-changed", own, Said::new("somebody else owns it"));
        }
        ast::AlterFunctionAction::FuncOptionList(options) => {
            let words = text(&options).to_lowercase();
            let is_definer = words.split_whitespace().collect::<Vec<_>>().join(" ").contains("security definer");
            if is_definer && !words.contains("search_path") {
                let said = Said::new("names are looked up where the caller says, unless it sets a search_path itself");
                meaning.stands_in("definer-without-search-path", own, said);
            }
        }
        _ => {}
    }
    Some(())
}

fn view(it: &ast::AlterView, meaning: &mut Meaning) -> Option<()> {
    use ast::AlterViewAction as Action;
    let own = id(Kind::View, &text(&it.view_ref()?))?;
    match it.action()? {
        Action::ViewRenameTo(_) | Action::SetSchema(_) => utility::renamed(own, "the old name", meaning),
        Action::RenameColumn(_) => utility::renamed(own, "the old column", meaning),
        Action::OwnerTo(_) => meaning.stands_in("owner-changed", own, Said::new("somebody else owns it")),
        Action::ResetOptions(it) if text(&it).contains("security_invoker") => {
            let said = Said::new("shows what its owner may see");
            meaning.stands_in("view-loses-security-invoker", own, said);
        }
        Action::SetOptions(_) | Action::ResetOptions(_) | Action::AlterViewColumn(_) => {}
    }
    Some(())
}

/// Statements that change nothing which a rule is about.
fn is_harmless(statement: &ast::Stmt) -> bool {
    use ast::Stmt;
    let of_sessions = matches!(
        statement,
        Stmt::Begin(_)
            | Stmt::Commit(_)
            | Stmt::Rollback(_)
            | Stmt::SavepointCreate(_)
            | Stmt::ReleaseSavepoint(_)
            | Stmt::Set(_)
            | Stmt::Reset(_)
            | Stmt::Show(_)
            | Stmt::SetConstraints(_)
            | Stmt::SetTransaction(_)
            | Stmt::SetRole(_)
            | Stmt::ResetRole(_)
            | Stmt::SetSessionAuth(_)
            | Stmt::ResetSessionAuth(_)
            | Stmt::Discard(_)
            | Stmt::Deallocate(_)
            | Stmt::Prepare(_)
            | Stmt::Declare(_)
            | Stmt::Fetch(_)
            | Stmt::Close(_)
            | Stmt::Move(_)
            | Stmt::Listen(_)
            | Stmt::Unlisten(_)
            | Stmt::Notify(_)
            | Stmt::Checkpoint(_)
            | Stmt::Load(_)
            | Stmt::EmptyStmt(_)
    );
    let of_rows = matches!(
        statement,
        Stmt::Insert(_)
            | Stmt::Select(_)
            | Stmt::CompoundSelect(_)
            | Stmt::ParenSelect(_)
            | Stmt::Values(_)
            | Stmt::Table(_)
            | Stmt::Copy(_)
            | Stmt::Merge(_)
            | Stmt::Explain(_)
            | Stmt::Analyze(_)
    );
    let new = matches!(
        statement,
        Stmt::CreateSchema(_)
            | Stmt::CreateExtension(_)
            | Stmt::CreateType(_)
            | Stmt::CreateDomain(_)
            | Stmt::CreateRole(_)
            | Stmt::CreateUser(_)
            | Stmt::CreateGroup(_)
            | Stmt::CreateDatabase(_)
            | Stmt::CreateStatistics(_)
            | Stmt::CreateCollation(_)
            | Stmt::CreateAggregate(_)
            | Stmt::CreateOperator(_)
            | Stmt::CreateCast(_)
            | Stmt::CreatePublication(_)
            | Stmt::CreateServer(_)
            | Stmt::CreateForeignDataWrapper(_)
            | Stmt::CreateUserMapping(_)
            | Stmt::CommentOn(_)
            | Stmt::SecurityLabel(_)
            | Stmt::AlterRole(_)
            | Stmt::AlterUser(_)
            | Stmt::AlterGroup(_)
            | Stmt::AlterStatistics(_)
    );
    of_sessions || of_rows || new
}
