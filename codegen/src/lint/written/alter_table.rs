//! ALTER TABLE, action by action.

use std::sync::Arc;

use serde_json::json;
use squawk_syntax::ast;

use super::constraint::{constraint, is_not_valid};
use super::meaning::Meaning;
use super::parts::{column, first_words, id, name, object, table, text};
use crate::kinds::{Kind, Object};
use crate::lint::Said;
use crate::model::{Change, Id};

/// Adds what an ALTER TABLE means.
pub fn alter_table(it: &ast::AlterTable, meaning: &mut Meaning) -> Option<()> {
    let own = id(Kind::Table, &text(&it.table_relation_name()?))?;
    meaning.assume(table(&own));
    let actions: Vec<ast::AlterTableAction> = it.actions().collect();
    if !actions.iter().all(lets_others_write) {
        meaning.awaits.push(own.clone());
    }
    for action in &actions {
        if alter(&own, action, meaning).is_none() && lock_alone(&own, action, meaning).is_none() {
            meaning.unknown.push(first_words(&format!("ALTER TABLE {}: {}", own.dotted(), text(action))));
        }
    }
    Some(())
}

/// What takes SHARE UPDATE EXCLUSIVE (documentation, ALTER TABLE).
fn lets_others_write(action: &ast::AlterTableAction) -> bool {
    use ast::AlterTableAction as Action;
    match action {
        Action::ValidateConstraint(_) | Action::ClusterOn(_) | Action::SetWithoutCluster(_) => true,
        Action::SetOptions(_) | Action::ResetOptions(_) | Action::AttachPartition(_) => true,
        Action::DetachPartition(it) => is_concurrent(it),
        Action::AlterColumn(it) => matches!(
            it.option(),
            Some(ast::AlterColumnOption::SetStatistics(_) | ast::AlterColumnOption::SetOptions(_))
        ),
        _ => false,
    }
}

fn is_concurrent(it: &ast::DetachPartition) -> bool {
    it.detach_partition_option().is_some()
}

fn alter(own: &Id, action: &ast::AlterTableAction, meaning: &mut Meaning) -> Option<()> {
    match action {
        ast::AlterTableAction::AddColumn(it) => {
            let column_name = name(&text(&it.column_name()?));
            let constraints: Vec<ast::Constraint> = it.constraints().collect();
            meaning.creates(new_column(own, &column_name, it.ty().as_ref(), &constraints)?);
            let others = constraints.iter().filter_map(|it| constraint(own, it, Some(&column_name)));
            others.collect::<Vec<_>>().into_iter().for_each(|it| add(it, meaning));
        }
        ast::AlterTableAction::DropColumn(it) => {
            let gone = column(own, &name(&text(&it.column_name_ref()?)), json!({}))?;
            if let Some(ast::DropBehavior::Cascade(_)) = it.drop_behavior() {
                meaning.says("drop-cascade", gone.id(), Said::new("takes along whatever hangs on it"));
            }
            meaning.assume(Some(gone.clone()));
            meaning.changes.push(vec![Change::Drop(Arc::new(gone))]);
        }
        ast::AlterTableAction::AlterColumn(it) => {
            return alter_column(own, &name(&text(&it.column_name_ref()?)), &it.option()?, meaning);
        }
        ast::AlterTableAction::AddConstraint(it) => {
            let added = it.constraint()?;
            if is_not_valid(&added) {
                meaning.puts_off.push(own.clone());
            }
            // A key over an index that is there reads no rows.
            let Some(added) = constraint(own, &added, None) else { return uses_index(&added).then_some(()) };
            add(added, meaning);
        }
        ast::AlterTableAction::RenameColumn(it) => {
            let from = column(own, &name(&text(&it.column_name_ref()?)), json!({}))?;
            let to = column(own, &name(&text(&it.column_name()?)), json!({}))?;
            meaning.assume(Some(from.clone()));
            meaning.changes.push(vec![Change::Rename { from: Arc::new(from), to: Arc::new(to) }]);
        }
        ast::AlterTableAction::TableRenameTo(it) => {
            let to = Id::new(Kind::Table, [own.path.first()?.clone(), name(&text(&it.table_name()?))]);
            moves(own, &to, meaning)?;
        }
        ast::AlterTableAction::SetSchema(it) => {
            let to = Id::new(Kind::Table, [name(&text(&it.schema_ref()?)), own.path.get(1)?.clone()]);
            moves(own, &to, meaning)?;
        }
        ast::AlterTableAction::EnableRls(_) => meaning.creates(security(own, false, false)?),
        ast::AlterTableAction::DisableRls(_) => {
            meaning.alters(security(own, false, false)?, security(own, true, false)?)
        }
        ast::AlterTableAction::ForceRls(_) => meaning.alters(security(own, false, false)?, security(own, false, true)?),
        ast::AlterTableAction::NoForceRls(_) => {
            meaning.alters(security(own, false, true)?, security(own, false, false)?)
        }
        ast::AlterTableAction::SetUnlogged(_) => {
            let unlogged = json!({ "schema": own.path.first()?, "name": own.path.get(1)?, "unlogged": true });
            meaning.alters(table(own)?, object(Kind::Table, unlogged)?);
        }
        _ => return None,
    }
    Some(())
}

fn moves(own: &Id, to: &Id, meaning: &mut Meaning) -> Option<()> {
    meaning.changes.push(vec![Change::Rename { from: Arc::new(table(own)?), to: Arc::new(table(to)?) }]);
    Some(())
}

fn uses_index(it: &ast::Constraint) -> bool {
    match it {
        ast::Constraint::UniqueConstraint(it) => it.using_index().is_some(),
        ast::Constraint::PrimaryKeyConstraint(it) => it.using_index().is_some(),
        _ => false,
    }
}

/// The actions of which the text tells only whom they lock, and what that may come to.
fn lock_alone(own: &Id, action: &ast::AlterTableAction, meaning: &mut Meaning) -> Option<()> {
    use ast::AlterTableAction as Action;
    let part = |kind: Kind, named: String| Id::new(kind, own.path.iter().cloned().chain([name(&named)]));
    let mut say = |rule, object: Id, said: Said| meaning.stands_in(rule, object, said);
    match action {
        Action::DropConstraint(it) => {
            let gone = part(Kind::Check, text(&it.constraint_name_ref()?));
            if let Some(ast::DropBehavior::Cascade(_)) = it.drop_behavior() {
                meaning.says("drop-cascade", gone.clone(), Said::new("takes along whatever hangs on it"));
            }
            let said = "what it held up holds no longer; the other table is locked too, if it is a foreign key, and an \
                        upsert that names its columns fails, if it is a key";
            meaning.stands_in("constraint-dropped", gone, Said::new(said).safer(WITH_SCHEMA));
        }
        Action::ValidateConstraint(_) => {
            say("constraint-validated", own.clone(), Said::new("fails if a row violates it"));
            meaning.makes_up.push(own.clone());
        }
        Action::AttachPartition(it) => {
            let child = id(Kind::Table, &text(&it.table_name_ref()?))?;
            let said = format!("ACCESS EXCLUSIVE on {} and on the default partition", child.dotted());
            let safer = "a valid check on it that says the same as its bounds, before";
            say("partition-attach-locks", child.clone(), Said::new(said).safer(safer));
            say("partition-attached", child.clone(), Said::new("fails if a row of it is out of its bounds"));
            meaning.locks(&child);
        }
        Action::DetachPartition(it) if !is_concurrent(it) => {
            let child = id(Kind::Table, &text(&it.table_name_ref()?))?;
            let said = format!("ACCESS EXCLUSIVE on {} and on the default partition", own.dotted());
            let safer = "DETACH PARTITION ... CONCURRENTLY, outside of a transaction";
            say("partition-detach-locks", child, Said::new(said).safer(safer));
        }
        Action::DetachPartition(_) => meaning.is_concurrent = true,
        Action::DisableTrigger(it) => {
            let said = "what the trigger does for all who write is not done meanwhile";
            let object = match it.trigger_target()? {
                ast::TriggerTarget::TriggerRef(it) => part(Kind::Trigger, text(&it)),
                _ => own.clone(),
            };
            say("trigger-disabled", object, Said::new(said));
        }
        Action::EnableTrigger(_) | Action::EnableAlwaysTrigger(_) | Action::EnableReplicaTrigger(_) => {
            say("trigger-locks", own.clone(), Said::new("SHARE ROW EXCLUSIVE on the table: blocks writes"));
        }
        Action::SetLogged(_) | Action::SetAccessMethod(_) | Action::SetTablespace(_) => {
            say("storage-change-rewrites", own.clone(), Said::new("writes all rows anew under ACCESS EXCLUSIVE"));
        }
        Action::OwnerTo(_) => say("owner-changed", own.clone(), Said::new("somebody else owns it")),
        Action::ReplicaIdentity(_) => {
            say("replica-identity-changed", own.clone(), Said::new("replicas find its rows by something else"));
        }
        Action::RenameConstraint(it) => {
            let said = format!("code that still says {} fails", name(&text(&it.constraint_name_ref()?)));
            meaning.says("renamed", own.clone(), Said::new(said));
        }
        // A lock for a moment is all that they take.
        Action::SetOptions(_) | Action::ResetOptions(_) | Action::ClusterOn(_) | Action::SetWithoutCluster(_) => {}
        Action::SetWithoutOids(_) | Action::AlterConstraint(_) | Action::InheritTable(_) => {}
        Action::NoInheritTable(_) | Action::OfType(_) | Action::NotOf(_) => {}
        _ => return None,
    }
    Some(())
}

/// How to be told more.
pub const WITH_SCHEMA: &str = "give the schema with `--from` to be told which it is";

fn add(object: Object, meaning: &mut Meaning) {
    if let Object::ForeignKey(key) = &object {
        meaning.locks(&key.target());
    }
    meaning.creates(object);
}

fn alter_column(own: &Id, named: &str, option: &ast::AlterColumnOption, meaning: &mut Meaning) -> Option<()> {
    use ast::AlterColumnOption as Option;
    let (from, to) = match option {
        Option::SetNotNull(_) => (json!({}), json!({ "not_null": true })),
        Option::DropNotNull(_) => (json!({ "not_null": true }), json!({})),
        Option::DropDefault(_) => (json!({ "default": "NULL" }), json!({})),
        Option::SetDefault(it) => (json!({}), json!({ "default": text(&it.expr()?) })),
        Option::SetType(it) => (json!({}), json!({ "type": { "name": text(&it.ty()?).to_lowercase() } })),
        Option::SetExpression(_) => {
            let column = column(own, named, json!({}))?.id();
            meaning.stands_in("stored-generated-rewrites", column, Said::new("writes the table anew, if it is stored"));
            return Some(());
        }
        // They change nothing for rows that are there.
        Option::AddGenerated(_) | Option::SetGenerated(_) | Option::SetGeneratedOptions(_) | Option::Restart(_) => {
            return Some(());
        }
        Option::DropIdentity(_) | Option::DropExpression(_) | Option::SetSequenceOption(_) => return Some(()),
        Option::SetStatistics(_) | Option::SetOptions(_) | Option::ResetOptions(_) | Option::SetOptionsList(_) => {
            return Some(());
        }
        Option::SetStorage(_) | Option::SetCompression(_) => return Some(()),
        _ => return None,
    };
    meaning.alters(column(own, named, from)?, column(own, named, to)?);
    Some(())
}

fn new_column(own: &Id, named: &str, ty: Option<&ast::Type>, constraints: &[ast::Constraint]) -> Option<Object> {
    let ty = ty.map(|it| text(it).to_lowercase()).unwrap_or_default();
    let mut facts = json!({ "type": { "name": ty } });
    for it in constraints {
        match it {
            ast::Constraint::NotNullConstraint(_) | ast::Constraint::PrimaryKeyConstraint(_) => {
                facts["not_null"] = json!(true);
            }
            ast::Constraint::DefaultConstraint(it) => facts["default"] = json!(text(&it.expr()?)),
            ast::Constraint::GeneratedConstraint(it) => {
                let words = text(it).to_uppercase();
                match words.contains("AS IDENTITY") {
                    true => (facts["identity"], facts["not_null"]) = (json!({ "always": false }), json!(true)),
                    false => {
                        (facts["generated"], facts["virtual"]) = (json!(text(it)), json!(!words.ends_with("STORED")))
                    }
                }
            }
            _ => {}
        }
    }
    if ["serial", "bigserial", "smallserial"].contains(&ty.as_str()) {
        (facts["default"], facts["not_null"]) = (json!("nextval('')"), json!(true));
    }
    column(own, named, facts)
}

fn security(own: &Id, disabled: bool, force: bool) -> Option<Object> {
    let (schema, table) = (own.path.first()?, own.path.get(1)?);
    object(Kind::RowSecurity, json!({ "schema": schema, "table": table, "disabled": disabled, "force": force }))
}
