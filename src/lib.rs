//! opsatlas
pub mod diagnostic;
pub mod graph;
pub mod analysis;
pub mod answer;
#[cfg(feature = "cli")]
pub mod cli;
pub mod data;
pub mod query;
pub mod render;
