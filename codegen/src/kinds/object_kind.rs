//! What a kind says of itself.

use std::fmt::Debug;

use serde::{Deserialize, Serialize};

use super::kept::{Keeping, Kept};
use super::{
    Alteration, Bridge, Claim, Context, Follow, Kind, Object, Rebuild, Relaxed, Renaming, Side, Stage, Target,
    default_privileges, words,
};
use crate::model::{Id, Schema, Statement};
use crate::sql::Style;

/// What every kind of object can say of itself.
pub trait ObjectKind: Clone + Debug + PartialEq + Serialize + for<'a> Deserialize<'a> {
    /// The kind's name in ids and messages, for example `foreign key`.
    const NAME: &'static str;

    /// The query for all objects of this kind in a database: one row each. The first three columns are the object's
    /// address as `pg_depend` names it (class, number, part), zeros if it has none of its own. The others are what is
    /// known of it: one column with the object as JSON, or, which costs much less, a column for each field by its name
    /// (`type.name` is a field of a field). NULL is "not said", in both.
    ///
    /// It stands on the named subqueries of `catalog.rs` and serves every supported major of PostgreSQL.
    const CATALOG: &'static str;

    /// A cheap condition on the catalog, false where there can't be any: a query that finds nothing is planned too.
    const THERE: &'static str = "true";

    /// The fields of its JSON in which PostgreSQL prints what it has parsed: an expression, a query.
    const PRINTED: &'static [&'static str] = &[];

    /// Whether the object holds rows or values, so that a drop loses them and a data change may need it.
    const HOLDS_DATA: bool = false;

    /// A query with a row for each object of this kind that the role which reads may not read whole, empty if it may read
    /// all. Where one side of a comparison has such a row, the kind is left out of both.
    const HIDDEN: &'static str = "";

    /// Whether it is a fact about another object, of whatever kind: a comment, an owner, a grant.
    ///
    /// The address in [`ObjectKind::CATALOG`] is then that of the other object, and the reader adds the kind and path of
    /// that object as `on` and `path`. Where the address is that of a part that is no object (a column of a
    /// view), the query gives the part's name as `part`; then `on` is `column` and the name is the end of the path.
    const HANGS_ON_OTHERS: bool = false;

    /// Whether its owner can have only one of them at a time.
    const ONLY_ONE: bool = false;

    /// Whether it says what others get when they are made, so that it is made, changed and dropped after them.
    const COMES_LAST: bool = false;

    /// Whether it reacts to schema changes, so that it comes after all of them and goes before.
    const WATCHES_CHANGES: bool = false;

    /// What SQL calls it where that is not its name in capitals: `TYPE` for an enum.
    const NOUN: Option<&'static str> = None;

    /// The object with this path as `COMMENT ON` and `ALTER ... OWNER TO` name it, for example `TRIGGER a ON b.c`.
    fn reference(path: &[String], style: &Style) -> String {
        words::reference(&Self::NOUN.map_or_else(|| Self::NAME.to_uppercase(), str::to_owned), path, style)
    }

    /// Schema, then what it is part of, then its own name.
    fn path(&self) -> Vec<String>;

    /// What must be there before it and must outlive it. What the schema does not contain is left out by the caller.
    fn needs(&self, schema: &Schema) -> Vec<Id>;

    /// What it could come to need in place of something that it needs, when it is made anew: it goes before that goes, and
    /// comes when that is gone.
    fn could_need(&self, _schema: &Schema) -> Vec<Id> {
        Vec::new()
    }

    /// The names that it takes, so that no other object can have them at the same time.
    fn claims(&self) -> Vec<Claim> {
        Vec::new()
    }

    /// When it must be dropped and made anew because of another that it needs.
    fn rebuild(&self) -> Rebuild {
        Rebuild::WhenReplaced
    }

    /// A form of it that can stay while this object, which it needs, is made anew. None: it has to go too.
    fn released(&self, _schema: &Schema, _from: &Id) -> Option<Self> {
        None
    }

    /// A form of it that both what it leaves and what it comes to can do without, if the way to `to` needs one.
    fn midway(&self, _to: &Self) -> Option<Self> {
        None
    }

    /// What takes it along when it is dropped.
    fn owner(&self) -> Option<Id> {
        None
    }

    /// The objects that it follows: what PostgreSQL hands on from them to it, while their tables are tied together.
    ///
    /// It needs them, and what is done to them brings about what [`ObjectKind::led`] says.
    fn follows(&self) -> Vec<Follow> {
        Vec::new()
    }

    /// What is there in its place when one that it follows has become another, or has come or gone. `before` is what was
    /// there. The default is what holds for indexes: nobody comes along, and all go down.
    fn led(&self, before: Option<&Self>, leader: (Option<&Self>, Option<&Self>)) -> Option<Self> {
        before.filter(|_| leader.1.is_some()).cloned()
    }

    /// Whether it is made by what ties the two tables together, rather than being there before.
    fn comes_with_link(&self, _owner_is_new: bool) -> bool {
        false
    }

    /// Whether it has to wait until its table stands on this side of a tie, so that it is not taken for something else,
    /// and nothing is made for it.
    fn follows_link(&self, _own: Side) -> bool {
        false
    }

    /// Whether those that follow it have its name, and are renamed with it.
    const RENAMES_FOLLOWERS: bool = false;

    /// The statements that remove it and leave those that follow it, if there is a way.
    fn drop_alone(&self, _style: &Style) -> Option<Vec<Statement>> {
        None
    }

    /// The tables that it ties together. It is made when all that they hand on is in its final form, and undone before
    /// any of that changes.
    fn binds(&self) -> Vec<Id> {
        Vec::new()
    }

    /// Whether another of its kind that ends at the same whole may be in its way, and so has to go before.
    const RIVALS: bool = false;

    /// Whether what it ties together hands on parts of this kind, which have to be in their final form before.
    fn hands_on(&self, part: Kind) -> bool {
        part.is_handed_on()
    }

    /// Whether tables that are tied together hand it on, or ask for it on both sides.
    const HANDED_ON: bool = false;

    /// The object that is not ready for others before this one is made.
    fn completes(&self) -> Option<Id> {
        None
    }

    /// Its place among those of the same owner, from 0. Cosmetic: two objects that differ only in it are the same.
    fn position(&self) -> usize {
        0
    }

    /// The same object with every cosmetic fact taken out.
    fn essence(&self) -> Self {
        self.clone()
    }

    /// The same object without the names that PostgreSQL chooses when it is made, where nobody gives them: they stay
    /// through renames, so that a declaration can't tell what they are.
    fn without_chosen_names(&self) -> Self {
        self.clone()
    }

    /// The statements that make it.
    fn create(&self, style: &Style) -> Vec<Statement>;

    /// The same object with the name that PostgreSQL would choose by itself, where somebody else has it when this one is
    /// made.
    fn spelled_out(&self, _context: &Context) -> Option<Self> {
        None
    }

    /// The form in which it can stand inside the statement that makes its owner.
    fn clause(&self, _style: &Style) -> Option<String> {
        None
    }

    /// Whether its owner can't do without it, so that both come in one statement, or go in one.
    fn is_inseparable(&self, _schema: &Schema, _coming: bool) -> bool {
        false
    }

    /// What PostgreSQL goes by when it takes one of a table for another: in two clauses of one statement, only one of them
    /// comes to be (PostgreSQL source, parse_utilcmd.c, transformIndexConstraints); when a partition is attached, the
    /// first that fits becomes the part of the first (tablecmds.c, AttachPartitionEnsureIndexes).
    fn alike(&self) -> Option<String> {
        None
    }

    /// The statements that make it together with what it owns.
    fn create_with(&self, style: &Style, _clauses: &[String]) -> Vec<Statement> {
        self.create(style)
    }

    /// Kinds of objects that come to depend on it without a word, if they are made while it is there and need something
    /// that it needs as well.
    const ATTRACTS: &'static [Kind] = &[];

    /// What PostgreSQL makes along with it by itself in a database with this schema, besides its parts.
    fn brings(&self, schema: &Schema) -> Vec<Object> {
        default_privileges::brought(&Target::new(Self::NAME, self.path()), schema)
    }

    /// The statements that remove it.
    fn drop(&self, style: &Style) -> Vec<Statement>;

    /// How one becomes the other without being dropped, if that can be.
    fn alter(context: &Context, from: &Self, to: &Self) -> Alteration;

    /// Whom it has to wait for with becoming `to`, if they change as well, though it needs nothing of theirs.
    fn alters_behind(&self, _context: &Context, _to: &Self) -> Vec<Id> {
        Vec::new()
    }

    /// Who can come only when this has become `to`, though it needs nothing of it by itself.
    fn alters_ahead_of(&self, _context: &Context) -> Vec<Id> {
        Vec::new()
    }

    /// The statements that give it the name of `to`, from which it differs in nothing else.
    fn rename(&self, _style: &Style, _to: &Self) -> Option<Vec<Statement>> {
        None
    }

    /// The same object after the rename of another (or of itself).
    fn renamed(&self, rename: &Renaming) -> Self;

    /// Whether dropping this and creating the other could be meant as a rename.
    fn could_become(&self, _other: &Self) -> bool {
        false
    }

    /// A part of it, no object of its own, that could have been renamed between the two.
    fn part_renamed(&self, _to: &Self) -> Option<Renaming> {
        None
    }

    /// A form of it that can be made where there are rows already, if this one can't.
    fn relaxed(&self, _style: &Style) -> Option<Relaxed<Self>> {
        None
    }

    /// Whether it can be made while this column holds NULL in every row.
    fn tolerates_null(&self, _column: &Id) -> bool {
        true
    }

    /// The statements that make it without keeping those waiting who use its table, if there is a way that is not that of
    /// [`ObjectKind::create`].
    fn create_online(&self, _context: &Context) -> Option<Vec<Statement>> {
        None
    }

    /// The same for [`ObjectKind::drop`].
    fn drop_online(&self, _context: &Context) -> Option<Vec<Statement>> {
        None
    }

    /// When it can come to an owner that is in use, so that those who know nothing of it go on working.
    fn comes(&self, _before: &Schema) -> Stage {
        Stage::Contract
    }

    /// Whether two of it, alike but for the name, ask no more of anybody than one does.
    const CAN_BE_TWICE: bool = false;

    /// What stands in its place while two versions run, of which the later one knows `to` instead, or nothing.
    fn bridge(&self, _to: Option<&Self>, _before: &Schema, _style: &Style) -> Bridge<Self> {
        Bridge::AsItWas
    }

    /// What a drop destroys that no rollback brings back.
    fn lost_by_drop(&self) -> Option<String> {
        None
    }

    /// What a change to `to` destroys that no rollback brings back.
    fn lost_by_alter(&self, _to: &Self) -> Option<String> {
        None
    }

    /// What has to be kept of it in a side table so that a `retained` rollback can bring it back, if a migration destroys or
    /// changes anything.
    fn kept(&self, _keeping: &Keeping) -> Option<Kept> {
        None
    }

    /// What the object is, in a few words for headings: `column active`, `unique index uq_a`.
    fn phrase(&self) -> String {
        format!("{} {}", Self::NAME, self.path().last().map_or("", String::as_str))
    }
}
