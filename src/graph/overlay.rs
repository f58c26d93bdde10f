//! What-if: a few changes laid over what was loaded, which stays as it is and is not copied.

use super::edge::EdgeClass;
use super::search::first_not_before;
use super::store::Store;
use super::{EdgeIndex, NodeIndex, RelationId};
use petgraph::Direction;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The layer that added edges belong to.
const LAYER: &str = "what-if";

/// One change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// An edge more.
    Add(NodeIndex, RelationId, NodeIndex),
    /// All edges of a relation from one node to another less.
    Remove(NodeIndex, RelationId, NodeIndex),
    /// A node less, with its edges.
    RemoveNode(NodeIndex),
}

/// An edge that was not loaded.
#[derive(Debug, Clone)]
pub(super) struct AddedEdge {
    pub(super) from: NodeIndex,
    pub(super) to: NodeIndex,
    pub(super) class: Arc<EdgeClass>,
    /// The loaded edge that it stands before in canonical order.
    before: usize,
}

/// What is added and what is hidden. Added edges are numbered behind the loaded ones.
#[derive(Debug, Clone)]
pub(super) struct Overlay {
    pub(super) layers: Vec<String>,
    loaded: usize,
    added: Vec<AddedEdge>,
    /// Added edges by the node they leave, and by the node they reach.
    by_end: [BTreeMap<NodeIndex, Vec<EdgeIndex>>; 2],
    hidden_nodes: BTreeSet<NodeIndex>,
    hidden_edges: BTreeSet<EdgeIndex>,
}

impl Overlay {
    /// An overlay that changes nothing yet.
    pub(super) fn new(store: &Store) -> Self {
        Self {
            layers: [store.layers.as_slice(), &[LAYER.to_owned()]].concat(),
            loaded: store.facts.edge_count(),
            added: Vec::new(),
            by_end: Default::default(),
            hidden_nodes: BTreeSet::new(),
            hidden_edges: BTreeSet::new(),
        }
    }

    pub(super) fn hides_node(&self, node: NodeIndex) -> bool {
        self.hidden_nodes.contains(&node)
    }

    pub(super) fn hides_edge(&self, edge: EdgeIndex) -> bool {
        self.hidden_edges.contains(&edge)
    }

    pub(super) fn hidden_nodes(&self) -> impl Iterator<Item = NodeIndex> {
        self.hidden_nodes.iter().copied()
    }

    /// The loaded edges that are hidden.
    pub(super) fn hidden_edges(&self) -> impl Iterator<Item = EdgeIndex> {
        self.hidden_edges.iter().copied().filter(|edge| edge.index() < self.loaded)
    }

    /// The edge of this index, if it is an added one.
    pub(super) fn added(&self, edge: EdgeIndex) -> Option<&AddedEdge> {
        self.added.get(edge.index().checked_sub(self.loaded)?)
    }

    /// Added edges that leave or reach `node`, in the order they were added.
    pub(super) fn added_at(&self, node: NodeIndex, direction: Direction) -> &[EdgeIndex] {
        self.by_end[direction.index()].get(&node).map_or(&[], Vec::as_slice)
    }

    /// All added edges that no later change hides.
    pub(super) fn added_edges(&self) -> impl Iterator<Item = EdgeIndex> {
        let all = (self.loaded..self.loaded + self.added.len()).map(EdgeIndex::new);
        all.filter(|edge| !self.hides_edge(*edge))
    }

    /// What canonical order is by: an added edge stands before a loaded one.
    pub(super) fn sort_key(&self, edge: EdgeIndex) -> impl Ord + use<> {
        match self.added(edge) {
            Some(added) => {
                let statement = (added.from, added.class.relation, added.to);
                (added.before, false, statement, edge.index())
            }
            None => (edge.index(), true, Default::default(), 0),
        }
    }

    pub(super) fn hide_node(&mut self, node: NodeIndex) {
        self.hidden_nodes.insert(node);
    }

    /// Hides an edge with these ends.
    pub(super) fn hide_edge(&mut self, edge: EdgeIndex, (from, to): (NodeIndex, NodeIndex)) {
        self.hidden_edges.insert(edge);
        for (node, way) in [(from, Direction::Outgoing), (to, Direction::Incoming)] {
            // An added edge that is taken back keeps its number, but no node has it any more.
            if let Some(edges) = self.by_end[way.index()].get_mut(&node) {
                edges.retain(|known| *known != edge);
            }
        }
    }

    /// Adds an edge. O(log m)
    pub(super) fn add_edge(
        &mut self,
        store: &Store,
        (from, relation, to): (NodeIndex, RelationId, NodeIndex),
    ) {
        // A bare statement stands behind those of the same ends that have properties, and before
        // those that have only sources.
        let order = |at: usize| {
            let edge = EdgeIndex::new(at);
            let (class, ends) = (store.class(edge), store.facts.ends(edge));
            let only_sources = class.properties.is_empty() && !class.sources.is_empty();
            let bare = if only_sources { Ordering::Greater } else { Ordering::Less };
            (ends.0, class.relation, ends.1).cmp(&(from, relation, to)).then(bare)
        };
        let before = first_not_before(self.loaded, |at| order(at).is_le());
        let class = Arc::new(EdgeClass {
            relation,
            layer: self.layers.len() - 1,
            strength: store.schema.relations[relation].strength,
            file: u32::MAX,
            ..EdgeClass::default()
        });
        let edge = EdgeIndex::new(self.loaded + self.added.len());
        self.added.push(AddedEdge { from, to, class, before });
        self.by_end[Direction::Outgoing.index()].entry(from).or_default().push(edge);
        self.by_end[Direction::Incoming.index()].entry(to).or_default().push(edge);
    }
}
