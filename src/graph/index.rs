//! The compressed index: the arcs of a flow as plain arrays of 32-bit numbers, in both
//! directions. Made from the facts when a flow is first asked for, and kept for the next time.

use super::{Atlas, EdgeIndex, NodeIndex, Prerequisite, Strength};
use petgraph::Direction;
use std::sync::{Arc, Mutex, PoisonError};

/// How many indices are kept; a batch rarely follows more sets of relations than this.
const KEPT: usize = 4;

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
    opens: Half,
    needs: Half,
    /// Is any arc only recommended?
    pub(super) has_recommended: bool,
}

/// Arcs in one direction: those of a node stand together, by their other end, then by edge.
#[derive(Debug)]
pub(super) struct Half {
    /// Where each node's arcs begin; one more, where the last one's end.
    starts: Vec<u32>,
    nodes: Vec<NodeIndex>,
    edges: Vec<EdgeIndex>,
}

/// From, to, edge.
type Triple = (NodeIndex, NodeIndex, EdgeIndex);

impl Half {
    /// Arcs by their first end, in the order they come. A counting sort: O(n + m).
    fn new(node_count: usize, arcs: impl Iterator<Item = Triple> + Clone) -> Self {
        let mut starts = vec![0u32; node_count + 2];
        let mut count = 0;
        for (node, ..) in arcs.clone() {
            starts[node.index() + 2] += 1;
            count += 1;
        }
        for at in 2..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut nodes = vec![NodeIndex::default(); count];
        let mut edges = vec![EdgeIndex::default(); count];
        for (node, other, edge) in arcs {
            let place = &mut starts[node.index() + 1];
            nodes[*place as usize] = other;
            edges[*place as usize] = edge;
            *place += 1;
        }
        starts.pop();
        Self { starts, nodes, edges }
    }

    /// The same arcs from their other ends, where they stand by their first.
    fn turned(&self) -> Self {
        let node_count = self.starts.len() - 1;
        let of = |node: usize| {
            let (nodes, edges) = self.at(NodeIndex::new(node));
            let arcs = nodes.iter().zip(edges);
            arcs.map(move |(other, edge)| (*other, NodeIndex::new(node), *edge))
        };
        Self::new(node_count, (0..node_count).flat_map(of))
    }

    /// The other ends of a node's arcs, and their edges.
    pub(super) fn at(&self, node: NodeIndex) -> (&[NodeIndex], &[EdgeIndex]) {
        let range = self.starts[node.index()] as usize..self.starts[node.index() + 1] as usize;
        (&self.nodes[range.clone()], &self.edges[range])
    }
}

impl Index {
    /// Three counting sorts: O(n + m).
    fn new(atlas: &Atlas, choice: Choice) -> Self {
        let graph = atlas.graph();
        let mut has_recommended = false;
        let mut arcs: Vec<Triple> = Vec::new();
        for (at, edge) in graph.raw_edges().iter().enumerate() {
            let recommended = edge.weight.strength != Strength::Required;
            let (needed, by) = match choice.prerequisites[edge.weight.relation] {
                Prerequisite::None => continue,
                Prerequisite::Target => (edge.target(), edge.source()),
                Prerequisite::Source => (edge.source(), edge.target()),
            };
            if !(choice.required_only && recommended) {
                has_recommended |= recommended;
                arcs.push((by, needed, EdgeIndex::new(at)));
            }
        }
        let opens = Half::new(graph.node_count(), arcs.iter().copied()).turned();
        drop(arcs);
        let needs = opens.turned();
        Self { choice, opens, needs, has_recommended }
    }

    /// What nodes open, outgoing, or what they need.
    pub(super) fn half(&self, direction: Direction) -> &Half {
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
