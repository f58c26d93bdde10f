//! Rows of an index over a snapshot, each made when it is first asked for: an index of its own for
//! whatever relations a question names would cost more than the question.

use super::NodeIndex;
use super::blocks::Chunks;
use super::mapped::Mapped;
use super::schema::Prerequisite;
use petgraph::Direction;
use std::sync::Arc;

/// The arcs of nodes in one direction of a flow.
#[derive(Debug)]
pub(super) struct LazyRows {
    mapped: Arc<Mapped>,
    /// By class: the end that one needs first.
    ways: Arc<[Prerequisite]>,
    direction: Direction,
    /// By node: the other ends, and behind them the edges.
    rows: Chunks<Box<[u32]>>,
}

impl LazyRows {
    pub(super) fn new(
        mapped: Arc<Mapped>,
        ways: Arc<[Prerequisite]>,
        direction: Direction,
    ) -> Self {
        Self { rows: Chunks::new(mapped.node_count()), mapped, ways, direction }
    }

    /// The other ends of a node's arcs, ascending, each with its edge.
    pub(super) fn row(&self, node: usize) -> (&[u32], &[u32]) {
        let row = self.rows.get(node, || self.made(NodeIndex::new(node)));
        // A row is one piece of memory: its first half the ends, its second half their edges.
        row.split_at(row.len() / 2)
    }

    fn made(&self, node: NodeIndex) -> Box<[u32]> {
        let mut arcs: Vec<(u32, u32)> = Vec::new();
        for stored in [Direction::Outgoing, Direction::Incoming] {
            // As stored an edge runs with the flow if its source is needed first.
            let wanted =
                if stored == self.direction { Prerequisite::Source } else { Prerequisite::Target };
            self.mapped.arcs_at(node, stored, |edge, other, class| {
                if self.ways[class as usize] == wanted {
                    arcs.push((other, edge));
                }
            });
        }
        arcs.sort_unstable();
        let ends = arcs.iter().map(|(end, _)| *end);
        ends.chain(arcs.iter().map(|(_, edge)| *edge)).collect()
    }
}
