//! What the answers to the queries come to.

use std::collections::BTreeMap;
use std::sync::Arc;

use postgres::{Row, SimpleQueryMessage};
use serde::Deserialize;

use super::address::{self, Address, Addresses, Dependencies};
use super::printed::{is_rewritten, printed};
use super::row::{Facts, Value, cell};
use super::{CatalogError, CatalogReading, unmodelled, unreadable};
use crate::kinds::{Kind, Object};
use crate::model::{Id, Schema};

/// The query for who needs whom.
pub fn dependencies() -> String {
    address::DEPENDENCIES.to_owned()
}

/// The query for what no kind describes.
pub fn unmodelled() -> String {
    format!("SELECT what, count(*) FROM (\n{}\n) AS found(what) GROUP BY what", unmodelled::query())
}

/// Whether there may be objects, kind by kind.
pub fn presence(answer: &[SimpleQueryMessage]) -> impl Iterator<Item = bool> {
    let rows =
        answer.iter().filter_map(|message| if let SimpleQueryMessage::Row(row) = message { Some(row) } else { None });
    rows.flat_map(|row| (0..row.len()).map(|column| row.get(column) == Some("t")))
}

/// All rows, understood as far as one row alone can be.
#[derive(Default)]
pub struct Found {
    objects: Vec<(Id, Arc<Object>)>,
    addresses: Vec<(Address, Id)>,
    dependencies: Dependencies,
    unmodelled: BTreeMap<String, usize>,
}

impl Found {
    /// Takes in who needs whom.
    pub fn dependency(&mut self, row: &Row) -> Result<(), CatalogError> {
        let how = cell(row, 6).and_then(Value::text).unwrap_or_default();
        self.dependencies.insert(address(row, 0)?, address(row, 3)?, how);
        Ok(())
    }

    /// Takes in how many there are of what no kind describes.
    pub fn unmodelled(&mut self, row: &Row) -> Result<(), CatalogError> {
        let what = cell(row, 0).and_then(Value::text).unwrap_or_default();
        *self.unmodelled.entry(what.to_owned()).or_default() += number::<usize>(row, 1)?;
        Ok(())
    }

    /// Takes in an object.
    pub fn object(&mut self, kind: Kind, row: &Row) -> Result<(), CatalogError> {
        let facts = Facts::of(row, FACTS);
        let is_rewritten =
            kind.printed().iter().any(|field| facts.get(field).and_then(Value::text).is_some_and(is_rewritten));
        let object = match facts.json() {
            Some(json) => read(kind, &printed(kind, json))?,
            None if is_rewritten => {
                let json = serde_json::Value::deserialize(facts).map(|it| it.to_string());
                let json = json.map_err(|source| unreadable(&format!("{row:?}"), source))?;
                read(kind, &printed(kind, json.into()))?
            }
            None => kind.read(facts).map_err(|source| unreadable(&format!("{row:?}"), source))?,
        };
        let id = object.id();
        self.addresses.push((address(row, 0)?, id.clone()));
        self.objects.push((id, Arc::new(object)));
        Ok(())
    }

    /// Takes in what another session found.
    pub fn join(&mut self, other: Self) {
        self.objects.extend(other.objects);
        self.addresses.extend(other.addresses);
        self.dependencies.join(other.dependencies);
        for (what, count) in other.unmodelled {
            *self.unmodelled.entry(what).or_default() += count;
        }
    }

    /// All that others can hang on is there.
    pub fn placed(self) -> Placed {
        let Self { objects, addresses, dependencies, unmodelled } = self;
        Placed { objects, addresses: Addresses::of(addresses), dependencies, unmodelled }
    }
}

/// The objects with a place of their own, and what hangs on them.
pub struct Placed {
    objects: Vec<(Id, Arc<Object>)>,
    addresses: Addresses,
    dependencies: Dependencies,
    unmodelled: BTreeMap<String, usize>,
}

impl Placed {
    /// Takes in a fact about another object.
    pub fn hanging(&mut self, kind: Kind, row: &Row) -> Result<(), CatalogError> {
        let (facts, at) = (Facts::of(row, FACTS), address(row, 0)?);
        let object = match facts.json() {
            Some(json) => {
                let hung = self.addresses.hang(at, &printed(kind, json.clone()), &self.dependencies);
                hung.map_err(|source| unreadable(&json, source))?.map(|json| read(kind, &json)).transpose()?
            }
            None => self.hung(kind, at, facts).transpose().map_err(|source| unreadable(&format!("{row:?}"), source))?,
        };
        match object {
            Some(object) => self.objects.push((object.id(), Arc::new(object))),
            None => *self.unmodelled.entry(format!("{} on something else", kind.name())).or_default() += 1,
        }
        Ok(())
    }

    fn hung(&self, kind: Kind, at: Address, facts: Facts) -> Option<serde_json::Result<Object>> {
        if facts.get("on").is_some() {
            return Some(kind.read(facts));
        }
        let part = facts.get("part").and_then(Value::text);
        let (on, path) = self.addresses.target(at, part, &self.dependencies)?;
        let facts = facts.with("on", Value::Text(on.name())).with("path", Value::Texts(&path));
        Some(kind.read(facts))
    }

    /// All of it together: everybody finds what it needs.
    pub fn reading(self) -> Result<CatalogReading, CatalogError> {
        let known = self.dependencies.resolved(&self.addresses);
        drop((self.addresses, self.dependencies));
        let schema = Schema::knowing(self.objects, known).map_err(CatalogError::Duplicates)?;
        let hidden = self.unmodelled.keys().filter_map(|what| unmodelled::hidden(what)).collect();
        Ok(CatalogReading { schema, unmodelled: self.unmodelled, hidden })
    }
}

/// The first column behind the address.
const FACTS: usize = 3;

fn read(kind: Kind, json: &str) -> Result<Object, CatalogError> {
    kind.read(&mut serde_json::Deserializer::from_str(json)).map_err(|source| unreadable(json, source))
}

/// The address in three columns of a row.
fn address(row: &Row, first: usize) -> Result<Address, CatalogError> {
    Ok((number(row, first)?, number(row, first + 1)?, number(row, first + 2)?))
}

fn number<T: TryFrom<i64>>(row: &Row, column: usize) -> Result<T, CatalogError> {
    let number = cell(row, column).and_then(Value::number).and_then(|number| T::try_from(number).ok());
    number.ok_or_else(|| unreadable(&format!("{row:?}"), serde::de::Error::custom("a number is missing")))
}
