//! Statements that keep others waiting without changing a schema, privileges, and types.

use squawk_syntax::ast;

use super::drop::everything;
use super::meaning::Meaning;
use super::parts::{id, ids, name, text};
use crate::kinds::Kind;
use crate::lint::Said;
use crate::model::Id;

/// REFRESH MATERIALIZED VIEW.
pub fn refresh(it: &ast::Refresh, meaning: &mut Meaning) -> Option<()> {
    let view = id(Kind::MaterializedView, &text(&it.view_ref()?))?;
    if it.concurrently_token().is_none() {
        let said = Said::new("ACCESS EXCLUSIVE until its query has run: blocks reads and writes");
        let safer = "REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index";
        meaning.says("refresh-under-lock", view.clone(), said.safer(safer));
        meaning.awaits.push(view);
    }
    Some(())
}

/// LOCK TABLE.
pub fn lock(it: &ast::Lock, meaning: &mut Meaning) -> Option<()> {
    let mode = it.lock_mode_clause().and_then(|it| Some(text(&it.lock_mode()?).to_uppercase()));
    let mode = mode.unwrap_or_else(|| "ACCESS EXCLUSIVE".to_owned());
    let mode = mode.split_whitespace().collect::<Vec<_>>().join(" ");
    if ["ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE"].contains(&mode.as_str()) {
        return Some(());
    }
    for table in ids::<ast::RelationName>(Kind::Table, it) {
        let said = format!("{mode} until the transaction ends");
        meaning.says("table-locked", table.clone(), Said::new(said));
        meaning.awaits.push(table);
    }
    Some(())
}

/// CLUSTER.
pub fn cluster(it: &ast::Cluster, meaning: &mut Meaning) -> Option<()> {
    let legacy = it.cluster_legacy().and_then(|it| it.on_path()?.table_name_ref());
    anew(it.table_name_ref().or(legacy).into_iter().filter_map(|it| id(Kind::Table, &text(&it))).collect(), meaning)
}

/// VACUUM, which only with FULL keeps anybody waiting.
pub fn vacuum(it: &ast::Vacuum, meaning: &mut Meaning) -> Option<()> {
    let options = it.vacuum_option_list().map(|it| text(&it).to_uppercase()).unwrap_or_default();
    let is_on = |option: &str| {
        let words: Vec<&str> = option.split_whitespace().collect();
        words.first() == Some(&"FULL") && !words.get(1).is_some_and(|it| ["FALSE", "OFF", "0"].contains(it))
    };
    if it.full_token().is_none() && !options.trim_matches(['(', ')']).split(',').any(is_on) {
        return Some(());
    }
    anew(ids::<ast::TableRelationName>(Kind::Table, it), meaning)
}

/// What writes tables anew; all tables, if it names none.
fn anew(tables: Vec<Id>, meaning: &mut Meaning) -> Option<()> {
    let tables = if tables.is_empty() { vec![everything()] } else { tables };
    for table in tables {
        let said = Said::new("writes all rows and indexes anew under ACCESS EXCLUSIVE");
        let safer = "plain VACUUM, or a tool that copies beside the running work (pg_repack, pg_squeeze)";
        meaning.says("table-written-anew", table.clone(), said.safer(safer));
        meaning.awaits.push(table);
    }
    Some(())
}

/// REINDEX.
pub fn reindex(it: &ast::Reindex, meaning: &mut Meaning) -> Option<()> {
    let is_concurrent = text(it).to_uppercase().split(|it: char| !it.is_alphanumeric()).any(|it| it == "CONCURRENTLY");
    meaning.is_concurrent = is_concurrent;
    let object = match it.reindex_target()? {
        ast::ReindexTarget::ReindexTargetIndex(it) => id(Kind::Index, &text(&it.index_ref()?))?,
        ast::ReindexTarget::ReindexTargetTable(it) => id(Kind::Table, &text(&it.table_name_ref()?))?,
        _ => everything(),
    };
    if !is_concurrent {
        let said = Said::new("SHARE on the table, ACCESS EXCLUSIVE on the index: blocks writes, and reads that use it");
        let safer = "outside of a transaction: REINDEX ... CONCURRENTLY";
        meaning.says("reindex-under-lock", object.clone(), said.safer(safer));
        meaning.awaits.push(object);
    }
    Some(())
}

/// GRANT: of a privilege, or of a role.
pub fn grant(it: &ast::Grant, meaning: &mut Meaning) -> Option<()> {
    let roles = it.role_ref_list()?;
    let rule = if is_to_everybody(&roles) { "grant-to-public" } else { "grant-widened" };
    let what = it.privileges().map(|it| text(&it)).unwrap_or_default();
    let said = format!("gives {what} to {}", text(&roles));
    for object in targets(it.on_privilege_objects_clause().as_ref()) {
        meaning.stands_in(rule, object, Said::new(said.clone()));
    }
    Some(())
}

/// REVOKE.
pub fn revoke(it: &ast::Revoke, meaning: &mut Meaning) -> Option<()> {
    let roles = it.role_ref_list()?;
    let what = it.privileges().map(|it| text(&it)).unwrap_or_default();
    let said = format!("takes {what} from {}", text(&roles));
    // What everybody may is rarely what code has been given.
    if is_to_everybody(&roles) || it.revoke_option_for().is_some() {
        return Some(());
    }
    for object in targets(it.on_privilege_objects_clause().as_ref()) {
        meaning.stands_in("privilege-revoked", object, Said::new(said.clone()));
    }
    Some(())
}

/// ALTER DEFAULT PRIVILEGES.
pub fn default_privileges(it: &ast::AlterDefaultPrivileges, meaning: &mut Meaning) -> Option<()> {
    if let ast::AlterDefaultPrivilegesAction::GrantDefaultPrivileges(it) = it.action()?
        && is_to_everybody(&it.role_ref_list()?)
    {
        let said = format!("gives {} on all that will be made", text(&it.privileges()?));
        meaning.stands_in("default-privileges-to-public", everything(), Said::new(said));
    }
    Some(())
}

fn is_to_everybody(roles: &ast::RoleRefList) -> bool {
    roles.role_refs().any(|it| text(&it).eq_ignore_ascii_case("public"))
}

fn targets(clause: Option<&ast::OnPrivilegeObjectsClause>) -> Vec<Id> {
    let Some(objects) = clause.and_then(|it| it.privilege_objects()) else { return vec![everything()] };
    let found = match &objects {
        ast::PrivilegeObjects::PrivilegeTable(it) => ids::<ast::RelationNameRef>(Kind::Table, it),
        ast::PrivilegeObjects::PrivilegeDefault(it) => ids::<ast::RelationNameRef>(Kind::Table, it),
        ast::PrivilegeObjects::PrivilegeSequence(it) => ids::<ast::SequenceRef>(Kind::Sequence, it),
        ast::PrivilegeObjects::PrivilegeSchema(it) => {
            it.schema_refs().map(|it| Id::new(Kind::Namespace, [name(&text(&it))])).collect()
        }
        _ => Vec::new(),
    };
    if found.is_empty() { vec![everything()] } else { found }
}

/// ALTER TYPE.
pub fn alter_type(it: &ast::AlterType, meaning: &mut Meaning) -> Option<()> {
    use ast::AlterTypeAction as Action;
    let own = id(Kind::Enumeration, &text(&it.type_name_ref()?))?;
    match it.action()? {
        Action::AddValue(it) => {
            let value = it.literal().map(|it| text(&it)).unwrap_or_default();
            let said = format!("code that reads meets {value}");
            meaning.stands_in("enum-value-added", own, Said::new(said));
        }
        Action::RenameValue(_) => renamed(own, "the old value", meaning),
        Action::RenameAttribute(_) => renamed(own, "the old attribute", meaning),
        Action::TypeRenameTo(_) | Action::SetSchema(_) => renamed(own, "the old name", meaning),
        Action::OwnerTo(_) => meaning.stands_in("owner-changed", own, Said::new("somebody else owns it")),
        Action::SetOptions(_) => {}
        Action::AlterTypeAttributeActionList(it) => {
            for action in it.actions() {
                if let ast::AlterTypeAttributeAction::DropAttribute(it) = action {
                    let said = format!("every column of the type loses its values: {}", text(&it));
                    meaning.stands_in("data-lost", own.clone(), Said::new(said));
                }
            }
        }
    }
    Some(())
}

/// What gets another name.
pub fn renamed(own: Id, what: &str, meaning: &mut Meaning) {
    meaning.says("renamed", own, Said::new(format!("code that still says {what} fails")));
}

/// ALTER DOMAIN.
pub fn alter_domain(it: &ast::AlterDomain, meaning: &mut Meaning) -> Option<()> {
    use ast::AlterDomainAction as Action;
    let own = id(Kind::Domain, &text(&it.domain_ref()?))?;
    let action = it.action()?;
    match &action {
        Action::AddConstraint(_) | Action::SetNotNull(_) | Action::ValidateConstraint(_) => {
            let put_off =
                matches!(action, Action::AddConstraint(_)) && text(&action).to_uppercase().ends_with("NOT VALID");
            if !put_off {
                let locks = "SHARE on every table that has it, while all its values are looked at: blocks writes";
                let safer = "ADD CONSTRAINT ... NOT VALID, then VALIDATE CONSTRAINT in another transaction";
                meaning.stands_in("domain-locks-tables", own.clone(), Said::new(locks).safer(safer));
                meaning.stands_in("domain-stricter", own.clone(), Said::new("fails if a value violates it"));
                meaning.awaits.push(own);
            }
        }
        Action::DomainRenameTo(_) | Action::SetSchema(_) => renamed(own, "the old name", meaning),
        Action::OwnerTo(_) => meaning.stands_in("owner-changed", own, Said::new("somebody else owns it")),
        Action::DropNotNull(_) => {
            meaning.stands_in("not-null-dropped", own, Said::new("code that reads meets NULL"));
        }
        Action::DropConstraint(_) | Action::DropDefault(_) | Action::SetDefault(_) | Action::RenameConstraint(_) => {}
    }
    Some(())
}
