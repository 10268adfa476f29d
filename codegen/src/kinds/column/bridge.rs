//! What a column is while two versions of the code write to its table.

use super::{Column, NotNull};
use crate::kinds::{Bridge, Kind, ObjectKind};
use crate::model::{Id, Schema};

impl Column {
    /// The form that serves those who know this column and those who know `to`, or none.
    pub(super) fn bridged(&self, to: Option<&Self>, before: &Schema) -> Bridge<Self> {
        let mut it = self.clone();
        match to {
            None => it.empty_for_strangers(before),
            Some(to) => it.for_both(to, before),
        }
        if it == *self { Bridge::AsItWas } else { Bridge::As(it) }
    }

    /// Whoever does not know it leaves it empty.
    fn empty_for_strangers(&mut self, before: &Schema) {
        let has_value = self.default.is_some() || self.identity.is_some() || self.generated.is_some();
        if !has_value && !self.is_in_primary_key(before) {
            self.make_optional();
        }
    }

    fn for_both(&mut self, to: &Self, before: &Schema) {
        let is_plain = |it: &Self| it.identity.is_none() && it.generated.is_none();
        if !is_plain(self) || !is_plain(to) {
            return;
        }
        if !to.not_null && !self.is_in_primary_key(before) {
            self.make_optional();
        }
        let widens = self.ty != to.ty && self.collation == to.collation;
        if widens && self.keeps_values(to) && !self.is_rewritten_as(to, before, before) {
            self.ty = to.ty.clone();
        }
        if self.ty == to.ty && self.default.is_none() {
            self.default.clone_from(&to.default);
        }
    }

    fn make_optional(&mut self) {
        self.not_null = false;
        self.not_null_constraint = None::<NotNull>;
    }

    /// A form that stands between two, one of which has an identity and the other a default.
    pub(super) fn between_identity_and_default(&self, to: &Self) -> Option<Self> {
        // A column of a serial type and one with identity may both want the same name for their sequence.
        let turns = self.identity.is_some() != to.identity.is_some();
        let defaults = self.default.is_some() || to.default.is_some();
        (turns && defaults).then(|| Self { identity: None, default: None, ..self.clone() })
    }

    /// A form that can stay while what it needs is made anew.
    pub(super) fn released_from(&self, schema: &Schema, from: &Id) -> Option<Self> {
        // What is computed holds nothing of its own and can be made anew.
        let follows = self.follows().iter().any(|follow| follow.leader == *from);
        if self.generated.is_some() || self.owner().as_ref() == Some(from) || follows {
            return None;
        }
        // What is neither the type nor the collation stands in the default.
        let mut it = Self { default: None, ..self.clone() };
        if self.ty.is(schema, from) {
            it.ty = self.ty.beneath(schema);
            it.collation = None;
        } else if from.kind == Kind::Collation {
            it.collation = None;
        }
        Some(it)
    }

    /// Whether it is a part of its table's primary key.
    pub fn is_in_primary_key(&self, schema: &Schema) -> bool {
        let id = Id::new(Kind::Column, [&self.schema, &self.table, &self.name]);
        schema.needed_by(&id).any(|user| user.kind == Kind::PrimaryKey)
    }
}
