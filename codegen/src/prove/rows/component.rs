//! Columns that conditions and foreign keys tie together, and what they are tried with.

use std::collections::BTreeSet;

use super::pools::{Choice, Pools};
use super::table::{Condition, Reference, Table, Wish};
use crate::sql::{self, Style};

/// Columns whose values depend on each other and on no other column.
#[derive(Debug, Default)]
pub(super) struct Component {
    /// Columns that are computed from the others and stand in conditions.
    pub generated: Vec<usize>,
    pub dimensions: Vec<Dimension>,
    pub conditions: Vec<String>,
    pub wishes: Vec<Wish>,
    /// Whether two rows must differ in it.
    pub varied: bool,
    /// What it can't be without: a foreign key to a table without rows.
    pub missing: Option<String>,
}

/// Columns that take their values together: one column, or those of a foreign key.
#[derive(Clone, Debug)]
pub(super) struct Dimension {
    pub columns: Vec<usize>,
    pub options: Vec<Vec<Option<String>>>,
    pub notable: Vec<bool>,
    /// Whether two rows must differ in it.
    pub varied: bool,
}

/// Rows of some columns.
pub(super) type Rows = Vec<Vec<Option<String>>>;

/// What there is around a table when it is filled.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// The rows that each foreign key of the table can lead to, in the order of its references.
    pub referenced: Vec<Rows>,
    /// Columns of the table with the values that rows of other tables refer to already.
    pub dangling: Vec<(Vec<usize>, Rows)>,
    /// Whether foreign keys that can wait may lead nowhere yet.
    pub is_deferred: bool,
}

/// The alias of the row that is tried.
pub(super) const ROW: &str = "tablewright_row";
/// The alias of its generated columns.
pub(super) const GENERATED: &str = "tablewright_generated";

/// The components of a table.
pub(super) fn components(table: &Table, pools: &Pools, around: &Around) -> Vec<Component> {
    let mut groups: Vec<BTreeSet<usize>> = (0..table.relation.columns.len())
        .filter(|at| !table.numbered.contains(at))
        .map(|at| BTreeSet::from([at]))
        .collect();
    for tie in ties(table, around) {
        let (tied, free): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| !group.is_disjoint(&tie));
        groups = free;
        groups.extend((!tied.is_empty()).then(|| tied.into_iter().flatten().collect()));
    }
    groups.sort();
    let components = groups.iter().map(|group| component(table, pools, around, group));
    components.filter(|component| !component.dimensions.is_empty()).collect()
}

fn ties(table: &Table, around: &Around) -> Vec<BTreeSet<usize>> {
    let conditions = table.conditions.iter().map(|it| it.columns.clone());
    let conditions = conditions.chain(table.wishes.iter().map(|it| it.columns.clone()));
    let references = table.references.iter().zip(&around.referenced).map(|(it, rows)| {
        let own = it.columns.iter().copied();
        if leads_to_own_row(table, it, rows) { own.chain(table.targets(it)).collect() } else { own.collect() }
    });
    let dangling = around.dangling.iter().map(|(columns, _)| columns.iter().copied().collect());
    conditions.chain(references).chain(dangling).collect()
}

fn leads_to_own_row(table: &Table, reference: &Reference, rows: &[Vec<Option<String>>]) -> bool {
    rows.is_empty() && table.must_refer_to_itself(reference)
}

fn component(table: &Table, pools: &Pools, around: &Around, group: &BTreeSet<usize>) -> Component {
    let mut it = Component { varied: !group.is_disjoint(&table.varied), ..Component::default() };
    let within = |condition: &&Condition| condition.columns.is_subset(group);
    it.conditions = table.conditions.iter().filter(within).map(|it| it.sql.clone()).collect();
    it.wishes = table.wishes.iter().filter(|wish| wish.columns.is_subset(group)).cloned().collect();
    let mut open = group.clone();
    open.retain(|at| table.column(*at).generated.is_none());
    it.generated = group.iter().copied().filter(|at| table.column(*at).generated.is_some()).collect();
    for (columns, rows) in &around.dangling {
        if columns.iter().all(|at| open.remove(at)) {
            let notable = vec![true; rows.len()];
            it.dimensions.push(Dimension { columns: columns.clone(), options: rows.clone(), notable, varied: false });
        }
    }
    for (reference, rows) in table.references.iter().zip(&around.referenced) {
        let waits = rows.is_empty() && around.is_deferred && reference.deferrable;
        if !waits && reference.columns.iter().any(|at| group.contains(at)) {
            refer(table, &mut it, &mut open, reference, rows);
        }
    }
    for at in open {
        let choices = pools.of(table, at);
        let options = choices.iter().map(|it| vec![it.value.clone()]).collect();
        it.dimensions.push(Dimension { columns: vec![at], options, notable: notable(choices), varied: false });
    }
    for dimension in &mut it.dimensions {
        dimension.varied = dimension.columns.iter().any(|at| table.varied.contains(at));
    }
    it
}

fn notable(choices: &[Choice]) -> Vec<bool> {
    choices.iter().map(|choice| choice.notable).collect()
}

/// Takes the columns of a foreign key that no other has taken, with the rows that are there to be referred to.
fn refer(
    table: &Table,
    it: &mut Component,
    open: &mut BTreeSet<usize>,
    reference: &Reference,
    rows: &[Vec<Option<String>>],
) {
    if leads_to_own_row(table, reference, rows) {
        let pairs = reference.columns.iter().zip(table.targets(reference));
        it.conditions.extend(pairs.map(|(own, target)| format!("{} = {}", text(table, *own), text(table, target))));
        return;
    }
    let mut free: Vec<usize> =
        (0..reference.columns.len()).filter(|at| open.contains(&reference.columns[*at])).collect();
    if rows.is_empty() && table.may_be_left(reference) {
        // NULL in one column is enough; the others are free to take part in something else.
        free.retain(|at| !table.column(reference.columns[*at]).not_null);
    }
    if free.len() < reference.columns.len() {
        it.conditions.push(leads_somewhere(table, reference));
    }
    if !free.is_empty() {
        let dimension = dimension(table, reference, rows, &free);
        if dimension.options.is_empty() {
            let target = format!("{}.{}", sql::ident(&reference.to.schema), sql::ident(&reference.to.name));
            let reason =
                format!("the foreign key {} leads to {target}, which holds no row to refer to", reference.name);
            it.missing.get_or_insert(reason);
        }
        dimension.columns.iter().for_each(|at| {
            open.remove(at);
        });
        it.dimensions.push(dimension);
    }
}

fn dimension(table: &Table, reference: &Reference, rows: &[Vec<Option<String>>], free: &[usize]) -> Dimension {
    let columns: Vec<usize> = free.iter().map(|at| reference.columns[*at]).collect();
    let part = |row: &Vec<Option<String>>| free.iter().map(|at| row[*at].clone()).collect::<Vec<_>>();
    let mut options: Vec<Vec<Option<String>>> = Vec::new();
    for option in rows.iter().map(part) {
        if !options.contains(&option) {
            options.push(option);
        }
    }
    let mut notable = vec![false; options.len()];
    if table.may_be_left(reference) {
        let first = options.first().cloned();
        let left = columns.iter().enumerate().map(|(at, column)| {
            let value = first.as_ref().and_then(|first| first[at].clone());
            value.filter(|_| table.column(*column).not_null)
        });
        let left: Vec<Option<String>> = left.collect();
        let fits = left.iter().zip(&columns).all(|(value, at)| value.is_some() || !table.column(*at).not_null);
        if fits {
            let place = options.len().min(1);
            options.insert(place, left);
            notable.insert(place, true);
        }
    }
    Dimension { columns, options, notable, varied: false }
}

/// That there is such a row. Compared as text, since both sides have the values of one of them.
fn leads_somewhere(table: &Table, reference: &Reference) -> String {
    let nulls = reference.columns.iter().map(|at| format!("{} IS NULL", text(table, *at)));
    let word = if reference.match_full { " AND " } else { " OR " };
    let pairs = reference.columns.iter().zip(&reference.to_columns);
    let same =
        pairs.map(|(own, target)| format!("tablewright_target.{}::text = {}", sql::ident(target), text(table, *own)));
    format!(
        "({}) OR EXISTS (SELECT FROM {} AS tablewright_target WHERE {})",
        nulls.collect::<Vec<_>>().join(word),
        Style::default().name(&reference.to.schema, &reference.to.name),
        same.collect::<Vec<_>>().join(" AND ")
    )
}

fn text(table: &Table, at: usize) -> String {
    let column = table.column(at);
    let alias = if column.generated.is_some() { GENERATED } else { ROW };
    format!("{alias}.{}::text", sql::ident(&column.name))
}
