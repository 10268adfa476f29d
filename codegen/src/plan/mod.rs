//! From changes to statements in an order that runs: rebuild, order, compact. Knows no kind.
//!
//! **Architecture Invariant:** no inverse is stored anywhere. The way down is planned like the way up, from the other
//! side: `down = between(after, before)`.

mod between;
mod brought;
mod compact;
mod fill;
mod lead;
mod loss;
mod migration;
mod online;
mod order;
mod reachable;
mod rebuild;
mod rename;
mod retained;
mod section;
mod stages;
mod step;
mod transaction;
mod twins;

pub use between::Between;
pub use loss::{Aspect, Count, Loss, of_data as data_losses};
pub use migration::{Impossibility, Migration, PlanError, Policy, Wishes};
pub use order::Cycle;
pub use rename::{Ambiguity, RenameError, ambiguities};
pub use section::{Heading, Section};
pub use stages::Stages;
pub use step::{Aside, Backfill, Moment, Plan, Step};
pub use transaction::Part;
pub use twins::head;
