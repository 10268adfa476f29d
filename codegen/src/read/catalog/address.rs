//! Where the catalog keeps each object, and who needs whom by `pg_depend`.
//!
//! Source: PostgreSQL documentation, "System Catalogs", pg_depend.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::kinds::Kind;
use crate::model::{Id, Known};

/// The catalog, the object's number in it, and the number of a column or 0.
pub type Address = (u32, u32, i32);

/// Every dependency that touches an object which initdb did not make: numbers below 16384 are initdb's
/// (PostgreSQL source, transam.h: FirstNormalObjectId).
///
/// What an inheritance or an owned sequence adds is left out: these facts are objects of their own.
pub const DEPENDENCIES: &str = r#"
SELECT d.classid, d.objid, d.objsubid, d.refclassid, d.refobjid, d.refobjsubid, CASE
    WHEN d.deptype = 'i' THEN 'made by'
    WHEN d.deptype = 'e' OR d.deptype = 'a' AND d.classid IN ('pg_attrdef'::regclass, 'pg_constraint'::regclass)
      THEN 'part of'
  END
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

/// Where each object is, by address.
#[derive(Default)]
pub struct Addresses(Vec<(Address, Id)>);

impl Addresses {
    /// These objects, without those that have no address of their own.
    pub fn of(mut objects: Vec<(Address, Id)>) -> Self {
        objects.retain(|((class, ..), _)| *class != 0);
        objects.sort_by_key(|(address, _)| *address);
        Self(objects)
    }

    fn place(&self, address: Address) -> Option<usize> {
        self.0.binary_search_by_key(&address, |(address, _)| *address).ok()
    }

    fn get(&self, address: Address) -> Option<&Id> {
        self.place(address).map(|place| &self.0[place].1)
    }

    /// The JSON of a fact about the object at this address, completed by the kind and path of that object. None: there
    /// is no such object.
    pub fn hang(
        &self,
        address: Address,
        json: &str,
        dependencies: &Dependencies,
    ) -> serde_json::Result<Option<String>> {
        #[derive(Deserialize)]
        struct Said {
            on: Option<IgnoredAny>,
            part: Option<String>,
        }
        let fact: Said = serde_json::from_str(json)?;
        if fact.on.is_some() {
            // The schema `public` is no object, since it is always there; facts about it name it themselves.
            return Ok(Some(json.to_owned()));
        }
        let Some((on, path)) = self.target(address, fact.part.as_deref(), dependencies) else { return Ok(None) };
        let (on, path) = (serde_json::to_string(on.name())?, serde_json::to_string(&*path)?);
        // A fact without any member is written without the comma.
        let rest = json.trim_start_matches('{');
        let comma = if rest == "}" { "" } else { "," };
        Ok(Some(format!(r#"{{"on":{on},"path":{path}{comma}{rest}"#)))
    }

    /// Kind and path of the object at this address; of a part that is no object of its own, the name is given.
    pub fn target(
        &self,
        at: Address,
        part: Option<&str>,
        dependencies: &Dependencies,
    ) -> Option<(Kind, Arc<[String]>)> {
        let (class, oid, _) = at;
        if let Some(id) = self.get(at) {
            return Some((id.kind, id.path.clone()));
        }
        let part = part?;
        let whole = dependencies.object((class, oid, 0), self)?;
        Some((Kind::Column, whole.path.iter().cloned().chain([part.to_owned()]).collect()))
    }
}

/// Who needs whom, by address.
#[derive(Default)]
pub struct Dependencies {
    needs: Vec<(Address, Address)>,
    /// What an object that is none of ours is a part of: a view's rule, a column's default, a table's row type.
    inside: BTreeMap<Address, Address>,
}

impl Dependencies {
    /// Remembers that what is at one address needs what is at another; `how` says whether it is a part of it.
    pub fn insert(&mut self, from: Address, to: Address, how: &str) {
        self.needs.push((from, to));
        match how {
            // What a constraint trigger brings along is a part of the trigger rather than of the table.
            "made by" => {
                self.inside.insert(from, to);
            }
            "part of" => {
                self.inside.entry(from).or_insert(to);
            }
            _ => {}
        }
    }

    /// Takes in the others as well.
    pub fn join(&mut self, other: Self) {
        self.needs.extend(other.needs);
        self.inside.extend(other.inside);
    }

    /// What each object with an address needs.
    pub fn resolved(&self, addresses: &Addresses) -> Known {
        let mut known: Known = addresses.0.iter().map(|(_, id)| (id.clone(), Vec::new())).collect();
        let at = |address: &Address| self.place(*address, addresses);
        let mut needs: Vec<(usize, usize)> = self
            .needs
            .iter()
            .filter_map(|(from, to)| Some((at(from)?, at(to)?)))
            .filter(|(from, to)| from != to)
            .collect();
        // Numbers are compared here, and the names of each object only once.
        needs.sort_unstable();
        needs.dedup();
        for group in needs.chunk_by(|(one, _), (other, _)| one == other) {
            if let Some((from, _)) = group.first() {
                let (_, id) = &addresses.0[*from];
                let of_it = group.iter().map(|(_, to)| &addresses.0[*to].1).filter(|to| *to != id).cloned();
                known.entry(id.clone()).or_default().extend(of_it);
            }
        }
        known
    }

    /// The object at an address, or the one that what is there is a part of.
    fn object<'a>(&self, address: Address, addresses: &'a Addresses) -> Option<&'a Id> {
        self.place(address, addresses).map(|place| &addresses.0[place].1)
    }

    fn place(&self, address: Address, addresses: &Addresses) -> Option<usize> {
        let mut at = address;
        // A part of a part of a part: a type's array's default. More would be a circle.
        for _ in 0..6 {
            let (class, oid, _) = at;
            if let Some(place) = addresses.place(at).or_else(|| addresses.place((class, oid, 0))) {
                return Some(place);
            }
            at = *self.inside.get(&at).or_else(|| self.inside.get(&(class, oid, 0)))?;
        }
        None
    }
}
