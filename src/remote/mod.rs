//! Graphs that are held elsewhere. What a question looks for is fetched level by level, an ordinary
//! atlas is made of it, and the verbs that answer any other graph answer this one.

mod engine;
mod kept;
mod layered;
pub(crate) mod postgres;
mod records;
mod refusals;
mod supplier;
mod totals;

pub(crate) use engine::{Engine, RawEdge, RawNode, RawStructure, Side};
pub(crate) use kept::kept_of;
pub(crate) use layered::Layered;
pub(crate) use supplier::{FetchLimits, Supplier};
