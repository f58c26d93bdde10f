//! Nodes and edges as they were loaded: a petgraph graph, or a snapshot that is mapped.

use super::blocks::Section;
use super::edge::{EdgeClass, EdgeWeight};
use super::levels::TopologicalLevels;
use super::mapped::Mapped;
use super::node::Node;
use super::properties::FieldUses;
use super::schema::{KindId, RelationId, Strength};
use super::search::first_not_before;
use super::{EdgeIndex, NodeIndex};
use petgraph::Direction;
use petgraph::graph::DiGraph;
use petgraph::visit::EdgeRef;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// The nodes and edges as the field stores them.
pub(super) type Graph = DiGraph<Node, EdgeWeight>;

#[derive(Debug)]
pub(super) enum Facts {
    Loaded {
        graph: Graph,
        /// What edges say beyond their ends.
        classes: Vec<EdgeClass>,
        /// Nodes by id where not all ids are known; elsewhere ids are in order.
        ids: Option<HashMap<Box<str>, u32>>,
    },
    /// The graph is a copy for whoever asks for one.
    Kept { mapped: Arc<Mapped>, graph: OnceLock<Graph> },
}

impl Facts {
    pub(super) fn node_count(&self) -> usize {
        match self {
            Self::Loaded { graph, .. } => graph.node_count(),
            Self::Kept { mapped, .. } => mapped.node_count(),
        }
    }

    pub(super) fn edge_count(&self) -> usize {
        match self {
            Self::Loaded { graph, .. } => graph.edge_count(),
            Self::Kept { mapped, .. } => mapped.edge_count(),
        }
    }

    pub(super) fn class_count(&self) -> usize {
        match self {
            Self::Loaded { classes, .. } => classes.len(),
            Self::Kept { mapped, .. } => mapped.class_count(),
        }
    }

    pub(super) fn nodes(&self) -> impl ExactSizeIterator<Item = NodeIndex> + Clone + use<> {
        (0..self.node_count() as u32).map(NodeIndex::from)
    }

    pub(super) fn node(&self, node: NodeIndex) -> &Node {
        match self {
            Self::Loaded { graph, .. } => &graph[node],
            Self::Kept { mapped, .. } => mapped.node(node),
        }
    }

    /// A node for one look: of a large snapshot it is not kept.
    pub(super) fn seen(&self, node: NodeIndex) -> Cow<'_, Node> {
        match self {
            Self::Loaded { graph, .. } => Cow::Borrowed(&graph[node]),
            Self::Kept { mapped, .. } => mapped.seen(node),
        }
    }

    pub(super) fn name(&self, node: NodeIndex) -> &str {
        match self {
            Self::Loaded { graph, .. } => graph[node].name(),
            Self::Kept { mapped, .. } => mapped.name(node),
        }
    }

    pub(super) fn layers(&self, node: NodeIndex) -> &Arc<[usize]> {
        match self {
            Self::Loaded { graph, .. } => &graph[node].layers,
            Self::Kept { mapped, .. } => mapped.layers(node),
        }
    }

    pub(super) fn id(&self, node: NodeIndex) -> &str {
        match self {
            Self::Loaded { graph, .. } => &graph[node].id,
            Self::Kept { mapped, .. } => mapped.id(node),
        }
    }

    pub(super) fn kinds(&self, node: NodeIndex) -> &Arc<[KindId]> {
        match self {
            Self::Loaded { graph, .. } => &graph[node].kinds,
            Self::Kept { mapped, .. } => mapped.kinds(node),
        }
    }

    /// The node of exactly this id. Logarithmic.
    pub(super) fn by_id(&self, id: &str) -> Option<NodeIndex> {
        if let Self::Loaded { ids: Some(ids), .. } = self {
            return ids.get(id).map(|at| NodeIndex::from(*at));
        }
        let is_before = |at| self.id(NodeIndex::new(at)) < id;
        let found = NodeIndex::new(first_not_before(self.node_count(), is_before));
        (found.index() < self.node_count() && self.id(found) == id).then_some(found)
    }

    pub(super) fn weight(&self, edge: EdgeIndex) -> EdgeWeight {
        match self {
            Self::Loaded { graph, .. } => graph[edge],
            Self::Kept { mapped, .. } => mapped.weight(edge),
        }
    }

    /// The ends of an edge: from, to.
    pub(super) fn ends(&self, edge: EdgeIndex) -> (NodeIndex, NodeIndex) {
        match self {
            Self::Loaded { graph, .. } => graph.edge_endpoints(edge).unwrap_or_default(),
            Self::Kept { mapped, .. } => mapped.ends(edge),
        }
    }

    pub(super) fn class_of(&self, edge: EdgeIndex) -> u32 {
        match self {
            Self::Loaded { graph, .. } => graph[edge].class,
            Self::Kept { mapped, .. } => mapped.class_of(edge),
        }
    }

    /// What edges of a class say beyond their ends.
    pub(super) fn class(&self, class: u32) -> &EdgeClass {
        match self {
            Self::Loaded { classes, .. } => &classes[class as usize],
            Self::Kept { mapped, .. } => mapped.class(class as usize),
        }
    }

    /// Relation and strength of a class.
    pub(super) fn rule(&self, class: u32) -> (RelationId, Strength) {
        match self {
            Self::Loaded { classes, .. } => {
                let class = &classes[class as usize];
                (class.relation, class.strength)
            }
            Self::Kept { mapped, .. } => mapped.rule(class as usize),
        }
    }

    /// Has any edge a place in its dependent's list? O(classes).
    pub(super) fn has_orders(&self) -> bool {
        match self {
            Self::Loaded { classes, .. } => {
                classes.iter().any(|class| class.properties.get("order").is_some())
            }
            Self::Kept { mapped, .. } => mapped.has_orders(),
        }
    }

    /// The edges that leave or reach a node, in no order.
    pub(super) fn edges_at(&self, node: NodeIndex, direction: Direction) -> Vec<EdgeIndex> {
        match self {
            Self::Loaded { graph, .. } => {
                graph.edges_directed(node, direction).map(|edge| edge.id()).collect()
            }
            Self::Kept { mapped, .. } => mapped.edges_at(node, direction),
        }
    }

    /// What was worked out ahead, if this is a snapshot.
    fn kept(&self) -> Option<&Mapped> {
        match self {
            Self::Loaded { .. } => None,
            Self::Kept { mapped, .. } => Some(mapped),
        }
    }

    /// The learning order, if it was computed ahead: by place the node, by node the place.
    pub(super) fn learning_order(&self) -> Option<(Vec<NodeIndex>, Vec<u32>)> {
        self.kept().map(Mapped::learning_order)
    }

    /// The place of each node in it, likewise.
    pub(super) fn learning_places(&self) -> Option<&Section> {
        self.kept().map(|mapped| &mapped.learning_order[1])
    }

    /// The levels along paths, if they were computed ahead.
    pub(super) fn levels(&self) -> Option<TopologicalLevels<'_>> {
        self.kept().map(|mapped| TopologicalLevels(&mapped.levels))
    }

    /// The properties in use, if they were counted ahead.
    pub(super) fn field_uses(&self) -> Option<&FieldUses> {
        self.kept().map(|mapped| &mapped.field_uses)
    }

    /// All of it as a petgraph graph: a snapshot is copied once. O(n + m).
    pub(super) fn graph(&self) -> &Graph {
        match self {
            Self::Loaded { graph, .. } => graph,
            Self::Kept { graph, .. } => graph.get_or_init(|| {
                let mut graph = Graph::with_capacity(self.node_count(), self.edge_count());
                for node in self.nodes() {
                    graph.add_node(self.node(node).clone());
                }
                for edge in (0..self.edge_count()).map(EdgeIndex::new) {
                    let (from, to) = self.ends(edge);
                    graph.add_edge(from, to, self.weight(edge));
                }
                graph
            }),
        }
    }
}
