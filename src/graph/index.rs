//! The index: the arcs of a flow as compressed sparse rows, in both directions. Made from the facts when a flow is first asked for, and kept for the next time.

use super::csr::Csr;
use super::edge::Stamp;
use super::{Atlas, EdgeIndex, NodeIndex, Prerequisite, Strength};
use petgraph::Direction;
use std::sync::{Arc, Mutex, PoisonError};

/// How many indices are kept; a batch rarely follows more sets of relations than this.
const KEPT: usize = 6;

/// Which relations flow, and which way; and whether recommended edges count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    /// By relation: the end that one needs first.
    pub(super) prerequisites: Vec<Prerequisite>,
    pub(super) required_only: bool,
}

/// The indices made so far, the latest used last.
pub(super) type Indices = Mutex<Vec<Arc<Index>>>;

/// All arcs of a choice.
#[derive(Debug)]
pub(super) struct Index {
    choice: Choice,
    /// By node: the other ends of its arcs, ascending, each with its edge.
    opens: Csr<NodeIndex, EdgeIndex>,
    needs: Csr<NodeIndex, EdgeIndex>,
    /// Is any arc only recommended?
    pub(super) has_recommended: bool,
}

impl Index {
    /// Two counting sorts, and a small one for each node: O(n + m log m).
    fn new(atlas: &Atlas, choice: Choice) -> Self {
        let graph = atlas.graph();
        let stamps = &atlas.facts.stamps;
        // By stamp: the end that one needs first.
        let recommended = |stamp: &Stamp| stamp.strength != Strength::Required;
        let ways = stamps.iter().map(|stamp| match choice.prerequisites[stamp.relation] {
            _ if choice.required_only && recommended(stamp) => Prerequisite::None,
            way => way,
        });
        let ways: Vec<Prerequisite> = ways.collect();
        let flowing = stamps.iter().zip(&ways).filter(|(_, way)| **way != Prerequisite::None);
        let has_recommended = flowing.map(|(stamp, _)| stamp).any(recommended);
        let arcs = graph.raw_edges().iter().enumerate().filter_map(|(at, edge)| {
            let (needed, by) = match ways[edge.weight.stamp as usize] {
                Prerequisite::None => return None,
                Prerequisite::Target => (edge.target(), edge.source()),
                Prerequisite::Source => (edge.source(), edge.target()),
            };
            Some((by, needed, EdgeIndex::new(at)))
        });
        let mut needs = Csr::from_entries(graph.node_count(), arcs);
        needs.sort_rows(Ord::cmp);
        let opens = needs.transpose(graph.node_count());
        Self { choice, opens, needs, has_recommended }
    }

    /// The other ends of the arcs of what `node` opens, outgoing, or needs, and their edges.
    pub(super) fn arcs(
        &self,
        node: NodeIndex,
        direction: Direction,
    ) -> (&[NodeIndex], &[EdgeIndex]) {
        self.rows(direction).entries(node.index())
    }

    /// All arcs by the node that opens them, outgoing, or needs.
    pub(super) fn rows(&self, direction: Direction) -> &Csr<NodeIndex, EdgeIndex> {
        match direction {
            Direction::Outgoing => &self.opens,
            Direction::Incoming => &self.needs,
        }
    }
}

impl Atlas {
    /// The index of a choice over the facts; changes lie over it as they do over the facts.
    pub(super) fn index(&self, choice: Choice) -> Arc<Index> {
        let mut kept = self.facts.indices.lock().unwrap_or_else(PoisonError::into_inner);
        let index = match kept.iter().position(|index| index.choice == choice) {
            Some(at) => kept.remove(at),
            None => Arc::new(Index::new(self, choice)),
        };
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push(Arc::clone(&index));
        index
    }
}
