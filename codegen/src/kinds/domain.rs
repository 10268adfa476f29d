//! `CREATE DOMAIN`

mod checks;
mod declared;

use serde::{Deserialize, Serialize};

use super::column::keeps_values;
use super::key::collation_name;
use super::type_name::{is_stored, new_columns_of};
use super::{Alteration, Claim, Context, Kind, Namespace, Object, ObjectKind, Renaming, TypeName};
use crate::expression;
use crate::model::{Id, LockMode, Schema, Statement};
use crate::sql::{self, Style};

/// A domain: a type with a default and checks of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Domain {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// The type beneath.
    #[serde(rename = "type")]
    pub ty: TypeName,
    /// `COLLATE`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<String>,
    /// `DEFAULT`, an expression.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// `NOT NULL`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_null: bool,
    /// The name of the NOT NULL constraint, if somebody chose it; kept since PostgreSQL 17.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_null_name: Option<String>,
    /// Whether there is such a constraint, under the name that PostgreSQL chose: it stays when the domain gets another.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_null_chosen: bool,
    /// The comment on that constraint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_null_comment: Option<String>,
    /// The checks, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<DomainCheck>,
}

/// A check of a domain.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DomainCheck {
    /// Its name.
    pub name: String,
    /// The condition over `VALUE`.
    pub expression: String,
    /// `NOT VALID`: values that were there before have not been looked at.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_valid: bool,
    /// Its comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

impl DomainCheck {
    fn clause(&self) -> String {
        format!("CONSTRAINT {} CHECK ({})", sql::ident(&self.name), self.expression)
    }

    /// Whether the one differs from the other in what ALTER DOMAIN and COMMENT can change.
    fn may_become(&self, to: &Self) -> bool {
        self.name == to.name && self.expression == to.expression && (self.not_valid || !to.not_valid)
    }
}

impl Domain {
    fn not_null_clause(&self) -> String {
        let name = self.not_null_name.as_ref().map(|name| format!("CONSTRAINT {} ", sql::ident(name)));
        name.unwrap_or_default() + "NOT NULL"
    }

    fn not_null_constraint(&self) -> String {
        self.not_null_name.clone().unwrap_or_else(|| self.chosen_not_null_name())
    }

    /// Names are cut at 63 bytes, and this one before its ending.
    fn chosen_not_null_name(&self) -> String {
        const ENDING: &str = "_not_null";
        format!("{}{ENDING}", &self.name[..self.name.floor_char_boundary(63 - ENDING.len())])
    }

    /// `COMMENT` on a constraint of it, unless it has that comment already.
    fn comment(&self, style: &Style, name: &str, [was, text]: [Option<&String>; 2]) -> Option<Statement> {
        let text = (was != text).then(|| text.map_or_else(|| "NULL".to_owned(), |text| sql::literal(text)))?;
        let (name, domain) = (sql::ident(name), style.name(&self.schema, &self.name));
        Some(Statement::new(format!("COMMENT ON CONSTRAINT {name} ON DOMAIN {domain} IS {text}")))
    }

    /// What is said of `to`'s NOT NULL; what is said of one that goes goes with it.
    fn comment_on_not_null(&self, style: &Style, to: &Self) -> Option<Statement> {
        let was = self.not_null_comment.as_ref().filter(|_| to.not_null);
        to.comment(style, &to.not_null_constraint(), [was, to.not_null_comment.as_ref()])
    }

    fn change_not_null(&self, to: &Self) -> Vec<String> {
        let named = |it: &Self| sql::ident(&it.not_null_constraint());
        match (self.not_null, to.not_null) {
            (true, true) if self.not_null_name != to.not_null_name => {
                vec![format!("RENAME CONSTRAINT {} TO {}", named(self), named(to))]
            }
            (false, true) if to.not_null_name.is_some() => vec![format!("ADD {}", to.not_null_clause())],
            (false, true) => vec!["SET NOT NULL".to_owned()],
            (true, false) => vec!["DROP NOT NULL".to_owned()],
            _ => Vec::new(),
        }
    }

    /// The same statement, which looks at all values: the lock on the domain stands for one on each table that has them.
    fn looking_at_values(&self, statement: Statement) -> Statement {
        statement.lock(Id::new(Kind::Domain, self.path()), LockMode::Share).scan()
    }
}

impl ObjectKind for Domain {
    const NAME: &'static str = "domain";
    const PRINTED: &'static [&'static str] = &["default", "checks"];
    const CATALOG: &str = r#"
        SELECT 'pg_type'::regclass, t.oid, 0, jsonb_build_object(
            'schema', t.schema, 'name', t.name,
            'type', jsonb_build_object(
              'schema', CASE WHEN t.typtypmod = -1 THEN base.schema END,
              'name', CASE WHEN t.typtypmod = -1 AND base.schema IS NOT NULL
                THEN base.name ELSE format_type(base.scalar, t.typtypmod) END,
              'dimensions', CASE WHEN base.is_array THEN greatest(t.typndims, 1) ELSE 0 END
            ),
            'collation', CASE WHEN t.typcollation <> base.collation
              THEN (SELECT name FROM collation_name WHERE oid = t.typcollation) END,
            'default', pg_get_expr(t.typdefaultbin, 0),
            'not_null', t.typnotnull,
            'checks', (
              SELECT coalesce(jsonb_agg(jsonb_build_object(
                  'name', c.conname, 'expression', pg_get_expr(c.conbin, 0), 'not_valid', NOT c.convalidated,
                  'comment', obj_description(c.oid, 'pg_constraint')
                ) ORDER BY c.conname), '[]')
              FROM pg_constraint AS c
              WHERE c.contypid = t.oid AND c.contype = 'c'
            ),
            'not_null_name', nullif(required.conname, left(t.typname, 63 - length('_not_null')) || '_not_null'),
            'not_null_chosen', required.conname IS NOT NULL
              AND required.conname = left(t.typname, 63 - length('_not_null')) || '_not_null',
            'not_null_comment', obj_description(required.oid, 'pg_constraint')
          )
        FROM own_type AS t
        JOIN type_name AS base ON base.oid = t.typbasetype
        LEFT JOIN pg_constraint AS required ON required.contypid = t.oid AND required.contype = 'n'
        WHERE t.typtype = 'd'"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_type WHERE oid >= 16384 AND typtype = 'd')";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn claims(&self) -> Vec<Claim> {
        vec![Claim::Type(self.schema.clone(), self.name.clone())]
    }

    fn needs(&self, schema: &Schema) -> Vec<Id> {
        let mut needs = self.ty.needs_in(schema);
        needs.push(Namespace::id_of(&self.schema));
        for text in self.default.iter().chain(self.checks.iter().map(|check| &check.expression)) {
            needs.extend(expression::needs(text, ("", ""), schema));
        }
        needs
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let mut sql = format!("CREATE DOMAIN {} AS {}", style.name(&self.schema, &self.name), self.ty.sql(style));
        if let Some(collation) = &self.collation {
            sql += &format!(" COLLATE {}", collation_name(collation));
        }
        if let Some(default) = &self.default {
            sql += &format!(" DEFAULT {default}");
        }
        if self.not_null {
            sql += &format!(" {}", self.not_null_clause());
        }
        let (later, at_once): (Vec<&DomainCheck>, Vec<&DomainCheck>) = self.checks.iter().partition(|it| it.not_valid);
        for check in &at_once {
            sql += &format!("\n  {}", check.clause());
        }
        let mut statements = vec![Statement::new(sql)];
        statements.extend(Self { not_null_comment: None, ..self.clone() }.comment_on_not_null(style, self));
        for check in at_once {
            let plain = DomainCheck { comment: None, ..check.clone() };
            statements.extend(self.make_check(style, Some(&plain), check));
        }
        statements.extend(later.into_iter().flat_map(|check| self.make_check(style, None, check)));
        statements
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("DROP DOMAIN {}{}", style.if_exists(), style.name(&self.schema, &self.name)))]
    }

    fn released(&self, schema: &Schema, from: &Id) -> Option<Self> {
        let id = Id::new(Kind::Domain, self.path());
        if self.ty.is(schema, from) || from.kind == Kind::Collation || is_contained(schema, &id) {
            return None;
        }
        // Whatever else it needs stands in the default or in a check, and nobody tells in which.
        Some(Self { default: None, checks: Vec::new(), ..self.clone() })
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        let style = context.style;
        let id = Id::new(Kind::Domain, to.path());
        let looks = |(was, check): (Option<&DomainCheck>, &DomainCheck)| {
            !check.not_valid && was.is_none_or(|was| was.not_valid)
        };
        let stricter = to.not_null && !from.not_null || from.differing(to).any(looks);
        // Values inside of arrays and rows are not looked at, so that a new rule for them is refused (tested, 14 to 18).
        let refused = stricter && is_contained(context.from, &id) && is_contained(context.to, &id);
        if from.ty != to.ty || from.collation != to.collation || refused {
            return Alteration::Replace;
        }
        let domain = format!("ALTER DOMAIN {}", style.name(&to.schema, &to.name));
        let goes = |check: &&DomainCheck| to.check(&check.name).is_none_or(|to| !check.may_become(to));
        let mut actions: Vec<String> = from
            .checks
            .iter()
            .filter(goes)
            .map(|check| format!("DROP CONSTRAINT {}", sql::ident(&check.name)))
            .collect();
        if from.default != to.default {
            actions.push(to.default.as_ref().map_or("DROP DEFAULT".into(), |default| format!("SET DEFAULT {default}")));
        }
        let statement = |action| Statement::new(format!("{domain} {action}"));
        let mut statements: Vec<Statement> = actions.into_iter().map(statement).collect();
        statements.extend(from.change_not_null(to).into_iter().map(|action| match to.not_null && !from.not_null {
            true => to.looking_at_values(statement(action)),
            false => statement(action),
        }));
        statements.extend(from.comment_on_not_null(style, to));
        statements.extend(from.differing(to).flat_map(|(was, check)| to.make_check(style, was, check)));
        Alteration::InPlace(statements)
    }

    fn alters_ahead_of(&self, context: &Context) -> Vec<Id> {
        // While a column holds it inside of something else, PostgreSQL refuses to change it.
        new_columns_of(context, &Id::new(Kind::Domain, self.path()))
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        Some(vec![Statement::new(format!("ALTER DOMAIN {name} RENAME TO {}", sql::ident(&to.name)))])
    }

    fn lost_by_alter(&self, to: &Self) -> Option<String> {
        (!keeps_values(&self.ty, &to.ty)).then(|| {
            let [from, to] = [self, to].map(|domain| domain.ty.sql(&Style::default()));
            format!("values that do not survive the way from {from} to {to}, where the domain is stored")
        })
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.type_name(&mut it.ty);
        rename.own(Kind::Domain, &[&self.schema], &mut it.name);
        if it.name != self.name {
            // PostgreSQL keeps the name of the constraint behind NOT NULL.
            let chosen = Some(it.chosen_not_null_name());
            let name = self.not_null_name.clone();
            let name = name.or_else(|| self.not_null_chosen.then(|| self.chosen_not_null_name()));
            it.not_null_chosen = name.is_some() && name == chosen;
            it.not_null_name = name.filter(|name| Some(name) != chosen.as_ref());
        }
        it
    }

    fn essence(&self) -> Self {
        Self { not_null_chosen: false, ..self.clone() }
    }

    fn could_become(&self, other: &Self) -> bool {
        Self { name: other.name.clone(), ..self.essence() } == other.essence()
    }
}

/// Whether values of the domain stand inside of arrays, rows or ranges.
fn is_contained(schema: &Schema, domain: &Id) -> bool {
    let holds = |user: &Id| match schema.get(user).map(AsRef::as_ref) {
        Some(Object::Column(column)) => column.ty.dimensions > 0,
        Some(Object::Domain(over)) => over.ty.dimensions > 0 && is_stored(schema, user) || is_contained(schema, user),
        Some(Object::Composite(_) | Object::Range(_)) => is_stored(schema, user),
        _ => false,
    };
    schema.needed_by(domain).any(holds)
}
