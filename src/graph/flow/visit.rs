//! petgraph's visit traits, so that its adaptors and algorithms work on a flow.

use super::{Ends, Flow};
use crate::graph::{EdgeIndex, EdgeWeight, Node, NodeIndex};
use petgraph::Direction;
use petgraph::graph::DiGraph;
use petgraph::visit::{
    GraphBase, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, NodeCount, NodeIndexable,
    Visitable,
};

impl GraphBase for Flow<'_> {
    type NodeId = NodeIndex;
    type EdgeId = EdgeIndex;
}

impl<'a> IntoNeighbors for &'a Flow<'_> {
    type Neighbors = Ends<'a>;

    fn neighbors(self, node: NodeIndex) -> Ends<'a> {
        Ends(self.opens(node))
    }
}

impl<'a> IntoNeighborsDirected for &'a Flow<'_> {
    type NeighborsDirected = Ends<'a>;

    fn neighbors_directed(self, node: NodeIndex, direction: Direction) -> Ends<'a> {
        Ends(self.arcs(node, direction))
    }
}

impl IntoNodeIdentifiers for &Flow<'_> {
    type NodeIdentifiers = petgraph::graph::NodeIndices;

    /// Every place a node can have; what a change took away stands alone.
    fn node_identifiers(self) -> Self::NodeIdentifiers {
        self.atlas.graph().node_indices()
    }
}

impl NodeCount for Flow<'_> {
    fn node_count(&self) -> usize {
        self.atlas.graph().node_count()
    }
}

impl NodeIndexable for Flow<'_> {
    fn node_bound(&self) -> usize {
        self.atlas.graph().node_count()
    }

    fn to_index(&self, node: NodeIndex) -> usize {
        node.index()
    }

    fn from_index(&self, index: usize) -> NodeIndex {
        NodeIndex::new(index)
    }
}

impl Visitable for Flow<'_> {
    type Map = <DiGraph<Node, EdgeWeight> as Visitable>::Map;

    fn visit_map(&self) -> Self::Map {
        self.atlas.graph().visit_map()
    }

    fn reset_map(&self, map: &mut Self::Map) {
        self.atlas.graph().reset_map(map);
    }
}
