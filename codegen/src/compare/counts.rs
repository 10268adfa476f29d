//! How much there is, in a live database, of what would be lost.

use std::collections::BTreeMap;

use super::CompareError;
use crate::connect::{self, Target};
use crate::model::Id;
use crate::plan::Count;
use crate::prove;

/// See [`prove::counts`].
///
/// # Errors
/// When the database can't be reached.
pub fn counts(target: &Target, ids: &[Id]) -> Result<BTreeMap<Id, Count>, CompareError> {
    let failed = |error: &dyn std::fmt::Display| CompareError::Side(format!("{target}: {error}"));
    let mut client = connect::connect(target)?;
    connect::prepare_to_read(&mut client).map_err(|error| failed(&error))?;
    prove::counts(&mut client, ids).map_err(|error| failed(&error))
}
