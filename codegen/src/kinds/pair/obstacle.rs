//! What keeps a column from having another one beside it that takes its place.

use super::Search;
use crate::kinds::{Column, Kind, Object};
use crate::model::{Id, Schema};

/// Those that can stand on both columns, and get the names of those that they take the place of.
const CARRIED: &[Kind] = &[
    Kind::ColumnSetting,
    Kind::Unique,
    Kind::Check,
    Kind::Exclusion,
    Kind::Index,
    Kind::ForeignKey,
    Kind::Grant,
    Kind::Comment,
];

/// Those that no column can do without that gets another in its place.
const FIXED: &[Kind] = &[
    Kind::PrimaryKey,
    Kind::Clustering,
    Kind::ReplicaIdentity,
    Kind::PublicationTable,
    Kind::Partition,
    Kind::Inheritance,
    Kind::IndexAttachment,
];

/// Why there can't be two of a column, if there can't.
pub(super) fn obstacle(search: &Search, old: &Column, last: &Column) -> Option<String> {
    let place = Id::new(Kind::Table, [&old.schema, &old.table]);
    if search.keeps_losses && !old.keeps_values(last) {
        return Some("what its values lose is kept for the rollback, in the same transaction".into());
    }
    if !old.has_cast(last, (search.before, search.after)) || !last.has_cast(old, (search.after, search.before)) {
        return Some("PostgreSQL has no cast between its types, so that not every value can stand in both".into());
    }
    if search.after.needs(&super::column_id(last)).any(|need| !is_ready(search, need)) {
        return Some("what it needs comes or changes with the same migration".into());
    }
    let renamed = old.name != last.name;
    let of_side = |schema, column| of_side(schema, column, &place, renamed);
    of_side(search.before, old).or_else(|| of_side(search.after, last))
}

/// Whether what the new column needs is there when it comes.
fn is_ready(search: &Search, need: &Id) -> bool {
    match (search.before.get(need), search.after.get(need)) {
        (Some(there), Some(last)) => there.holds_data() || there.same(last),
        _ => search.more_comes_first,
    }
}

fn of_side(schema: &Schema, column: &Column, table: &Id, renamed: bool) -> Option<String> {
    if column.identity.is_some() || column.generated.is_some() {
        return Some("its values are made by PostgreSQL".into());
    }
    let is_whole = matches!(schema.get(table).map(AsRef::as_ref), Some(Object::Table(it)) if it.partition_by.is_none());
    if !is_whole || column.lineage.is_some() {
        return Some("its table is partitioned, inherits or is no plain table".into());
    }
    let id = super::column_id(column);
    let on_table = |kind: Kind| schema.below(&Id::new(kind, table.path.iter())).next().is_some();
    if on_table(Kind::Rule) {
        return Some("its table has rules, which would act on values that move".into());
    }
    if schema.needed_by(table).any(|user| user.kind == Kind::Inheritance || user.kind == Kind::Partition) {
        return Some("other tables inherit from its table".into());
    }
    let carried = |user: &Id| {
        let own = schema.owner(user).is_some_and(|owner| owner == table || *owner == id);
        let stays = renamed && !FIXED.contains(&user.kind) && (own || user.kind != Kind::ForeignKey);
        (CARRIED.contains(&user.kind) && own) || stays
    };
    let user = schema.needed_by(&id).find(|user| !carried(user))?;
    Some(format!("{user} stands on it, which can't stand on two columns"))
}
