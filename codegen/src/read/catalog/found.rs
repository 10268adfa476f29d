//! What the answers to the queries come to.

use std::collections::BTreeMap;
use std::sync::{Arc, mpsc};

use postgres::{SimpleQueryMessage, SimpleQueryRow};

use super::address::{self, Address, Addresses, Dependencies};
use super::printed::printed;
use super::said::said;
use super::{CatalogError, CatalogReading, unmodelled, unreadable};
use crate::kinds::{Kind, Object};
use crate::model::{Id, Schema};

/// The first column of a row that says who needs whom.
const DEPENDENCY: i32 = -1;

/// The first column of a row about what no kind describes.
const UNMODELLED: i32 = -2;

/// The query for who needs whom.
pub fn dependencies() -> String {
    address::DEPENDENCIES.replacen("SELECT ", &format!("SELECT {DEPENDENCY}, "), 1)
}

/// The query for what no kind describes.
pub fn unmodelled() -> String {
    format!("SELECT {UNMODELLED}, what, count(*) FROM (\n{}\n) AS found(what) GROUP BY what", unmodelled::query())
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
    objects: Vec<Arc<Object>>,
    addresses: Vec<(Address, Id)>,
    dependencies: Dependencies,
    unmodelled: BTreeMap<String, usize>,
    hanging: Vec<(Kind, Address, String)>,
}

impl Found {
    /// What the answers say, as they come in.
    pub fn of(answers: mpsc::Receiver<Vec<SimpleQueryMessage>>) -> Result<Self, CatalogError> {
        let mut found = Self::default();
        for message in answers.into_iter().flatten() {
            if let SimpleQueryMessage::Row(row) = message {
                found.row(&row)?;
            }
        }
        Ok(found)
    }

    fn row(&mut self, row: &SimpleQueryRow) -> Result<(), CatalogError> {
        match number(row, 0)? {
            DEPENDENCY => self.dependencies.insert(address(row, 1)?, address(row, 4)?, text(row, 7)),
            UNMODELLED => *self.unmodelled.entry(text(row, 1).to_owned()).or_default() += number::<usize>(row, 2)?,
            kind => {
                let known = usize::try_from(kind).ok().and_then(|kind| Kind::ALL.get(kind));
                let kind = known.ok_or_else(|| strange(&format!("kind {kind}")))?;
                self.object(*kind, address(row, 1)?, text(row, 4))?;
            }
        }
        Ok(())
    }

    fn object(&mut self, kind: Kind, address: Address, json: &str) -> Result<(), CatalogError> {
        let json = printed(kind, said(json));
        if kind.hangs_on_others() {
            self.hanging.push((kind, address, json.into_owned()));
            return Ok(());
        }
        let object = kind.read(&json).map_err(|source| unreadable(&json, source))?;
        self.addresses.push((address, object.id()));
        self.objects.push(Arc::new(object));
        Ok(())
    }

    /// All of it together: what hangs on others finds them, and everybody what it needs.
    pub fn reading(mut self) -> Result<CatalogReading, CatalogError> {
        let addresses = Addresses::of(self.addresses);
        for (kind, address, json) in self.hanging {
            let hung = addresses.hang(address, &json, &self.dependencies);
            match hung.map_err(|source| unreadable(&json, source))? {
                Some(json) => {
                    self.objects.push(Arc::new(kind.read(&json).map_err(|source| unreadable(&json, source))?))
                }
                None => *self.unmodelled.entry(format!("{} on something else", kind.name())).or_default() += 1,
            }
        }
        let known = Arc::new(self.dependencies.resolved(&addresses));
        let schema = Schema::knowing(self.objects, known).map_err(CatalogError::Duplicates)?;
        Ok(CatalogReading { schema, unmodelled: self.unmodelled })
    }
}

/// The address in three columns of a row.
fn address(row: &SimpleQueryRow, first: usize) -> Result<Address, CatalogError> {
    Ok((number(row, first)?, number(row, first + 1)?, number(row, first + 2)?))
}

fn number<T: std::str::FromStr>(row: &SimpleQueryRow, column: usize) -> Result<T, CatalogError> {
    text(row, column).parse().map_err(|_| strange(text(row, column)))
}

fn text(row: &SimpleQueryRow, column: usize) -> &str {
    row.get(column).unwrap_or_default()
}

fn strange(what: &str) -> CatalogError {
    unreadable(what, serde::de::Error::custom("it is none of what was asked for"))
}
