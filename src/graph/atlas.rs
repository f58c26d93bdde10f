//! The atlas: all facts of a graph and what is made of them once, shared by whoever asks.

use super::edge::{Edge, EdgeWeight};
use super::index::{ArcRule, Index};
use super::node::{Citation, FileLines, FilePlace, Node, Source};
use super::overlay::{AddedEdge, Overlay};
use super::partial::{INTO, OUT, Ranked};
use super::properties::FieldUses;
use super::schema::{KindId, Relation, RelationId, Schema};
use super::store::Store;
use super::{EdgeIndex, NodeIndex};
use crate::diagnostic::Note;
use petgraph::Direction;
use petgraph::graph::DiGraph;
use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A knowledge graph with its vocabulary. Immutable; shared freely between threads; a clone
/// shares the facts, and so does [`Atlas::changed`], which lays a few changes over them.
#[derive(Clone)]
pub struct Atlas {
    pub(super) store: Arc<Store>,
    pub(super) overlay: Option<Arc<Overlay>>,
    pub(super) learning_rank: Arc<OnceLock<Ranked>>,
}

/// How large it is: all that it holds would be more than anyone reads.
impl fmt::Debug for Atlas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Atlas")
            .field("nodes", &self.node_bound())
            .field("edges", &self.edge_bound())
            .field("layers", &self.layers())
            .field("changed", &self.overlay.is_some())
            .finish_non_exhaustive()
    }
}

impl Atlas {
    /// The facts as a petgraph graph, as they were loaded: changes lie over it. What is mapped
    /// instead of read is copied at the first call, the built-in graph, too: O(n + m).
    #[must_use]
    pub fn graph(&self) -> &DiGraph<Node, EdgeWeight> {
        self.note_everything();
        self.store.facts.graph()
    }

    /// How many nodes were loaded: every index of a node is less.
    #[must_use]
    pub fn node_bound(&self) -> usize {
        self.store.facts.node_count()
    }

    /// How many edges were loaded: every index of one of them is less.
    #[must_use]
    pub fn edge_bound(&self) -> usize {
        self.store.facts.edge_count()
    }

    /// All nodes that were loaded, by id, whatever a change took away.
    #[must_use]
    pub fn loaded_nodes(&self) -> impl ExactSizeIterator<Item = NodeIndex> + Clone + use<> {
        self.note_everything();
        self.store.facts.nodes()
    }

    /// The vocabulary.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.store.schema
    }

    /// The sources described, by id.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        self.store.sources.all()
    }

    /// The source of this id, if it is described; no other is looked at.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.store.sources.get(id)
    }

    /// The layers' names, in the order they were laid.
    #[must_use]
    pub fn layers(&self) -> &[String] {
        self.overlay.as_ref().map_or(&self.store.layers, |overlay| &overlay.layers)
    }

    /// The loaded files.
    #[must_use]
    pub fn files(&self) -> &[FileLines] {
        &self.store.files
    }

    /// What in the files is no problem, but may not be meant as it was read, each with its place.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.store.notes
    }

    /// A node's facts.
    #[must_use]
    pub fn node(&self, node: NodeIndex) -> &Node {
        self.note_row(node);
        self.store.facts.node(node)
    }

    /// A node's facts for one look: of a large graph that is mapped they are made for it and not
    /// kept, as [`Self::node`] keeps them. For whoever looks at very many.
    #[must_use]
    pub fn seen(&self, node: NodeIndex) -> Cow<'_, Node> {
        self.note_row(node);
        self.store.facts.seen(node)
    }

    /// A node's id; nothing else of it is looked at.
    #[must_use]
    pub fn id(&self, node: NodeIndex) -> &str {
        self.note_row(node);
        self.store.facts.id(node)
    }

    /// A node's name, or its id; nothing else of it is looked at.
    #[must_use]
    pub fn name(&self, node: NodeIndex) -> &str {
        self.note_row(node);
        self.store.facts.name(node)
    }

    /// The layers that speak of a node; nothing else of it is looked at.
    pub(crate) fn layers_of(&self, node: NodeIndex) -> &[usize] {
        self.note_row(node);
        self.store.facts.layers(node)
    }

    /// All nodes, by id.
    pub fn nodes(&self) -> impl Iterator<Item = NodeIndex> + Clone {
        self.loaded_nodes().filter(|node| self.has(*node))
    }

    /// Is the node there? A change may have taken it away.
    #[must_use]
    pub fn has(&self, node: NodeIndex) -> bool {
        self.overlay.as_ref().is_none_or(|overlay| !overlay.hides_node(node))
    }

    /// An edge's facts.
    #[must_use]
    pub fn edge(&self, edge: EdgeIndex) -> Edge<'_> {
        match self.added(edge) {
            Some(added) => added.class.edge(0),
            None => {
                let EdgeWeight { class, offset } = self.store.facts.weight(edge);
                self.store.facts.class(class).edge(offset)
            }
        }
    }

    /// Has any edge a place in its dependent's list? O(what edges say that differs).
    pub(crate) fn has_orders(&self) -> bool {
        self.store.facts.has_orders()
    }

    /// An edge's relation.
    #[must_use]
    pub fn relation_of(&self, edge: EdgeIndex) -> &Relation {
        let relation = match self.added(edge) {
            Some(added) => added.class.relation,
            None => self.store.facts.rule(self.store.facts.class_of(edge)).0,
        };
        &self.schema().relations[relation]
    }

    /// Who says so; nothing else of an edge is looked at.
    pub(crate) fn sources_of(&self, edge: EdgeIndex) -> &[Citation] {
        match self.added(edge) {
            Some(added) => &added.class.sources,
            None => &self.store.facts.class(self.store.facts.class_of(edge)).sources,
        }
    }

    /// The ends of an edge as stored: from, to.
    #[must_use]
    pub fn ends(&self, edge: EdgeIndex) -> (NodeIndex, NodeIndex) {
        match self.added(edge) {
            Some(added) => (added.from, added.to),
            None => self.store.facts.ends(edge),
        }
    }

    /// Edges that leave `node`, in canonical order.
    #[must_use]
    pub fn edges_from(&self, node: NodeIndex) -> Vec<EdgeIndex> {
        self.edges_sorted(node, Direction::Outgoing)
    }

    /// The same, of which only those of some relations are looked at.
    pub(crate) fn edges_from_over(
        &self,
        node: NodeIndex,
        over: Option<&[RelationId]>,
    ) -> Vec<EdgeIndex> {
        match (self.partial(), over) {
            (Some(partial), Some(over)) if partial.has_from(node, over) => {
                self.edges_here(node, Direction::Outgoing)
            }
            _ => self.edges_from(node),
        }
    }

    /// Edges that arrive at `node`, in canonical order.
    #[must_use]
    pub fn edges_to(&self, node: NodeIndex) -> Vec<EdgeIndex> {
        self.edges_sorted(node, Direction::Incoming)
    }

    fn edges_sorted(&self, node: NodeIndex, direction: Direction) -> Vec<EdgeIndex> {
        if let Some(partial) = &self.store.partial {
            partial.want(node, if direction == Direction::Outgoing { OUT } else { INTO });
        }
        self.edges_here(node, direction)
    }

    fn edges_here(&self, node: NodeIndex, direction: Direction) -> Vec<EdgeIndex> {
        let mut found = self.store.facts.edges_at(node, direction);
        if let Some(overlay) = &self.overlay {
            found.retain(|edge| !overlay.hides_edge(*edge));
            found.extend(overlay.added_at(node, direction));
        }
        // Added edges are numbered behind all loaded ones, but in canonical order stand among them.
        self.sort_edges(&mut found);
        found
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
        self.note_everything();
        let mut edges: Vec<EdgeIndex> = (0..self.edge_bound()).map(EdgeIndex::new).collect();
        if let Some(overlay) = &self.overlay {
            edges.retain(|edge| !overlay.hides_edge(*edge));
            edges.extend(overlay.added_edges());
        }
        self.sort_edges(&mut edges);
        edges
    }

    /// Puts edges into canonical order.
    pub fn sort_edges(&self, edges: &mut [EdgeIndex]) {
        match &self.overlay {
            None => edges.sort_unstable(),
            Some(overlay) => edges.sort_unstable_by_key(|edge| overlay.sort_key(*edge)),
        }
    }

    /// The kinds of a node; nothing else of it is looked at.
    pub(crate) fn kinds(&self, node: NodeIndex) -> &[KindId] {
        self.note_row(node);
        self.store.facts.kinds(node)
    }

    /// The nodes of a kind, by id.
    #[must_use]
    pub fn of_kind(&self, kind: KindId) -> Vec<NodeIndex> {
        match self.partial() {
            Some(partial) => {
                partial.of_kind(kind).into_iter().filter(|node| self.has(*node)).collect()
            }
            None => self.nodes().filter(|node| self.is_kind(*node, kind)).collect(),
        }
    }

    /// Is the node of this kind?
    #[must_use]
    pub fn is_kind(&self, node: NodeIndex, kind: KindId) -> bool {
        self.kinds(node).contains(&kind)
    }

    /// Is one of the node's kinds a milestone?
    #[must_use]
    pub fn is_milestone(&self, node: NodeIndex) -> bool {
        let kinds = self.kinds(node);
        kinds.iter().any(|kind| self.schema().kinds[*kind].milestone)
    }

    /// The kinds of a node in words.
    #[must_use]
    pub fn kind_words(&self, node: NodeIndex) -> String {
        let kinds = self.kinds(node).iter();
        let names: Vec<&str> = kinds.map(|kind| self.schema().kinds[*kind].name.as_str()).collect();
        names.join(", ")
    }

    /// Are these the same facts with the same changes?
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        let overlays = [&self.overlay, &other.overlay].map(|own| own.as_ref().map(Arc::as_ptr));
        Arc::ptr_eq(&self.store, &other.store) && overlays[0] == overlays[1]
    }

    fn added(&self, edge: EdgeIndex) -> Option<&AddedEdge> {
        self.overlay.as_ref()?.added(edge)
    }

    /// The index of a flow over what was loaded; changes lie over it as they do over the graph.
    pub(super) fn index(&self, rule: &ArcRule) -> Arc<Index> {
        self.store.indices.get(&self.store.facts, rule)
    }

    /// The properties in use, if they were counted ahead.
    pub(crate) fn field_uses(&self) -> Option<&FieldUses> {
        // A change may take away the last use of a property.
        if self.overlay.is_some() {
            return None;
        }
        let facts = || self.store.facts.field_uses();
        self.partial().map_or_else(facts, |partial| Some(&partial.head.field_uses))
    }

    /// The line of a fact, with its file's name.
    #[must_use]
    pub fn file_and_line(&self, place: FilePlace) -> Option<(&str, usize)> {
        let file = self.store.files.get(place.file as usize)?;
        Some((file.name.as_str(), file.line(place.offset)))
    }
}
