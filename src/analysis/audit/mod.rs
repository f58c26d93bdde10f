//! What a graph says that it should not, or that its sources disagree about.

mod findings;
mod relation_graph;
mod statements;
#[cfg(test)]
mod tests;

pub use findings::{Finding, Severity, findings};
pub use statements::{Dispute, disputes, statements_by_source};
