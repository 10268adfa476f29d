//! What a column may have besides a type: an identity, and a NOT NULL with a name.

use serde::{Deserialize, Serialize};

use super::Column;
use crate::kinds::SequenceOptions;
use crate::sql::Style;

/// `GENERATED { ALWAYS | BY DEFAULT } AS IDENTITY`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// `ALWAYS`, else `BY DEFAULT`
    pub always: bool,
    /// The name of the sequence behind it, if it is not the one that PostgreSQL would choose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<String>,
    /// The options of the sequence behind it.
    #[serde(flatten)]
    pub options: SequenceOptions,
}

/// What a NOT NULL constraint has besides (documentation of PostgreSQL 18, CREATE TABLE).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotNull {
    /// Its name, if it is not the one that PostgreSQL would choose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// `NO INHERIT`
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub no_inherit: bool,
    /// `NOT VALID`: rows that were there before are not checked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_valid: bool,
    /// Whether the table has it of a parent. Then its name is cosmetic, since no statement can change it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub inherited: bool,
}

impl NotNull {
    pub(super) fn essence(&self) -> Option<Self> {
        let name = self.name.clone().filter(|_| !self.inherited);
        let essence = Self { name, inherited: false, ..self.clone() };
        (essence != Self::default()).then_some(essence)
    }
}

impl Identity {
    pub(super) fn clause(&self, style: &Style, schema: &str) -> String {
        let when = if self.always { "ALWAYS" } else { "BY DEFAULT" };
        let name = self.sequence.as_ref().map(|name| format!("SEQUENCE NAME {}", style.name(schema, name)));
        let options: Vec<String> = name.into_iter().chain(self.options.clauses()).collect();
        let options = if options.is_empty() { String::new() } else { format!(" ({})", options.join(" ")) };
        format!("GENERATED {when} AS IDENTITY{options}")
    }
}

impl Column {
    /// What PostgreSQL has named after the table and the column keeps its name when these get others: the sequence of an
    /// identity, and the constraint behind NOT NULL.
    pub(super) fn keep_names_of(&mut self, before: &Self) {
        if (&self.table, &self.name) == (&before.table, &before.name) {
            return;
        }
        let [chosen, was] = [&*self, before].map(|it| it.chosen_name("seq"));
        if let Some(identity) = &mut self.identity {
            identity.sequence = Some(identity.sequence.take().unwrap_or(was)).filter(|name| *name != chosen);
        }
        let [chosen, was] = [&*self, before].map(|it| it.chosen_name("not_null"));
        let mut facts = self.not_null_constraint.clone().unwrap_or_default();
        let name = facts.name.take().or_else(|| before.not_null_chosen.then_some(was));
        self.not_null_chosen = name.as_ref() == Some(&chosen);
        facts.name = name.filter(|name| *name != chosen);
        self.not_null_constraint = (facts != NotNull::default()).then_some(facts);
    }

    /// The name that PostgreSQL chooses for what belongs to the column: of a long one, the longer part is cut first, to whole
    /// characters.
    pub(super) fn chosen_name(&self, what: &str) -> String {
        const ROOM: usize = 63;
        let room = ROOM - what.len() - 2;
        let (mut table, mut column) = (self.table.len(), self.name.len());
        while table + column > room {
            match table > column {
                true => table -= 1,
                false => column -= 1,
            }
        }
        let cut = |name: &str, at: usize| name[..name.floor_char_boundary(at)].to_owned();
        format!("{}_{}_{what}", cut(&self.table, table), cut(&self.name, column))
    }
}
