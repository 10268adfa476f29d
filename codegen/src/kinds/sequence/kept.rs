//! The value of a sequence that goes, in a side table.

use super::Sequence;
use crate::kinds::Kind;
use crate::kinds::kept::{self, Keeping, Kept};
use crate::model::{Id, Statement};
use crate::sql;

pub(super) fn kept(sequence: &Sequence, keeping: &Keeping) -> Option<Kept> {
    let id = Id::new(Kind::Sequence, [&sequence.schema, &sequence.name]);
    if keeping.now(&id).is_some() {
        return None;
    }
    let side = keeping.table(&sequence.name);
    let (name, table) = (keeping.style.name(&sequence.schema, &sequence.name), kept::qualified(&side));
    let copy = format!("CREATE TABLE {table} AS\nSELECT last_value, is_called\nFROM {name}");
    let set = format!("SELECT setval({}, last_value, is_called)\nFROM {table}", sql::literal(&name));
    Some(Kept {
        what: "its current value".into(),
        table: format!("{}.{side}", kept::SCHEMA),
        aside: vec![Statement::new(copy)],
        noted: Vec::new(),
        guard: kept::block(&kept::refuse_without(&side, &format!("the value of {}", sequence.name))),
        unchanged: Vec::new(),
        restored: vec![Statement::new(set)],
        given_up: kept::drop_table(&side),
        id,
    })
}
