//! When a table is written anew because of a column.
//!
//! Sources: PostgreSQL documentation, ALTER TABLE, Notes; PostgreSQL source, tablecmds.c, ATColumnChangeRequiresRewrite;
//! each rule is measured by `codegen/tests/locks.rs`.

use super::Column;
use crate::expression;
use crate::kinds::{Context, Domain, Kind, Object, ObjectKind, TypeName};
use crate::model::{Id, Schema, Statement};

/// Pairs of types whose values are the same bytes, so that the first becomes the second as it is (pg_cast, castmethod b).
const SAME_BYTES: &[(&str, &str)] = &[
    ("text", "character varying"),
    ("character varying", "text"),
    ("cidr", "inet"),
    ("xml", "text"),
    ("xml", "character varying"),
    ("integer", "oid"),
    ("oid", "integer"),
    ("bit", "bit varying"),
];

/// Types of which a larger number in parentheses, or none, only allows more.
const WIDENING: &[&str] = &[
    "character varying",
    "bit varying",
    "timestamp without time zone",
    "timestamp with time zone",
    "time without time zone",
    "time with time zone",
];

impl Column {
    /// The statement that adds the column, and writes its table anew if every row gets a value of its own, or only looks
    /// at it.
    pub(super) fn adding(&self, statement: Statement) -> Statement {
        let computed = self.generated.is_some() && !self.is_virtual;
        if self.identity.is_some() || computed || self.default.as_deref().is_some_and(is_volatile) {
            return statement.rewrite();
        }
        let required = self.not_null && self.default.is_none() && !self.is_checked_later();
        if required { statement.scan() } else { statement }
    }

    /// Whether every value has to be looked at as it is written, for the sake of the column's domain.
    pub fn is_written_for_domain(&self, schema: &Schema) -> bool {
        let domain = domain(&self.ty, schema);
        domain.is_some_and(|domain| is_constrained(domain, schema))
            || self.default.is_none() && domain.and_then(|domain| domain.default.as_deref()).is_some_and(is_volatile)
    }

    /// The statement that changes the type or the collation, and writes the table anew, or only reads it for the indexes
    /// that are made anew.
    pub(super) fn retyping(&self, context: &Context, to: &Self, statement: Statement) -> Statement {
        if self.is_rewritten_as(to, context.from, context.to) {
            return statement.rewrite();
        }
        let collation = |it: &Self, schema| {
            let of_domain = || domain(&it.ty, schema).and_then(|domain| domain.collation.clone());
            it.collation.clone().or_else(of_domain)
        };
        let id = Id::new(Kind::Column, self.path());
        let is_index = |id: &&Id| matches!(id.kind, Kind::Index | Kind::PrimaryKey | Kind::Unique | Kind::Exclusion);
        let is_sorted = context.from.needed_by(&id).any(|user| is_index(&user));
        let reads = is_sorted && collation(self, context.from) != collation(to, context.to);
        if reads { statement.scan() } else { statement }
    }

    /// Whether a change to the type and collation of another writes all values anew.
    pub(in crate::kinds) fn is_rewritten_as(&self, to: &Self, schema: &Schema, schema_after: &Schema) -> bool {
        if self.ty == to.ty || to.generated.is_some() && to.is_virtual {
            return false;
        }
        if domain(&to.ty, schema_after).is_some_and(|domain| is_constrained(domain, schema_after)) {
            return true;
        }
        let leaves_domain = domain(&self.ty, schema).is_some();
        let (from, to) = (beneath(&self.ty, schema), beneath(&to.ty, schema_after));
        // A domain does not say how long its values are (PostgreSQL source, exprTypmod), so that each is measured again.
        leaves_domain && to.name.contains('(')
            || from != to
                && (from.schema.is_some()
                    || to.schema.is_some()
                    || from.dimensions + to.dimensions > 0
                    || !fits(&from, &to))
    }
}

fn is_volatile(default: &str) -> bool {
    !expression::is_stable(default)
}

/// The type that a domain is over, through all domains; any other type is itself.
fn beneath(ty: &TypeName, schema: &Schema) -> TypeName {
    match domain(ty, schema) {
        Some(domain) => beneath(&domain.ty, schema),
        None => ty.clone(),
    }
}

fn domain<'a>(ty: &TypeName, schema: &'a Schema) -> Option<&'a Domain> {
    ty.needs().iter().filter(|_| ty.dimensions == 0).find_map(|id| match schema.get(id)?.as_ref() {
        Object::Domain(domain) => Some(&**domain),
        _ => None,
    })
}

fn is_constrained(it: &Domain, schema: &Schema) -> bool {
    it.not_null || !it.checks.is_empty() || domain(&it.ty, schema).is_some_and(|below| is_constrained(below, schema))
}

/// Whether every value of the one built-in type is one of the other, in the same bytes.
fn fits(from: &TypeName, to: &TypeName) -> bool {
    let ((from, own), (to, others)) = (parted(&from.name), parted(&to.name));
    match (own.as_slice(), others.as_slice()) {
        _ if from != to => others.is_empty() && SAME_BYTES.contains(&(from.as_str(), to.as_str())),
        (_, []) => true,
        ([precision, scale], [wider, same]) if from == "numeric" => precision <= wider && scale == same,
        ([limit], [wider]) => limit <= wider && WIDENING.contains(&from.as_str()),
        _ => false,
    }
}

/// A type's name without its modifiers, and these: `timestamp(3) without time zone`, `numeric(10,2)`.
fn parted(name: &str) -> (String, Vec<u32>) {
    let Some((start, rest)) = name.split_once('(') else { return (name.to_owned(), Vec::new()) };
    let (numbers, end) = rest.split_once(')').unwrap_or((rest, ""));
    (format!("{start}{end}"), numbers.split(',').filter_map(|number| number.trim().parse().ok()).collect())
}
