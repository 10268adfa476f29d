//! Row level security and its policies.

use super::entries::Entries;
use super::faults::Faults;
use super::fragment::Fragment;
use super::names::check_name;
use super::values::each;
use crate::{PolicyCommand, PolicyDecl, RowSecurityDecl, Text};

const COMMANDS: [(&str, PolicyCommand); 5] = [
    ("all", PolicyCommand::All),
    ("select", PolicyCommand::Select),
    ("insert", PolicyCommand::Insert),
    ("update", PolicyCommand::Update),
    ("delete", PolicyCommand::Delete),
];

/// `#[row_level_security]`, `#[row_level_security(force)]`
pub(crate) fn row_security(faults: &mut Faults, attribute: &syn::Attribute) -> RowSecurityDecl {
    let mut entries = Entries::of(faults, "`row_level_security` entry", attribute);
    let force = entries.flag(faults, "force").is_some();
    let span = entries.span;
    entries.finish(faults);
    RowSecurityDecl { span, force }
}

/// `#[policy(name, for = select, to("app"), using = "...", with_check = "...", restrictive, needs(Other))]`
pub(crate) fn policy(faults: &mut Faults, attribute: &syn::Attribute) -> Option<PolicyDecl> {
    let mut entries = Entries::of(faults, "`policy` entry", attribute);
    let command = entries.choice(faults, "for", "command", &COMMANDS);
    let mut policy = PolicyDecl {
        span: entries.span,
        name: Text::new(String::new(), entries.span),
        command: command.map(|command| command.value).unwrap_or_default(),
        roles: roles(faults, &mut entries),
        using: entries.filled(faults, "using"),
        with_check: entries.filled(faults, "with_check"),
        restrictive: entries.flag(faults, "restrictive").is_some(),
        needs: entries.needs(faults),
        comment: entries.string(faults, "comment"),
    };
    let name = entries.required_name(faults);
    entries.finish(faults);
    check(faults, &policy);
    policy.name = name?;
    Some(policy)
}

fn roles(faults: &mut Faults, entries: &mut Entries) -> Vec<Text> {
    let (_, fragments) = entries.list(faults, "to").unwrap_or((entries.span, Vec::new()));
    let roles = each(faults, &fragments, "expected a role", Fragment::name);
    for role in &roles {
        check_name(faults, role);
    }
    roles
}

/// What PostgreSQL refuses (documentation, CREATE POLICY).
fn check(faults: &mut Faults, policy: &PolicyDecl) {
    match (policy.command, &policy.using, &policy.with_check) {
        (PolicyCommand::Insert, Some(using), _) => {
            faults.advise(using.span, "a policy for `insert` has no `using`", "write `with_check = \"...\"`");
        }
        (PolicyCommand::Select | PolicyCommand::Delete, _, Some(with_check)) => {
            let message = "a policy for `select` or `delete` has no `with_check`";
            faults.advise(with_check.span, message, "write `using = \"...\"`");
        }
        _ => {}
    }
}
