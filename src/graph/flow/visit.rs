//! petgraph's visit traits, so that its adaptors and algorithms work on a flow.

use super::{Ends, Flow};
use crate::graph::{EdgeIndex, NodeIndex};
use fixedbitset::FixedBitSet;
use petgraph::Direction;
use petgraph::visit::{
    GraphBase, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, NodeCount, NodeIndexable,
    Visitable,
};
use std::iter::Map;
use std::ops::Range;

impl GraphBase for Flow<'_> {
    type NodeId = NodeIndex;
    type EdgeId = EdgeIndex;
}

impl<'a> IntoNeighbors for &'a Flow<'_> {
    type Neighbors = Ends<'a>;

    #[inline]
    fn neighbors(self, node: NodeIndex) -> Ends<'a> {
        Ends(self.opens(node))
    }
}

impl<'a> IntoNeighborsDirected for &'a Flow<'_> {
    type NeighborsDirected = Ends<'a>;

    #[inline]
    fn neighbors_directed(self, node: NodeIndex, direction: Direction) -> Ends<'a> {
        Ends(self.arcs(node, direction))
    }
}

impl IntoNodeIdentifiers for &Flow<'_> {
    type NodeIdentifiers = Map<Range<u32>, fn(u32) -> NodeIndex>;

    /// Every place a node can have; what a change took away stands alone.
    fn node_identifiers(self) -> Self::NodeIdentifiers {
        self.atlas.note_everything();
        (0..self.atlas.node_bound() as u32).map(NodeIndex::from)
    }
}

impl NodeCount for Flow<'_> {
    fn node_count(&self) -> usize {
        self.atlas.node_bound()
    }
}

impl NodeIndexable for Flow<'_> {
    fn node_bound(&self) -> usize {
        self.atlas.node_bound()
    }

    fn to_index(&self, node: NodeIndex) -> usize {
        node.index()
    }

    fn from_index(&self, index: usize) -> NodeIndex {
        NodeIndex::new(index)
    }
}

impl Visitable for Flow<'_> {
    type Map = FixedBitSet;

    fn visit_map(&self) -> Self::Map {
        FixedBitSet::with_capacity(self.atlas.node_bound())
    }

    fn reset_map(&self, map: &mut Self::Map) {
        map.clear();
        map.grow(self.atlas.node_bound());
    }
}
