//! The learning flow: a view of the facts in which every arc runs from a prerequisite to what
//! needs it, whichever way the edge is stored. Implements petgraph's visit traits, so that
//! `Reversed`, `NodeFiltered` and petgraph's algorithms work on it.

use super::changes::Changes;
use super::{Atlas, Edge, EdgeIndex, Node, NodeIndex, Prerequisite, RelationId, Strength};
use petgraph::Direction;
use petgraph::graph::{DiGraph, Edges};
use petgraph::visit::{
    EdgeRef, GraphBase, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, NodeCount,
    NodeIndexable, Visitable,
};

/// Which relations a question follows: all with a flow, or just these.
pub type Relations = Option<Vec<RelationId>>;

/// The flow over some relations of an atlas.
#[derive(Debug, Clone)]
pub struct Flow<'g> {
    atlas: &'g Atlas,
    prerequisites: Vec<Prerequisite>,
    required_only: bool,
}

impl<'g> Flow<'g> {
    /// The flow of closures. Relations named by the question but declared by no schema are read
    /// as "source needs target".
    #[must_use]
    pub fn new(atlas: &'g Atlas, relations: &Relations, required_only: bool) -> Self {
        let schema = atlas.schema();
        let arc = |relation: RelationId| match relations {
            None => schema.relations[relation].prerequisite.unwrap_or(Prerequisite::None),
            Some(chosen) if chosen.contains(&relation) => {
                schema.relations[relation].prerequisite.unwrap_or(Prerequisite::Target)
            }
            Some(_) => Prerequisite::None,
        };
        Self { atlas, prerequisites: (0..schema.relations.len()).map(arc).collect(), required_only }
    }

    /// The flow of paths: as for closures, and routes without a prerequisite run from source to
    /// target.
    #[must_use]
    pub fn of_paths(atlas: &'g Atlas, relations: &Relations) -> Self {
        let mut flow = Self::new(atlas, relations, false);
        for (id, relation) in atlas.schema().relations.iter().enumerate() {
            let chosen = relations.as_ref().is_none_or(|chosen| chosen.contains(&id));
            let one_way = relation.prerequisite == Some(Prerequisite::None) && relation.route;
            if chosen && one_way {
                flow.prerequisites[id] = Prerequisite::Source;
            }
        }
        flow
    }

    /// Every relation from source to target, whatever it says about learning.
    #[must_use]
    pub fn of_everything(atlas: &'g Atlas) -> Self {
        let prerequisites = vec![Prerequisite::Source; atlas.schema().relations.len()];
        Self { atlas, prerequisites, required_only: false }
    }

    /// The atlas it is a view of.
    #[must_use]
    pub fn atlas(&self) -> &'g Atlas {
        self.atlas
    }

    /// Does any relation flow at all?
    #[must_use]
    pub fn flows(&self) -> bool {
        self.prerequisites.iter().any(|prerequisite| *prerequisite != Prerequisite::None)
    }

    /// What `node` needs: each edge with its other end, in no particular order.
    #[must_use]
    pub fn needs(&self, node: NodeIndex) -> Arcs<'_> {
        Arcs::new(self, node, Direction::Incoming)
    }

    /// What needs `node`: each edge with its other end, in no particular order.
    #[must_use]
    pub fn opens(&self, node: NodeIndex) -> Arcs<'_> {
        Arcs::new(self, node, Direction::Outgoing)
    }
}

/// Arcs of one node in one direction of the flow.
#[derive(Debug, Clone)]
pub struct Arcs<'a> {
    flow: &'a Flow<'a>,
    outgoing: Edges<'a, Edge, petgraph::Directed>,
    incoming: Edges<'a, Edge, petgraph::Directed>,
    outgoing_if: Prerequisite,
    incoming_if: Prerequisite,
    changes: Option<&'a Changes>,
    /// Added edges still to come, those that leave the node before those that arrive.
    added: [std::slice::Iter<'a, EdgeIndex>; 2],
}

impl<'a> Arcs<'a> {
    fn new(flow: &'a Flow<'_>, node: NodeIndex, direction: Direction) -> Self {
        let graph = flow.atlas.graph();
        let (outgoing_if, incoming_if) = match direction {
            Direction::Outgoing => (Prerequisite::Source, Prerequisite::Target),
            Direction::Incoming => (Prerequisite::Target, Prerequisite::Source),
        };
        let changes = flow.atlas.changes.as_deref();
        let added = |way| changes.map_or(&[][..], |changes| changes.added_at(node, way)).iter();
        Self {
            flow,
            changes,
            added: [added(Direction::Outgoing), added(Direction::Incoming)],
            outgoing: graph.edges_directed(node, Direction::Outgoing),
            incoming: graph.edges_directed(node, Direction::Incoming),
            outgoing_if,
            incoming_if,
        }
    }

    fn fits(&self, edge: &Edge, wanted: Prerequisite) -> bool {
        self.flow.prerequisites[edge.relation] == wanted
            && !(self.flow.required_only && edge.strength != Strength::Required)
    }

    fn hidden(&self, edge: EdgeIndex) -> bool {
        self.changes.is_some_and(|changes| changes.hides_edge(edge))
    }

    fn next_added(&mut self) -> Option<(EdgeIndex, NodeIndex)> {
        let atlas = self.flow.atlas;
        while let Some(&edge) = self.added[0].next() {
            if self.fits(atlas.edge(edge), self.outgoing_if) {
                return Some((edge, atlas.ends(edge).1));
            }
        }
        while let Some(&edge) = self.added[1].next() {
            if self.fits(atlas.edge(edge), self.incoming_if) {
                return Some((edge, atlas.ends(edge).0));
            }
        }
        None
    }
}

impl Iterator for Arcs<'_> {
    type Item = (EdgeIndex, NodeIndex);

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(edge) = self.outgoing.next() {
            if self.fits(edge.weight(), self.outgoing_if) && !self.hidden(edge.id()) {
                return Some((edge.id(), edge.target()));
            }
        }
        while let Some(edge) = self.incoming.next() {
            if self.fits(edge.weight(), self.incoming_if) && !self.hidden(edge.id()) {
                return Some((edge.id(), edge.source()));
            }
        }
        self.next_added()
    }
}

/// The nodes at the other ends of [`Arcs`].
#[derive(Debug, Clone)]
pub struct Ends<'a>(Arcs<'a>);

impl Iterator for Ends<'_> {
    type Item = NodeIndex;

    fn next(&mut self) -> Option<NodeIndex> {
        self.0.next().map(|(_, node)| node)
    }
}

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
        Ends(Arcs::new(self, node, direction))
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
    type Map = <DiGraph<Node, Edge> as Visitable>::Map;

    fn visit_map(&self) -> Self::Map {
        self.atlas.graph().visit_map()
    }

    fn reset_map(&self, map: &mut Self::Map) {
        self.atlas.graph().reset_map(map);
    }
}
