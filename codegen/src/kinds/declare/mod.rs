//! What the kinds share when they are declared: names, types, expressions, and where to put what they find.
//!
//! How a kind itself is declared is in its own file.

mod constraint_names;
mod expressions;
mod found;
mod index;
mod names;
mod sql_type;
mod types;
mod values;

pub use found::{Found, Place, Space};
pub use index::{Index, Item};
pub use names::Names;
pub use sql_type::{Signature, signature, sql_type};

pub(super) use constraint_names::{Said, default_name};
pub(crate) use expressions::lower_start;
pub(super) use names::{column_of, columns};
pub(super) use types::{comparable, own_type, quiet_type};

use tablewright_syntax::closest;

/// "did you mean `x`?", if something that is there is called nearly so.
pub(crate) fn did_you_mean<'n>(written: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
    let known: Vec<&str> = known.collect();
    closest(written, &known).map(|near| format!("did you mean `{near}`?"))
}
