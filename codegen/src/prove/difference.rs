//! What two catalogs differ in, in words.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

use super::{Fault, Finding, Stage};
use crate::diff::diff;
use crate::kinds::{Kind, Object};
use crate::model::{Id, Schema};

/// One object that is not as it should be.
#[derive(Clone, Debug)]
pub struct Difference {
    /// Which.
    pub id: Id,
    /// As it should be, if it should be there.
    pub expected: Option<Arc<Object>>,
    /// As it is, if it is there.
    pub found: Option<Arc<Object>>,
}

/// Whether the positions of columns count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Positions {
    /// They are cosmetic.
    Ignored,
    /// They count.
    Compared,
}

/// The objects in which two catalogs differ, by id.
pub fn differences(expected: &Schema, found: &Schema, positions: Positions) -> Vec<Difference> {
    let between =
        |id: &Id| Difference { id: id.clone(), expected: expected.get(id).cloned(), found: found.get(id).cloned() };
    let mut differences: Vec<Difference> = diff(expected, found).iter().map(|change| between(&change.id())).collect();
    if positions == Positions::Compared {
        let moved = |(id, object): &(&Id, &Arc<Object>)| {
            found.get(id).is_some_and(|other| other.same(object) && other.position() != object.position())
        };
        differences.extend(expected.iter().filter(moved).map(|(id, _)| between(id)));
    }
    differences
}

/// The columns that have to be taken out so that the others stand in the same order, by id.
pub fn moved_columns(expected: &Schema, found: &Schema) -> Vec<Id> {
    let tables = expected.iter().map(|(id, _)| id).filter(|id| id.kind == Kind::Table);
    tables.flat_map(|table| moved(&columns(expected, table), &columns(found, table))).collect()
}

fn moved(expected: &[Id], found: &[Id]) -> Vec<Id> {
    let kept = |id: &&Id| found.contains(id);
    let common = |op: DiffOp| matches!(op, DiffOp::Equal { .. }).then(|| op.old_range());
    let stay: BTreeSet<&Id> = capture_diff_slices(Algorithm::Lcs, expected, found)
        .into_iter()
        .filter_map(common)
        .flat_map(|range| &expected[range])
        .collect();
    expected.iter().filter(kept).filter(|id| !stay.contains(id)).cloned().collect()
}

/// The columns of a table in their order.
fn columns(schema: &Schema, table: &Id) -> Vec<Id> {
    let mut columns: Vec<_> = schema.below(&Id::new(Kind::Column, table.path.iter())).collect();
    columns.sort_by_key(|(_, column)| column.position());
    columns.into_iter().map(|(id, _)| id.clone()).collect()
}

impl Difference {
    /// Whether nothing differs but names that PostgreSQL chose when it made the object, and kept through a rename.
    pub fn is_of_chosen_names(&self) -> bool {
        match (&self.expected, &self.found) {
            (Some(expected), Some(found)) => expected.without_chosen_names().same(&found.without_chosen_names()),
            _ => false,
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.expected, &self.found) {
            (Some(_), None) => writeln!(f, "{} is missing", self.id),
            (None, _) => writeln!(f, "{} should not be there", self.id),
            (Some(expected), Some(found)) => {
                writeln!(f, "{} differs:", self.id)?;
                changed_lines(f, &json(expected), &json(found))
            }
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stage = self.stage.name();
        match &self.what {
            Fault::Schema(differences) => {
                let expected = match self.stage {
                    Stage::Down => "what it was before the way up",
                    _ => "that of the schema built from nothing",
                };
                writeln!(f, "{stage}: the catalog is not {expected}")?;
                differences.iter().try_for_each(|difference| write!(f, "{difference}"))
            }
            Fault::NoLoss(ids) => {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                writeln!(f, "{stage}: the rollback brings back what is stated as lost: {}", ids.join(", "))
            }
            Fault::Unstated(differences) => {
                writeln!(f, "{stage}: the rollback is to lose more than its losses say")?;
                differences.iter().try_for_each(|difference| write!(f, "{difference}"))
            }
            Fault::Unmodelled(counts) => {
                let counts: Vec<String> = counts.iter().map(|(what, count)| format!("{count} of {what}")).collect();
                writeln!(f, "{stage}: the catalog holds what no kind describes: {}", counts.join(", "))
            }
            Fault::PlansAgain(statements) => {
                writeln!(f, "{stage}: planning again finds something to do: {}", statements.join("; "))
            }
            Fault::Refused(reason) => writeln!(f, "{stage}: PostgreSQL refuses: {reason}"),
            Fault::Rows(changed) => {
                let tables: Vec<String> = changed.iter().map(ToString::to_string).collect();
                writeln!(f, "{stage}: rows have changed in {}", tables.join("; "))
            }
            Fault::SetBack(sequences) => {
                let sequences: Vec<String> = sequences.iter().map(ToString::to_string).collect();
                writeln!(f, "{stage}: sequences have gone back: {}", sequences.join("; "))
            }
        }
    }
}

/// What the server says: message, detail, hint, and the line that it points at.
pub(super) fn refusal(error: &postgres::Error, sql: &str) -> String {
    let Some(answer) = error.as_db_error() else { return error.to_string() };
    let mut text = answer.message().to_owned();
    for more in [answer.detail(), answer.hint()].into_iter().flatten() {
        text += &format!(" ({more})");
    }
    if let Some(postgres::error::ErrorPosition::Original(position)) = answer.position() {
        // The position counts characters, from 1 (PostgreSQL documentation, "Error and Notice Message Fields").
        let before: String = sql.chars().take((*position as usize).saturating_sub(1)).collect();
        let line = sql.lines().nth(before.matches('\n').count()).unwrap_or_default();
        text += &format!(" at: {}", line.trim());
    }
    text
}

fn json(object: &Object) -> String {
    // Kinds are plain data of strings, numbers and lists, which JSON can always hold.
    serde_json::to_string_pretty(&object.essence()).unwrap_or_default()
}

fn changed_lines(f: &mut fmt::Formatter<'_>, expected: &str, found: &str) -> fmt::Result {
    // A comma at a line's end says only that another line follows.
    let [expected, found] = [expected, found].map(|text| text.replace(",\n", "\n"));
    for change in TextDiff::from_lines(&expected, &found).iter_all_changes() {
        let sign = match change.tag() {
            ChangeTag::Equal => continue,
            ChangeTag::Delete => "expected",
            ChangeTag::Insert => "found   ",
        };
        writeln!(f, "  {sign} {}", change.value().trim())?;
    }
    Ok(())
}
