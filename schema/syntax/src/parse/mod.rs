//! From Rust source to declarations, one file per thing that can be declared, as in [`crate::ast`].
//!
//! Nothing stops at the first fault: every reader reports what it finds and goes on with what it could read.

mod column;
mod constant;
mod constraint;
mod default;
mod derive;
mod doc;
mod domain;
mod entries;
mod entry_values;
mod enumeration;
mod faults;
mod file;
mod fragment;
mod function;
mod head;
mod index;
mod interface;
mod json;
mod key;
mod names;
mod objects;
mod placement;
mod policy;
mod reference;
mod sequence_options;
mod suggest;
mod table;
mod table_checks;
mod trigger;
mod types;
mod values;
mod view;

pub use derive::{Derive, ItemDecl, from_derive, item};
pub use domain::domain;
pub use enumeration::{CASES, Case, enumeration, value_in_case};
pub use file::parse_file;
pub use function::function;
pub use interface::interface;
pub use json::json_object;
pub use names::{MAX_NAME_BYTES, lower_words};
pub use objects::{extension, schema, sequence};
pub use suggest::closest;
pub use table::table;
pub use view::view;
