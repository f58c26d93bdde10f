//! What is to be fetched.

use crate::graph::{KindId, Prerequisite};
use std::collections::BTreeSet;

/// What is said of a node.
pub(crate) const ROW: u8 = 1;
/// The edges by which it needs others, in the flows that questions follow.
pub(crate) const NEEDS: u8 = 2;
/// The edges by which others need it.
pub(crate) const OPENS: u8 = 4;
/// All edges that leave it.
pub(crate) const OUT: u8 = 8;
/// All edges that reach it.
pub(crate) const INTO: u8 = 16;

/// How a verb goes on from the nodes that it is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fetches {
    /// Nothing, or what was counted ahead.
    Counts,
    /// What it names, and what stands beside that.
    Neighbours,
    /// From where it asks, along the flow to the end.
    Closure,
    /// From both ends, until they meet.
    Ends,
    /// All there is.
    Everything,
}

/// What was looked for and is not here, by the numbers of the whole graph.
#[derive(Debug, Default)]
pub(crate) struct Wanted {
    pub(crate) rows: Vec<i64>,
    /// By relation, the end that one needs first in the flows that were followed, if that is more
    /// than it was.
    pub(crate) ways: Vec<Prerequisite>,
    /// Which edges of which nodes.
    pub(crate) arcs: Vec<(i64, u8)>,
    /// Folded names, exactly, and words whose likes are wanted.
    pub(crate) names: BTreeSet<String>,
    pub(crate) near: BTreeSet<String>,
    /// The members of kinds.
    pub(crate) kinds: BTreeSet<KindId>,
    /// What may fit a search for these.
    pub(crate) sought: BTreeSet<String>,
    /// What the learning order comes from.
    pub(crate) structure: bool,
    pub(crate) everything: bool,
    pub(crate) fetches: BTreeSet<Fetches>,
}

impl Wanted {
    /// Was nothing looked for that is not here?
    pub(crate) fn is_empty(&self) -> bool {
        let lists = self.rows.is_empty() && self.arcs.is_empty() && self.kinds.is_empty();
        let words = self.names.is_empty() && self.near.is_empty() && self.sought.is_empty();
        lists && words && self.ways.is_empty() && !self.structure && !self.everything
    }
}
