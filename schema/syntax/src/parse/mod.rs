//! From Rust source to declarations, one file per thing that can be declared, as in [`crate::ast`].
//!
//! Nothing stops at the first fault: every reader reports what it finds and goes on with what it could read.

mod derive;
mod enumeration;
mod faults;
mod file;
mod function;
mod interface;
mod json;
mod objects;
mod table;
mod view;

pub use derive::{Derive, ItemDecl, from_derive, item};
pub use enumeration::enumeration;
pub use file::parse_file;
pub use function::function;
pub use interface::interface;
pub use json::json_object;
pub use objects::{domain, extension, schema, sequence};
pub use table::table;
pub use view::view;
