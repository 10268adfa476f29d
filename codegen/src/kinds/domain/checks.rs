//! The checks of a domain: what makes one of them another.

use super::{Domain, DomainCheck};
use crate::model::Statement;
use crate::sql::{self, Style};

impl Domain {
    pub(super) fn check(&self, name: &str) -> Option<&DomainCheck> {
        self.checks.iter().find(|check| check.name == name)
    }

    /// What makes a check as it should be, from nothing or from what it was.
    pub(super) fn make_check(&self, style: &Style, was: Option<&DomainCheck>, check: &DomainCheck) -> Vec<Statement> {
        let domain = style.name(&self.schema, &self.name);
        let name = sql::ident(&check.name);
        let mut statements = Vec::new();
        match was {
            None => {
                let not_valid = if check.not_valid { " NOT VALID" } else { "" };
                let add = Statement::new(format!("ALTER DOMAIN {domain} ADD {}{not_valid}", check.clause()));
                statements.push(if check.not_valid { add } else { self.looking_at_values(add) });
            }
            Some(was) if was.not_valid && !check.not_valid => {
                let validate = Statement::new(format!("ALTER DOMAIN {domain} VALIDATE CONSTRAINT {name}"));
                statements.push(self.looking_at_values(validate));
            }
            Some(_) => {}
        }
        let comments = [was.and_then(|was| was.comment.as_ref()), check.comment.as_ref()];
        statements.into_iter().chain(self.comment(style, &check.name, comments)).collect()
    }

    /// The checks of `to` that this one lacks or has in another form, with what it has.
    pub(super) fn differing<'a>(&'a self, to: &'a Self) -> impl Iterator<Item = (Option<&'a DomainCheck>, &'a DomainCheck)> {
        let pairs = to.checks.iter().map(|check| (self.check(&check.name), check));
        pairs
            .filter(|(was, check)| *was != Some(*check))
            .map(|(was, check)| (was.filter(|was| was.may_become(check)), check))
    }
}
