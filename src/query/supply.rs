//! Where a part of a graph that is held elsewhere gets what is missing of it.

use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, NodeIndex, Wanted};
use std::fmt::Debug;
use std::sync::atomic::AtomicBool;

/// What a supply has fetched for one statement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fetched {
    /// How often it was asked.
    pub rounds: u64,
    /// Rows that came.
    pub rows: u64,
    /// Bytes that came, about.
    pub bytes: u64,
}

/// A graph that is held elsewhere: what a question looks for is fetched from there.
pub(crate) trait Supply: Debug + Send {
    /// A statement begins, for which nothing is here but these nodes, by their numbers.
    fn begin(&mut self, keep: &[i64], stop: &AtomicBool) -> Result<Atlas, Diagnostic>;

    /// Fetches what was looked for; what is here then.
    fn fetch(&mut self, wanted: Wanted, stop: &AtomicBool) -> Result<Atlas, Diagnostic>;

    /// Where the node of a number is in the whole graph, which has been fetched.
    fn place(&self, number: i64) -> Option<NodeIndex>;

    /// What the last statement took.
    fn fetched(&self) -> Fetched;
}
