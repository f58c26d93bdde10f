//! The atlas: all facts of a graph and what is made of them once, shared by whoever asks.

use super::edge::{Edge, EdgeWeight, Stamp};
use super::index::Indices;
use super::names::{self, Names};
use super::node::{FileLines, FilePlace, Node, Source};
use super::overlay::Changes;
use super::schema::{KindId, Relation, RelationId, Schema};
use super::{EdgeIndex, NodeIndex};
use petgraph::Direction;
use petgraph::graph::DiGraph;
use petgraph::visit::EdgeRef;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// What was loaded.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) graph: DiGraph<Node, EdgeWeight>,
    /// What edges say beyond their ends.
    pub(super) stamps: Vec<Stamp>,
    pub(super) schema: Schema,
    pub(super) sources: Vec<Source>,
    pub(super) layers: Vec<String>,
    pub(super) files: Vec<FileLines>,
    pub(super) notes: Vec<String>,
    pub(super) names: OnceLock<Names>,
    pub(super) indices: Indices,
}

/// A knowledge graph with its vocabulary. Immutable; shared freely between threads; a clone
/// shares the facts, and so does [`Atlas::changed`], which lays a few changes over them.
#[derive(Clone)]
pub struct Atlas {
    pub(super) facts: Arc<Facts>,
    pub(super) changes: Option<Arc<Changes>>,
    pub(super) learning_rank: Arc<OnceLock<Ranked>>,
}

/// How large it is: all that it holds would be more than anyone reads.
impl fmt::Debug for Atlas {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Atlas")
            .field("nodes", &self.graph().node_count())
            .field("edges", &self.graph().edge_count())
            .field("layers", &self.layers())
            .field("changed", &self.changes.is_some())
            .finish_non_exhaustive()
    }
}

/// One order of all nodes, both ways.
#[derive(Debug)]
pub(crate) struct Ranked {
    /// The nodes in that order.
    pub(crate) nodes: Vec<NodeIndex>,
    /// The place of each node among them.
    pub(crate) rank: Vec<u32>,
}

impl Atlas {
    /// The facts as a petgraph graph, as they were loaded: changes lie over it.
    #[must_use]
    pub fn graph(&self) -> &DiGraph<Node, EdgeWeight> {
        &self.facts.graph
    }

    /// The vocabulary.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        &self.facts.schema
    }

    /// The sources described, by id.
    #[must_use]
    pub fn sources(&self) -> &[Source] {
        &self.facts.sources
    }

    /// The layers' names, in the order they were laid.
    #[must_use]
    pub fn layers(&self) -> &[String] {
        self.changes.as_ref().map_or(&self.facts.layers, |changes| &changes.layers)
    }

    /// The loaded files.
    #[must_use]
    pub fn files(&self) -> &[FileLines] {
        &self.facts.files
    }

    /// What in the files is no problem, but may not be meant as it was read, each with its place.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.facts.notes
    }

    /// A node's facts.
    #[must_use]
    pub fn node(&self, node: NodeIndex) -> &Node {
        &self.graph()[node]
    }

    /// All nodes, by id.
    pub fn nodes(&self) -> impl Iterator<Item = NodeIndex> + Clone {
        self.graph().node_indices().filter(|node| self.has(*node))
    }

    /// Is the node there? A change may have taken it away.
    #[must_use]
    pub fn has(&self, node: NodeIndex) -> bool {
        self.changes.as_ref().is_none_or(|changes| !changes.hides_node(node))
    }

    /// An edge's facts.
    #[must_use]
    pub fn edge(&self, edge: EdgeIndex) -> Edge<'_> {
        match self.added(edge) {
            Some(added) => added.stamp.edge(0),
            None => {
                let EdgeWeight { stamp, offset } = self.graph()[edge];
                self.facts.stamps[stamp as usize].edge(offset)
            }
        }
    }

    /// Has any edge a place in its dependent's list? O(what edges say that differs).
    pub(crate) fn has_orders(&self) -> bool {
        self.facts.stamps.iter().any(|stamp| stamp.properties.get("order").is_some())
    }

    /// An edge's relation.
    #[must_use]
    pub fn relation_of(&self, edge: EdgeIndex) -> &Relation {
        &self.schema().relations[self.edge(edge).relation]
    }

    /// The ends of an edge as stored: from, to.
    #[must_use]
    pub fn ends(&self, edge: EdgeIndex) -> (NodeIndex, NodeIndex) {
        match self.added(edge) {
            Some(added) => (added.from, added.to),
            None => self.graph().edge_endpoints(edge).unwrap_or_default(),
        }
    }

    /// Edges that leave `node`, in canonical order.
    #[must_use]
    pub fn edges_from(&self, node: NodeIndex) -> Vec<EdgeIndex> {
        self.edges_sorted(node, Direction::Outgoing)
    }

    /// Edges that arrive at `node`, in canonical order.
    #[must_use]
    pub fn edges_to(&self, node: NodeIndex) -> Vec<EdgeIndex> {
        self.edges_sorted(node, Direction::Incoming)
    }

    fn edges_sorted(&self, node: NodeIndex, direction: Direction) -> Vec<EdgeIndex> {
        let edges = self.graph().edges_directed(node, direction).map(|edge| edge.id());
        let mut found: Vec<EdgeIndex> = edges.collect();
        if let Some(changes) = &self.changes {
            found.retain(|edge| !changes.hides_edge(*edge));
            found.extend(changes.added_at(node, direction));
        }
        self.sort_edges(&mut found);
        found
    }

    /// Is the node of this kind?
    #[must_use]
    pub fn is_kind(&self, node: NodeIndex, kind: KindId) -> bool {
        self.node(node).kinds.contains(&kind)
    }

    /// Is one of the node's kinds a milestone?
    #[must_use]
    pub fn is_milestone(&self, node: NodeIndex) -> bool {
        let kinds = &self.node(node).kinds;
        kinds.iter().any(|kind| self.schema().kinds[*kind].milestone)
    }

    /// The kinds of a node in words.
    #[must_use]
    pub fn kind_words(&self, node: NodeIndex) -> String {
        let kinds = self.node(node).kinds.iter();
        let names: Vec<&str> = kinds.map(|kind| self.schema().kinds[*kind].name.as_str()).collect();
        names.join(", ")
    }

    /// The node of exactly this id. Logarithmic.
    #[must_use]
    pub fn by_id(&self, id: &str) -> Option<NodeIndex> {
        let (mut low, mut high) = (0, self.graph().node_count());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.graph()[NodeIndex::new(middle)].id.as_str().cmp(id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => {
                    return Some(NodeIndex::new(middle)).filter(|node| self.has(*node));
                }
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The nodes that `name` means, by the levels of the contract: the first level with a hit
    /// wins; several nodes are an ambiguity, none is unknown.
    #[must_use]
    pub fn resolve(&self, name: &str) -> Vec<NodeIndex> {
        self.resolve_few(name, usize::MAX)
    }

    /// Does the name mean this node and no other? Thousands may have the same name.
    #[must_use]
    pub fn is_alone(&self, name: &str, node: NodeIndex) -> bool {
        self.resolve_few(name, 2) == [node]
    }

    fn resolve_few(&self, name: &str, most: usize) -> Vec<NodeIndex> {
        let there = |node: NodeIndex| self.has(node);
        let named = || self.names().resolve(name, self.graph(), &there, most);
        self.by_id(name).map_or_else(named, |node| vec![node])
    }

    /// The names nearest to an unknown one, with the node each belongs to.
    #[must_use]
    pub fn nearest(&self, name: &str) -> Vec<(String, NodeIndex)> {
        let mut near = self.names().nearest(name, self.graph());
        near.retain(|(_, node)| self.has(*node));
        near
    }

    fn names(&self) -> &Names {
        self.facts.names.get_or_init(|| Names::new(self.graph()))
    }

    /// The kinds whose singular or plural `name` is: exactly, or else folded.
    #[must_use]
    pub fn resolve_kind(&self, name: &str) -> Vec<KindId> {
        let forms = self.schema().kinds.iter().enumerate();
        let forms = forms.flat_map(|(at, kind)| {
            let plural = kind.plural.as_deref().map_or([&kind.name, "s"], |plural| [plural, ""]);
            [(at, [kind.name.as_str(), ""]), (at, plural)]
        });
        names::match_forms(name, &forms)
    }

    /// The relations that `name` is: exactly, or else folded.
    #[must_use]
    pub fn resolve_relation(&self, name: &str) -> Vec<RelationId> {
        let forms = self.schema().relations.iter().enumerate();
        names::match_forms(name, &forms.map(|(at, relation)| (at, [relation.name.as_str(), ""])))
    }

    /// The learning order, computed by `compute` at the first call.
    pub(crate) fn ranked(&self, compute: impl FnOnce(&Self) -> Ranked) -> &Ranked {
        self.learning_rank.get_or_init(|| compute(self))
    }

    /// The line of a fact, with its file's name.
    #[must_use]
    pub fn file_and_line(&self, place: FilePlace) -> Option<(&str, usize)> {
        let file = self.facts.files.get(place.file as usize)?;
        Some((file.name.as_str(), file.line(place.offset)))
    }
}
