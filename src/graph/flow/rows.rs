//! One direction of a flow whose arcs lie ready in memory with nothing over them: most questions of
//! what lies behind a node are asked there, and look at each arc.

use crate::csr::Csr;
use crate::graph::{EdgeIndex, NodeIndex};
use fixedbitset::FixedBitSet;
use petgraph::visit::{GraphBase, GraphRef, IntoNeighbors, NodeIndexable, Visitable};
use std::iter::Map;
use std::slice::Iter;

/// By node, the other ends of its arcs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NeighborRows<'a>(pub(super) &'a Csr<u32, u32>);

impl GraphBase for NeighborRows<'_> {
    type NodeId = NodeIndex;
    type EdgeId = EdgeIndex;
}

impl<'a> IntoNeighbors for NeighborRows<'a> {
    type Neighbors = Map<Iter<'a, u32>, fn(&u32) -> NodeIndex>;

    #[inline]
    fn neighbors(self, node: NodeIndex) -> Self::Neighbors {
        self.0.row(node.index()).iter().map(|end| NodeIndex::from(*end))
    }
}

impl GraphRef for NeighborRows<'_> {}

impl NodeIndexable for NeighborRows<'_> {
    fn node_bound(&self) -> usize {
        self.0.len()
    }

    fn to_index(&self, node: NodeIndex) -> usize {
        node.index()
    }

    fn from_index(&self, index: usize) -> NodeIndex {
        NodeIndex::new(index)
    }
}

impl Visitable for NeighborRows<'_> {
    type Map = FixedBitSet;

    fn visit_map(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.0.len())
    }

    fn reset_map(&self, map: &mut FixedBitSet) {
        *map = self.visit_map();
    }
}
