//! What-if: a few changes laid over the facts, which stay as they are and are not copied.

use super::edge::Stamp;
use super::{Atlas, EdgeIndex, NodeIndex, RelationId};
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

/// An edge that the facts do not have.
#[derive(Debug, Clone)]
pub(super) struct Added {
    pub(super) from: NodeIndex,
    pub(super) to: NodeIndex,
    pub(super) stamp: Arc<Stamp>,
    /// The edge of the facts that it stands before in canonical order.
    before: usize,
}

/// Changes laid over facts.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes {
    pub(super) layers: Vec<String>,
    added: Vec<Added>,
    by_end: [BTreeMap<NodeIndex, Vec<EdgeIndex>>; 2],
    hidden_nodes: BTreeSet<NodeIndex>,
    hidden_edges: BTreeSet<EdgeIndex>,
}

impl Changes {
    pub(super) fn hides_node(&self, node: NodeIndex) -> bool {
        self.hidden_nodes.contains(&node)
    }

    pub(super) fn hides_edge(&self, edge: EdgeIndex) -> bool {
        self.hidden_edges.contains(&edge)
    }

    /// Added edges that leave or reach `node`, in the order they were added.
    pub(super) fn added_at(&self, node: NodeIndex, direction: Direction) -> &[EdgeIndex] {
        self.by_end[direction.index()].get(&node).map_or(&[], Vec::as_slice)
    }

    fn hide(&mut self, edge: EdgeIndex, (from, to): (NodeIndex, NodeIndex)) {
        self.hidden_edges.insert(edge);
        for (node, way) in [(from, Direction::Outgoing), (to, Direction::Incoming)] {
            if let Some(edges) = self.by_end[way.index()].get_mut(&node) {
                edges.retain(|known| *known != edge);
            }
        }
    }
}

impl Atlas {
    /// The graph with a change more. The facts are shared, not copied; the learning order is
    /// computed anew when it is asked for. O(edges of the nodes edited + log m).
    #[must_use]
    pub fn changed(mut self, edit: Edit) -> Self {
        let hidden = match edit {
            Edit::Add(..) => Vec::new(),
            Edit::Remove(from, relation, to) => self.edges_between(from, relation, to),
            Edit::RemoveNode(node) => [self.edges_from(node), self.edges_to(node)].concat(),
        };
        let hidden: Vec<_> = hidden.into_iter().map(|edge| (edge, self.ends(edge))).collect();
        let mut changes = self.changes.take().map(Arc::unwrap_or_clone).unwrap_or_default();
        for (edge, ends) in hidden {
            changes.hide(edge, ends);
        }
        match edit {
            Edit::Add(from, relation, to) => self.add(&mut changes, from, relation, to),
            Edit::Remove(..) => {}
            Edit::RemoveNode(node) => {
                changes.hidden_nodes.insert(node);
            }
        }
        if changes.layers.is_empty() {
            changes.layers.clone_from(&self.facts.layers);
            changes.layers.push(LAYER.to_owned());
        }
        self.learning_rank = Arc::default();
        self.changes = Some(Arc::new(changes));
        self
    }

    /// Are these the same facts with the same changes?
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        let changes = [&self.changes, &other.changes].map(|own| own.as_ref().map(Arc::as_ptr));
        Arc::ptr_eq(&self.facts, &other.facts) && changes[0] == changes[1]
    }

    /// The edges of one relation from one node to another.
    #[must_use]
    pub fn edges_between(
        &self,
        from: NodeIndex,
        relation: RelationId,
        to: NodeIndex,
    ) -> Vec<EdgeIndex> {
        let mut edges = self.edges_from(from);
        edges.retain(|edge| self.edge(*edge).relation == relation && self.ends(*edge).1 == to);
        edges
    }

    /// All edges, in canonical order. O(m).
    #[must_use]
    pub fn edges(&self) -> Vec<EdgeIndex> {
        let mut edges: Vec<EdgeIndex> = self.graph().edge_indices().collect();
        if let Some(changes) = &self.changes {
            let first = edges.len();
            edges.extend((0..changes.added.len()).map(|at| EdgeIndex::new(first + at)));
            edges.retain(|edge| !changes.hides_edge(*edge));
        }
        self.sort_edges(&mut edges);
        edges
    }

    /// Puts edges into canonical order.
    pub fn sort_edges(&self, edges: &mut [EdgeIndex]) {
        let position = |edge: &EdgeIndex| match self.added(*edge) {
            Some(added) => {
                let statement = (added.from, added.stamp.relation, added.to);
                (added.before, false, statement, edge.index())
            }
            None => (edge.index(), true, Default::default(), 0),
        };
        match self.changes {
            None => edges.sort_unstable(),
            Some(_) => edges.sort_unstable_by_key(position),
        }
    }

    pub(super) fn added(&self, edge: EdgeIndex) -> Option<&Added> {
        let changes = self.changes.as_ref()?;
        changes.added.get(edge.index().checked_sub(self.graph().edge_count())?)
    }

    fn add(&self, changes: &mut Changes, from: NodeIndex, relation: RelationId, to: NodeIndex) {
        let graph = self.graph();
        // A bare statement stands behind those of the same ends that have properties, and before
        // those that have only sources.
        let order = |edge: usize| {
            let edge = EdgeIndex::new(edge);
            let (other_from, other_to) = graph.edge_endpoints(edge).unwrap_or_default();
            let facts = &self.facts.stamps[graph[edge].stamp as usize];
            (other_from, facts.relation, other_to).cmp(&(from, relation, to)).then_with(|| {
                let bare = facts.properties.is_empty() && !facts.sources.is_empty();
                if bare { Ordering::Greater } else { Ordering::Less }
            })
        };
        let (mut low, mut high) = (0, graph.edge_count());
        while low < high {
            let middle = usize::midpoint(low, high);
            match order(middle) {
                Ordering::Greater => high = middle,
                _ => low = middle + 1,
            }
        }
        let stamp = Arc::new(Stamp {
            relation,
            layer: self.facts.layers.len(),
            strength: self.schema().relations[relation].strength,
            file: u32::MAX,
            ..Stamp::default()
        });
        let index = EdgeIndex::new(graph.edge_count() + changes.added.len());
        changes.added.push(Added { from, to, stamp, before: low });
        changes.by_end[Direction::Outgoing.index()].entry(from).or_default().push(index);
        changes.by_end[Direction::Incoming.index()].entry(to).or_default().push(index);
    }
}
