//! Where the catalog keeps each object, and who needs whom by `pg_depend`.
//!
//! Source: PostgreSQL documentation, "System Catalogs", pg_depend.

use std::collections::{BTreeMap, BTreeSet};

use postgres::Row;
use serde_json::Value;

use crate::kinds::Kind;
use crate::model::{Id, Known};

/// The catalog, the object's number in it, and the number of a column or 0.
pub type Address = (u32, u32, i32);

/// Every dependency that touches an object which initdb did not make: numbers below 16384 are initdb's
/// (PostgreSQL source, transam.h: FirstNormalObjectId).
///
/// What an inheritance or an owned sequence adds is left out: these facts are objects of their own.
pub const DEPENDENCIES: &str = r#"
SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid, d.deptype IN ('i', 'e') OR (
    d.deptype = 'a' AND d.classid IN ('pg_attrdef'::regclass, 'pg_constraint'::regclass)
  ), d.deptype = 'i'
FROM pg_depend AS d
WHERE d.objid >= 16384 AND d.deptype IN ('n', 'a', 'i', 'e') AND (d.refobjid >= 16384 OR d.refobjid = 2200)
  AND NOT (
    d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.objsubid = 0
    AND (
      EXISTS (SELECT FROM pg_sequence WHERE seqrelid = d.objid)
      OR EXISTS (SELECT FROM pg_inherits WHERE inhrelid = d.objid AND inhparent = d.refobjid)
    )
    AND d.deptype <> 'i'
  )"#;

/// The address in three columns of a row.
pub fn of(row: &Row, first: usize) -> Address {
    (row.get(first), row.get(first + 1), row.get(first + 2))
}

/// Where each object is.
#[derive(Default)]
pub struct Addresses(BTreeMap<Address, Id>);

impl Addresses {
    /// Remembers an object, unless it has no address of its own.
    pub fn insert(&mut self, address: Address, id: Id) {
        if address.0 != 0 {
            self.0.insert(address, id);
        }
    }

    /// The JSON of a fact about the object at this address, completed by the kind and path of that object. None: there
    /// is no such object.
    pub fn hang(&self, address: Address, json: &str, dependencies: &Dependencies) -> serde_json::Result<Option<String>> {
        let mut fact: BTreeMap<String, Value> = serde_json::from_str(json)?;
        if fact.contains_key("on") {
            // The schema `public` is no object, since it is always there; facts about it name it themselves.
            return Ok(Some(json.to_owned()));
        }
        let part = fact.remove("part");
        let (class, oid, _) = address;
        let (on, path) = match (self.0.get(&address), part) {
            (Some(id), _) => (id.kind, id.path.to_vec()),
            (None, Some(Value::String(part))) => match dependencies.object((class, oid, 0), self) {
                Some(whole) => (Kind::Column, whole.path.iter().cloned().chain([part]).collect()),
                None => return Ok(None),
            },
            (None, _) => return Ok(None),
        };
        fact.insert("on".into(), on.name().into());
        fact.insert("path".into(), path.into());
        serde_json::to_string(&fact).map(Some)
    }
}

/// Who needs whom, by address.
pub struct Dependencies {
    needs: Vec<(Address, Address)>,
    /// What an object that is none of ours is a part of: a view's rule, a column's default, a table's row type.
    inside: BTreeMap<Address, Address>,
}

impl Dependencies {
    /// What the rows of [`DEPENDENCIES`] say.
    pub fn of(rows: &[Row]) -> Self {
        let mut dependencies = Self { needs: Vec::with_capacity(rows.len()), inside: BTreeMap::new() };
        for row in rows {
            let (from, to, inside) = (of(row, 0), of(row, 3), row.get::<_, bool>(6));
            dependencies.needs.push((from, to));
            // What a constraint trigger brings along is a part of the trigger rather than of the table.
            if inside && row.get(7) {
                dependencies.inside.insert(from, to);
            } else if inside {
                dependencies.inside.entry(from).or_insert(to);
            }
        }
        dependencies
    }

    /// What each object with an address needs.
    pub fn resolved(&self, addresses: &Addresses) -> Known {
        let mut known: BTreeMap<&Id, BTreeSet<&Id>> = addresses.0.values().map(|id| (id, BTreeSet::new())).collect();
        for (from, to) in &self.needs {
            let (Some(from), Some(to)) = (self.object(*from, addresses), self.object(*to, addresses)) else { continue };
            if from != to {
                known.entry(from).or_default().insert(to);
            }
        }
        let owned = |needs: BTreeSet<&Id>| needs.into_iter().cloned().collect();
        known.into_iter().map(|(id, needs)| (id.clone(), owned(needs))).collect()
    }

    /// The object at an address, or the one that what is there is a part of.
    fn object<'a>(&self, address: Address, addresses: &'a Addresses) -> Option<&'a Id> {
        let mut at = address;
        // A part of a part of a part: a type's array's default. More would be a circle.
        for _ in 0..6 {
            let (class, oid, _) = at;
            if let Some(id) = addresses.0.get(&at).or_else(|| addresses.0.get(&(class, oid, 0))) {
                return Some(id);
            }
            at = *self.inside.get(&at).or_else(|| self.inside.get(&(class, oid, 0)))?;
        }
        None
    }
}
