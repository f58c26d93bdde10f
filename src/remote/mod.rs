//! Graphs that are held elsewhere. What a question looks for is fetched level by level, an ordinary
//! atlas is made of it, and the verbs that answer any other graph answer this one.

mod address;
#[cfg(feature = "bolt")]
pub(crate) mod bolt;
mod engine;
mod kept;
mod layered;
mod link;
#[cfg(feature = "postgres")]
pub(crate) mod postgres;
mod records;
mod refusals;
mod searched;
mod server;
mod supplier;
mod totals;
mod trouble;

pub(crate) use address::Lookup;
pub(crate) use engine::{Engine, RawEdge, RawNode, RawStructure, Side, Store};
pub(crate) use kept::save;
pub(crate) use layered::Layered;
pub(crate) use supplier::{FetchLimits, Supplier};
