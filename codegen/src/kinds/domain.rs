//! `CREATE DOMAIN`

mod declared;

use serde::{Deserialize, Serialize};

use super::key::collation_name;
use super::{Alteration, Claim, Context, Kind, Namespace, Object, ObjectKind, Renaming, TypeName};
use crate::expression;
use crate::model::{Id, Schema, Statement};
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
}

impl DomainCheck {
    fn clause(&self) -> String {
        format!("CONSTRAINT {} CHECK ({})", sql::ident(&self.name), self.expression)
    }
}

impl ObjectKind for Domain {
    const NAME: &'static str = "domain";
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
                  'name', c.conname, 'expression', pg_get_expr(c.conbin, 0)
                ) ORDER BY c.conname), '[]')
              FROM pg_constraint AS c
              WHERE c.contypid = t.oid AND c.contype = 'c'
            )
          )
        FROM own_type AS t
        JOIN type_name AS base ON base.oid = t.typbasetype
        WHERE t.typtype = 'd'"#;

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
            sql += " NOT NULL";
        }
        for check in &self.checks {
            sql += &format!("\n  {}", check.clause());
        }
        vec![Statement::new(sql)]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("DROP DOMAIN {}{}", style.if_exists(), style.name(&self.schema, &self.name)))]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        let stricter =
            to.not_null && !from.not_null || to.checks.iter().any(|check| !from.checks.contains(check));
        // Values inside of arrays are not looked at, so that a new rule for them is refused (tested, 14 to 18).
        let refused = stricter && is_element(context.from, to) && is_element(context.to, to);
        if from.ty != to.ty || from.collation != to.collation || refused {
            return Alteration::Replace;
        }
        let domain = format!("ALTER DOMAIN {}", context.style.name(&to.schema, &to.name));
        let mut actions = Vec::new();
        actions.extend(from.checks.iter().filter(|check| !to.checks.contains(check)).map(|check| format!("DROP CONSTRAINT {}", sql::ident(&check.name))));
        if from.default != to.default {
            actions.push(to.default.as_ref().map_or("DROP DEFAULT".into(), |default| format!("SET DEFAULT {default}")));
        }
        if from.not_null != to.not_null {
            actions.push(if to.not_null { "SET NOT NULL" } else { "DROP NOT NULL" }.to_owned());
        }
        actions.extend(to.checks.iter().filter(|check| !from.checks.contains(check)).map(|check| format!("ADD {}", check.clause())));
        Alteration::InPlace(actions.into_iter().map(|action| Statement::new(format!("{domain} {action}"))).collect())
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        Some(vec![Statement::new(format!("ALTER DOMAIN {name} RENAME TO {}", sql::ident(&to.name)))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.type_name(&mut it.ty);
        rename.own(Kind::Domain, &[&self.schema], &mut it.name);
        it
    }

    fn could_become(&self, other: &Self) -> bool {
        Self { name: other.name.clone(), ..self.clone() } == *other
    }
}

/// Whether a column is an array of the domain.
fn is_element(schema: &Schema, domain: &Domain) -> bool {
    let id = Id::new(Kind::Domain, domain.path());
    schema.needed_by(&id).any(|user| match schema.get(user).map(AsRef::as_ref) {
        Some(Object::Column(column)) => column.ty.dimensions > 0,
        _ => false,
    })
}
