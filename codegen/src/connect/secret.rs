//! A password, which nothing prints.

use std::fmt::{self, Debug, Formatter};

/// A password. It has no `Display`, and its `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Secret(String);

impl Secret {
    pub(super) fn new(password: String) -> Self {
        Self(password)
    }

    /// The password itself, for the driver only.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl Debug for Secret {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        formatter.write_str("(hidden)")
    }
}
