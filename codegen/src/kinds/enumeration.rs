//! `CREATE TYPE ... AS ENUM`

mod declared;

use serde::{Deserialize, Serialize};

use super::{Alteration, Bridge, Claim, Context, Kind, Namespace, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// An enum type and its values in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enumeration {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// The values, smallest first.
    pub values: Vec<String>,
}

impl Enumeration {
    /// `ADD VALUE` for each new value, at its place. None, if a value goes or the order changes.
    fn additions(&self, to: &Self, style: &Style) -> Option<Vec<Statement>> {
        let kept: Vec<&String> = to.values.iter().filter(|value| self.values.contains(value)).collect();
        if kept != self.values.iter().collect::<Vec<_>>() {
            return None;
        }
        let name = style.name(&to.schema, &to.name);
        let mut statements = Vec::new();
        for (at, value) in to.values.iter().enumerate().filter(|(_, value)| !self.values.contains(value)) {
            // Values before this one are there by now, so the place can always be told by the one before.
            let place = match at.checked_sub(1) {
                Some(before) => format!(" AFTER {}", sql::literal(&to.values[before])),
                None => self.values.first().map(|first| format!(" BEFORE {}", sql::literal(first))).unwrap_or_default(),
            };
            let last = to.values[at..].iter().all(|later| !self.values.contains(later));
            let place = if last { String::new() } else { place };
            statements.push(
                Statement::new(format!("ALTER TYPE {name} ADD VALUE {}{place}", sql::literal(value)))
                    .committed_before_use(),
            );
        }
        Some(statements)
    }
}

impl ObjectKind for Enumeration {
    const NAME: &'static str = "enum";
    const NOUN: Option<&'static str> = Some("TYPE");
    const CATALOG: &str = r#"
        SELECT 'pg_type'::regclass, t.oid, 0, jsonb_build_object('schema', t.schema, 'name', t.name, 'values', (
            SELECT coalesce(jsonb_agg(value.enumlabel ORDER BY value.enumsortorder), '[]')
            FROM pg_enum AS value
            WHERE value.enumtypid = t.oid
          ))
        FROM own_type AS t
        WHERE t.typtype = 'e'"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_type WHERE oid >= 16384 AND typtype = 'e')";

    fn bridge(&self, to: Option<&Self>, _before: &Schema, style: &Style) -> Bridge<Self> {
        let more = to.filter(|to| self.additions(to, style).is_some());
        more.map_or(Bridge::AsItWas, |to| Bridge::As(to.clone()))
    }

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn claims(&self) -> Vec<Claim> {
        vec![Claim::Type(self.schema.clone(), self.name.clone())]
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let values: Vec<String> = self.values.iter().map(|value| sql::literal(value)).collect();
        vec![Statement::new(format!(
            "CREATE TYPE {} AS ENUM ({})",
            style.name(&self.schema, &self.name),
            values.join(", ")
        ))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("DROP TYPE {}{}", style.if_exists(), style.name(&self.schema, &self.name)))]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        match from.additions(to, context.style) {
            Some(statements) if statements.is_empty() || !context.style.values_are_used => {
                Alteration::InPlace(statements)
            }
            // Values can't be taken away or reordered in place: the type is made anew and its columns wait as text.
            _ => Alteration::Replace,
        }
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        let mut statements = Vec::new();
        for (old, new) in self.values.iter().zip(&to.values).filter(|(old, new)| old != new) {
            let (old, new) = (sql::literal(old), sql::literal(new));
            statements.push(Statement::new(format!("ALTER TYPE {name} RENAME VALUE {old} TO {new}")));
        }
        if self.name != to.name {
            statements.push(Statement::new(format!("ALTER TYPE {name} RENAME TO {}", sql::ident(&to.name))));
        }
        Some(statements)
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        for value in &mut it.values {
            rename.own(Kind::Enumeration, &[&self.schema, &self.name], value);
        }
        rename.own(Kind::Enumeration, &[&self.schema], &mut it.name);
        it
    }

    fn could_become(&self, other: &Self) -> bool {
        self.schema == other.schema && self.values == other.values
    }

    fn part_renamed(&self, to: &Self) -> Option<Renaming> {
        let mut differing = self.values.iter().zip(&to.values).filter(|(old, new)| old != new);
        let (old, new) = differing.next().filter(|_| self.values.len() == to.values.len())?;
        let one = differing.next().is_none() && !to.values.contains(old) && !self.values.contains(new);
        one.then(|| Renaming { from: Id::new(Kind::Enumeration, [&self.schema, &self.name, old]), to: new.clone() })
    }
}
