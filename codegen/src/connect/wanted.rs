//! Which of several servers is wanted: the one that writes, or one that only reads.

use postgres::{Client, Error};

use super::settings::Settings;

/// `target_session_attrs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Any,
    ReadWrite,
    ReadOnly,
    Primary,
    Standby,
    PreferStandby,
}

const WANTED: [(&str, Wanted); 6] = [
    ("any", Wanted::Any),
    ("read-write", Wanted::ReadWrite),
    ("read-only", Wanted::ReadOnly),
    ("primary", Wanted::Primary),
    ("standby", Wanted::Standby),
    ("prefer-standby", Wanted::PreferStandby),
];

impl Wanted {
    pub(super) fn parse(settings: &Settings) -> Result<Self, String> {
        let Some(text) = settings.get("target_session_attrs") else {
            return Ok(Self::Any);
        };
        let wanted = WANTED.iter().find(|(name, _)| *name == text).map(|(_, wanted)| *wanted);
        let names = || WANTED.map(|(name, _)| name).join(", ");
        wanted.ok_or_else(|| format!("`target_session_attrs` must be one of {}", names()))
    }

    /// What to look for in each round over the servers.
    pub(super) fn rounds(self) -> &'static [Self] {
        match self {
            Self::Any => &[Self::Any],
            Self::ReadWrite => &[Self::ReadWrite],
            Self::ReadOnly => &[Self::ReadOnly],
            Self::Primary => &[Self::Primary],
            Self::Standby => &[Self::Standby],
            Self::PreferStandby => &[Self::Standby, Self::Any],
        }
    }

    /// Why the server is not the wanted one, if it is not.
    pub(super) fn mismatch(self, client: &mut Client) -> Result<Option<&'static str>, Error> {
        if self == Self::Any {
            return Ok(None);
        }
        // The search path is still the user's, on which there may be other functions of these names.
        let row = client.query_one("SELECT pg_catalog.pg_is_in_recovery()", &[])?;
        let standby: bool = row.get(0);
        let read_only = client.query_one("SHOW transaction_read_only", &[])?.get::<_, &str>(0) == "on";
        Ok(match self {
            Self::ReadWrite if read_only => Some("the server is read-only"),
            Self::ReadOnly if !read_only => Some("the server is not read-only"),
            Self::Primary if standby => Some("the server is a standby"),
            Self::Standby if !standby => Some("the server is no standby"),
            _ => None,
        })
    }
}
