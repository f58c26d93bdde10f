//! The mathematics: pure functions on views of the graph. Nothing here fails, prints or knows
//! the query language. No recursion over data: a chain is as safe as a star.

mod alternatives;
mod bottlenecks;
mod check;
mod compare;
mod fields;
mod hops;
mod journey;
mod layers;
mod measures;
mod order;
mod owned;
mod paths;
mod reach;
mod seen;
mod statements;
mod walks;

pub use alternatives::alternatives;
pub use bottlenecks::bottlenecks;
pub use check::{Finding, Severity, findings};
pub use compare::{Aspect, Entry, Said, compared, shared, shared_nodes};
pub use fields::{FieldUse, field_uses, field_values};
pub use hops::hop_edges;
pub use journey::{Journey, Rule};
pub use measures::{MEASURES, Measure, Measuring};
pub use order::{first_by_id, in_learning_order, learning_rank};
pub use owned::{Owned, owned, owned_of};
pub use paths::{Cost, Path, best_path, best_paths};
pub use reach::{
    closure, first_needing, nearest_level, needed_by, neighbourhood, opened_by, within,
};
pub use statements::{Dispute, disputes, statements_by_source};
pub use walks::{reached, reaching, shortest, walks};
