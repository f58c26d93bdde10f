//! The compressed index: the arcs of a flow as plain arrays of 32-bit numbers, in both
//! directions. Made from the facts when a flow is first asked for, and kept for the next time.

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

/// Where what belongs to each of `count` begins if all is put by whom it belongs to; one more,
/// where the last one's ends.
pub(super) fn starts(count: usize, owners: impl Iterator<Item = u32>) -> Vec<u32> {
    let mut starts = vec![0; count + 1];
    owners.for_each(|owner| starts[owner as usize + 1] += 1);
    for at in 1..starts.len() {
        starts[at] += starts[at - 1];
    }
    starts
}

impl Half {
    /// Arcs by their first end, in the order they come. A counting sort: O(n + m).
    fn new(node_count: usize, arcs: impl Iterator<Item = Triple> + Clone) -> Self {
        let starts = starts(node_count, arcs.clone().map(|(node, ..)| node.index() as u32));
        let count = starts.last().map_or(0, |end| *end as usize);
        let mut nodes = vec![NodeIndex::default(); count];
        let mut edges = vec![EdgeIndex::default(); count];
        let mut next = starts.clone();
        for (node, other, edge) in arcs {
            let place = &mut next[node.index()];
            nodes[*place as usize] = other;
            edges[*place as usize] = edge;
            *place += 1;
        }
        Self { starts, nodes, edges }
    }

    /// Puts each node's arcs into the order of their other ends, in which edges of one relation are.
    fn sort(&mut self) {
        for bounds in self.starts.windows(2) {
            let range = bounds[0] as usize..bounds[1] as usize;
            let (nodes, edges) = (&mut self.nodes[range.clone()], &mut self.edges[range]);
            if !nodes.is_sorted() {
                let arcs = nodes.iter().copied().zip(edges.iter().copied());
                let mut arcs: Vec<(NodeIndex, EdgeIndex)> = arcs.collect();
                arcs.sort_unstable();
                for (at, arc) in arcs.into_iter().enumerate() {
                    (nodes[at], edges[at]) = arc;
                }
            }
        }
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
        let mut needs = Half::new(graph.node_count(), arcs);
        needs.sort();
        let opens = needs.turned();
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
