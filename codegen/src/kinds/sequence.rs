//! `CREATE SEQUENCE`

mod declared;
mod kept;

use serde::{Deserialize, Serialize};

use super::kept::{Keeping, Kept};
use super::{Alteration, Claim, Context, Kind, Namespace, ObjectKind, Renaming, SequenceOptions};
use crate::model::{Id, Schema, Statement};
use crate::sql::{self, Style};

/// A sequence that stands for itself; the one behind an identity column belongs to the column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sequence {
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// `AS`: smallint, integer or bigint.
    pub data_type: String,
    /// `UNLOGGED` (PostgreSQL 15)
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unlogged: bool,
    /// Start, increment, limits, cache, cycle.
    #[serde(flatten)]
    pub options: SequenceOptions,
}

impl Sequence {
    /// The clauses of each statement that leads to the other.
    ///
    /// A sequence of a new type that also turns round would keep the greatest value of the type as its limit, so it
    /// does one after the other: in the wider type (PostgreSQL source, sequence.c: init_params).
    fn changes(&self, to: &Self) -> Vec<Vec<String>> {
        let retype: Vec<String> =
            (self.data_type != to.data_type).then(|| format!("AS {}", to.data_type)).into_iter().collect();
        let options = to.options.clauses_from(&self.options);
        if retype.is_empty() || self.options.descends() == to.options.descends() {
            return vec![[retype, options].concat()];
        }
        if width(&self.data_type) < width(&to.data_type) { vec![retype, options] } else { vec![options, retype] }
    }
}

fn width(data_type: &str) -> usize {
    ["smallint", "integer", "bigint"].iter().position(|name| *name == data_type).unwrap_or_default()
}

impl ObjectKind for Sequence {
    const NAME: &'static str = "sequence";
    const CATALOG: &str = r#"
        SELECT 'pg_class'::regclass, s.oid, 0, o.options || jsonb_build_object('schema', s.schema, 'name', s.name, 'data_type', o.type, 'unlogged', s.relpersistence = 'u')
        FROM relation AS s
        JOIN sequence_options AS o ON o.oid = s.oid
        WHERE NOT EXISTS (
          SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = s.oid AND deptype = 'i'
        )"#;
    const HOLDS_DATA: bool = true;

    fn path(&self) -> Vec<String> {
        vec![self.schema.clone(), self.name.clone()]
    }

    fn claims(&self) -> Vec<Claim> {
        // Up to PostgreSQL 14 it may not have the name of a type that is there.
        Claim::relation_with_rows(&self.schema, &self.name)
    }

    fn needs(&self, _schema: &Schema) -> Vec<Id> {
        vec![Namespace::id_of(&self.schema)]
    }

    fn create(&self, style: &Style) -> Vec<Statement> {
        let unlogged = if self.unlogged { "UNLOGGED " } else { "" };
        let name = style.name(&self.schema, &self.name);
        let mut words = vec![format!("CREATE {unlogged}SEQUENCE {name} AS {}", self.data_type)];
        words.extend(self.options.clauses());
        vec![Statement::new(words.join(" "))]
    }

    fn drop(&self, style: &Style) -> Vec<Statement> {
        vec![Statement::new(format!("DROP SEQUENCE {}{}", style.if_exists(), style.name(&self.schema, &self.name)))]
    }

    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration {
        let sequence = context.style.name(&to.schema, &to.name);
        let alter = |clauses: Vec<String>| Statement::new(format!("ALTER SEQUENCE {sequence} {}", clauses.join(" ")));
        let altered = from.changes(to).into_iter().filter(|clauses| !clauses.is_empty()).map(alter);
        let word = if to.unlogged { "UNLOGGED" } else { "LOGGED" };
        let logged =
            (from.unlogged != to.unlogged).then(|| Statement::new(format!("ALTER SEQUENCE {sequence} SET {word}")));
        Alteration::InPlace(altered.chain(logged).collect())
    }

    fn rename(&self, style: &Style, to: &Self) -> Option<Vec<Statement>> {
        let name = style.name(&self.schema, &self.name);
        Some(vec![Statement::new(format!("ALTER SEQUENCE {name} RENAME TO {}", sql::ident(&to.name)))])
    }

    fn renamed(&self, rename: &Renaming) -> Self {
        let mut it = self.clone();
        rename.own(Kind::Sequence, &[&self.schema], &mut it.name);
        it
    }

    fn could_become(&self, other: &Self) -> bool {
        Self { name: other.name.clone(), ..self.clone() } == *other
    }

    fn kept(&self, keeping: &Keeping) -> Option<Kept> {
        kept::kept(self, keeping)
    }

    fn lost_by_drop(&self) -> Option<String> {
        Some("its current value".into())
    }
}
