//! What a column may have besides a type: an identity, and a NOT NULL with a name.

use serde::{Deserialize, Serialize};

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
