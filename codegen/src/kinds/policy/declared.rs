//! `#[policy(...)]`

use tablewright_syntax::{PolicyCommand, PolicyDecl, TableDecl};

use super::super::declare::{Found, Names};
use super::{Command, Policy};

impl Policy {
    /// Reads the policies of a declared table.
    pub(crate) fn declare(table: &TableDecl, names: &Names, found: &mut Found) {
        for decl in &table.policies {
            for expression in decl.using.iter().chain(&decl.with_check) {
                found.check_policy_expression(table, expression);
            }
            let policy = Self::of(table, decl, names, found);
            let id = found.add(policy, table.file, decl.span);
            found.comment(&id, table.file, decl.comment.as_ref());
        }
    }

    fn of(table: &TableDecl, decl: &PolicyDecl, names: &Names, found: &mut Found) -> Self {
        let mut roles: Vec<String> = decl.roles.iter().map(|role| role.value.clone()).collect();
        roles.sort();
        Policy {
            schema: table.schema.value.clone(),
            table: table.name.value.clone(),
            name: decl.name.value.clone(),
            restrictive: decl.restrictive,
            command: match decl.command {
                PolicyCommand::All => Command::All,
                PolicyCommand::Select => Command::Select,
                PolicyCommand::Insert => Command::Insert,
                PolicyCommand::Update => Command::Update,
                PolicyCommand::Delete => Command::Delete,
            },
            roles,
            using: decl.using.as_ref().map(|it| it.value.clone()),
            with_check: decl.with_check.as_ref().map(|it| it.value.clone()),
            needs: names.needs(table.file, &decl.needs, found),
        }
    }
}
