//! `CREATE TYPE ... AS (...)`

use serde::{Deserialize, Serialize};

use super::key::collation_name;
use super::type_name::{is_stored, new_columns_of};
use super::{Alteration, Claim, Context, Kind, Namespace, ObjectKind, Renaming};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// A composite type: a row without a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Composite {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// The attributes in order, which belongs to its identity: rows are compared and written by place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
}

/// An attribute of a composite type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    /// Its name.
    pub name: String,
    /// Its type, as SQL writes it.
    #[serde(rename = "type")]
    pub ty: String,
    /// `COLLATE`
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub collation: Option<String>,
}

impl Attribute {
    fn type_clause(&self) -> String {
        let collation = self.collation.as_ref().map(|it| format!(" COLLATE {}", collation_name(it)));
        format!("{}{}", self.ty, collation.unwrap_or_default())
    }

    fn definition(&self) -> String {
        format!("{} {}", sql::ident(&self.name), self.type_clause())
    }
}

/// What happens to the attributes, if those that stay keep their order and new ones come last.
struct Changes {
    dropped: Vec<String>,
    retyped: Vec<String>,
    added: Vec<String>,
}

impl Composite {
    fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }

    fn changes(&self, to: &Self) -> Option<Changes> {
        let (kept, gone): (Vec<&Attribute>, Vec<&Attribute>) =
            self.attributes.iter().partition(|it| to.attribute(&it.name).is_some());
        let (stays, added) = to.attributes.split_at_checked(kept.len())?;
        let in_order = kept.iter().zip(stays).all(|(from, to)| from.name == to.name);
        let retyped = kept.iter().zip(stays).filter(|(from, to)| **from != *to);
        in_order.then(|| Changes {
            dropped: gone.iter().map(|it| format!("DROP ATTRIBUTE {}", sql::ident(&it.name))).collect(),
            retyped: retyped
                .map(|(_, to)| format!("ALTER ATTRIBUTE {} TYPE {}", sql::ident(&to.name), to.type_clause()))
                .collect(),
            added: added.iter().map(|it| format!("ADD ATTRIBUTE {}", it.definition())).collect(),
        })
    }
}

impl ObjectKind for Composite {
    const NAME: &'static str = "composite type";
    const NOUN: Option<&'static str> = Some("TYPE");
    const CATALOG: &str = r#"
        SELECT 'pg_type'::regclass, t.oid, 0, jsonb_build_object('schema', t.schema, 'name', t.name, 'attributes', (
            SELECT coalesce(jsonb_agg(jsonb_build_object(
                'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
                'collation', CASE WHEN a.attcollation <> ty.typcollation THEN collated.name END
              ) ORDER BY a.attnum), '[]')
            FROM pg_attribute AS a
            JOIN pg_type AS ty ON ty.oid = a.atttypid
            LEFT JOIN collation_name AS collated ON collated.oid = a.attcollation
            WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
          ))
        FROM own_type AS t
        JOIN pg_class AS c ON c.oid = t.typrelid AND c.relkind = 'c'
        WHERE t.typtype = 'c'"#;
    const THERE: &str = "EXISTS (SELECT FROM pg_class WHERE oid >= 16384 AND relkind = 'c')";

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn claims(&self) -> Vec<Claim> {
        Claim::relation_with_rows(&self.schema, &self.name)
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let attributes: Vec<String> = self.attributes.iter().map(Attribute::definition).collect();
        let body = if attributes.is_empty() { String::new() } else { format!("\n  {}\n", attributes.join(",\n  ")) };
        vec![Statement::new(format!("CREATE TYPE {} AS ({body})", style.name(&self.schema, &self.name)))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("DROP TYPE {}{}", style.if_exists(), style.name(&self.schema, &self.name)))]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        let id = Id::new(Kind::Composite, to.path());
        let Some(changes) = from.changes(to) else { return Alteration::Replace };
        // "cannot alter type ... because column ... uses it": the columns wait as text instead.
        if !changes.retyped.is_empty() && is_stored(context.from, &id) {
            return Alteration::Replace;
        }
        let disturbs = if changes.dropped.is_empty() && changes.retyped.is_empty() { Vec::new() } else { vec![id] };
        let actions = [changes.dropped, changes.retyped, changes.added].concat().join(",\n  ");
        let sql = format!("ALTER TYPE {}\n  {actions}", context.style.name(&to.schema, &to.name));
        Alteration::Disturbing { statements: vec![Statement::new(sql)], disturbs }
    }

    fn alters_ahead_of(&self, context: &Context) -> Vec<Id> {
        // While a column holds it inside of something else, PostgreSQL refuses to change it.
        new_columns_of(context, &Id::new(Kind::Composite, self.path()))
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        Some(vec![Statement::new(format!("ALTER TYPE {name} RENAME TO {}", sql::ident(&to.name)))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.own(Kind::Composite, &[&self.schema], &mut it.name);
        it
    }

    fn could_become(&self, other: &Self) -> bool {
        self.schema == other.schema && self.attributes == other.attributes
    }

    fn lost_by_alter(&self, to: &Self) -> Option<String> {
        let gone: Vec<&str> =
            self.attributes.iter().map(|it| it.name.as_str()).filter(|name| to.attribute(name).is_none()).collect();
        (!gone.is_empty()).then(|| format!("the values of {} where the type is stored", gone.join(", ")))
    }
}
