//! How far sequences have come: a rollback that sets one back makes every insert fail until it has caught up.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use postgres::Client;

use super::{ProofError, Stage, difference};
use crate::kinds::Kind;
use crate::model::Id;
use crate::sql::{self, Style};

/// What all sequences will give next: by the column that owns it, or else by the sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sequences {
    next: BTreeMap<Id, Next>,
}

/// What a sequence will give next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Next {
    value: i128,
    increment: i128,
    /// The column that owns it holds this value, or one that it will come to.
    is_taken: bool,
}

/// A sequence that gives what it has given before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetBack {
    /// The column that owns the sequence, or else the sequence.
    pub id: Id,
    /// What it gave next then.
    pub then: i128,
    /// What it gives next now.
    pub now: i128,
}

/// Sequences of others than temporary tables, with the column that owns each.
/// Source: PostgreSQL documentation, pg_sequence (53.47) and pg_depend (53.18).
const QUERY: &str = "
    SELECT n.nspname::text, c.relname::text, s.seqincrement, tn.nspname::text, t.relname::text, a.attname::text
    FROM pg_catalog.pg_sequence AS s
    JOIN pg_catalog.pg_class AS c ON c.oid = s.seqrelid
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_depend AS d ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid
      AND d.refclassid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
    LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    LEFT JOIN pg_catalog.pg_class AS t ON t.oid = d.refobjid
    LEFT JOIN pg_catalog.pg_namespace AS tn ON tn.oid = t.relnamespace
    WHERE c.relpersistence <> 't' AND n.nspname <> 'tablewright'";

impl Sequences {
    /// Reads how far all have come, and whether their columns hold what they will give.
    ///
    /// # Errors
    /// When the server refuses.
    pub fn read(client: &mut Client, stage: Stage) -> Result<Self, ProofError> {
        let refused = |error: postgres::Error| ProofError::Refused { stage, reason: difference::refusal(&error, "") };
        let mut next = BTreeMap::new();
        for row in client.query(QUERY, &[]).map_err(refused)? {
            let name = [row.get::<_, String>(0), row.get::<_, String>(1)];
            let owner: Option<[String; 3]> =
                row.get::<_, Option<String>>(3).map(|schema| [schema, row.get(4), row.get(5)]);
            let text = state(&name, owner.as_ref(), row.get(2));
            let found = client.query_one(&text, &[]).map_err(refused)?;
            let value: String = found.get(0);
            let id = owner.map_or_else(|| Id::new(Kind::Sequence, name), |owner| Id::new(Kind::Column, owner));
            let increment = i128::from(row.get::<_, i64>(2));
            let value = value.parse().unwrap_or_default();
            next.insert(id, Next { value, increment, is_taken: found.get(1) });
        }
        Ok(Self { next })
    }

    /// Those that give what they have given before, or what their column holds already, which they did not do then.
    /// `lost` are columns and sequences whose values are another matter.
    pub fn set_back(&self, now: &Self, lost: &BTreeSet<Id>) -> Vec<SetBack> {
        let of_both = self.next.iter().filter_map(|(id, then)| Some((id, then, now.next.get(id)?)));
        let compared = of_both.filter(|(id, ..)| !lost.contains(id));
        let set_back = compared.filter(|(id, then, now)| match id.kind {
            Kind::Column => now.is_taken && !then.is_taken,
            _ => {
                then.increment.signum() == now.increment.signum()
                    && (now.value - then.value) * then.increment.signum() < 0
            }
        });
        set_back.map(|(id, then, now)| SetBack { id: id.clone(), then: then.value, now: now.value }).collect()
    }
}

/// The query of what a sequence gives next, and whether its column is as far already.
fn state(name: &[String; 2], owner: Option<&[String; 3]>, increment: i64) -> String {
    let sequence = Style::default().name(&name[0], &name[1]);
    let next = format!("CASE WHEN is_called THEN last_value::numeric + {increment} ELSE last_value::numeric END");
    let taken = match owner {
        Some([schema, table, column]) => {
            let (table, column) = (Style::default().name(schema, table), sql::ident(column));
            let compare = if increment > 0 { ">=" } else { "<=" };
            format!("EXISTS (SELECT FROM {table} WHERE {column} {compare} next)")
        }
        None => "false".to_owned(),
    };
    format!("SELECT next::text, {taken} FROM (SELECT {next} AS next FROM {sequence}) AS sequence")
}

impl fmt::Display for SetBack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.id.kind {
            Kind::Column => write!(f, "{}: the next value is {}, which is there already", self.id.dotted(), self.now),
            _ => write!(f, "{}: the next value is {}, and was {}", self.id, self.now, self.then),
        }
    }
}
