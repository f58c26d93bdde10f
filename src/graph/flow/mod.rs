//! The learning flow: a view of the facts in which every arc runs from a prerequisite to what
//! needs it, whichever way the edge is stored. It walks the compressed index and, over that, what a
//! change adds or hides. Implements petgraph's visit traits, so that `Reversed`, `NodeFiltered`
//! and petgraph's algorithms work on it.

use super::index::{Choice, Index};
use super::overlay::Changes;
use super::{
    Atlas, EdgeIndex, EdgeWeight, Node, NodeIndex, Prerequisite, Relation, RelationId, Strength,
};
use petgraph::Direction;
use petgraph::graph::DiGraph;
use petgraph::visit::{
    GraphBase, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers, NodeCount, NodeIndexable,
    Visitable,
};
use std::iter::Zip;
use std::slice::Iter;
use std::sync::{Arc, OnceLock};

/// Which relations a question follows: all with a flow, or just these.
pub type Relations = Option<Vec<RelationId>>;

/// The flow over some relations of an atlas.
#[derive(Debug, Clone)]
pub struct Flow<'g> {
    atlas: &'g Atlas,
    choice: Arc<Choice>,
    index: Arc<Index>,
    /// What [`Flow::ties`] follows, once that has been asked for.
    ties: OnceLock<(Arc<Choice>, Arc<Index>)>,
}

impl<'g> Flow<'g> {
    /// The flow of closures over these relations, or over all. Relations named by the question
    /// but declared by no schema are read as "source needs target". O(n + m) when it is first
    /// asked for.
    #[must_use]
    pub fn new(atlas: &'g Atlas, relations: &Relations, required_only: bool) -> Self {
        let prerequisites = of_closures(atlas, relations);
        Self::of(atlas, Choice { prerequisites, required_only })
    }

    /// The flow of closures over all relations that flow.
    #[must_use]
    pub fn all(atlas: &'g Atlas) -> Self {
        Self::new(atlas, &None, false)
    }

    /// [`Flow::all`] without edges that are only recommended.
    #[must_use]
    pub fn required(atlas: &'g Atlas) -> Self {
        Self::new(atlas, &None, true)
    }

    /// The flow of closures over these relations, or over all.
    #[must_use]
    pub fn over(atlas: &'g Atlas, relations: &Relations) -> Self {
        Self::new(atlas, relations, false)
    }

    /// The flow of paths: as for closures, and routes without a prerequisite run from source to
    /// target.
    #[must_use]
    pub fn of_paths(atlas: &'g Atlas, relations: &Relations) -> Self {
        let mut prerequisites = of_closures(atlas, relations);
        for (id, relation) in atlas.schema().relations.iter().enumerate() {
            let chosen = relations.as_ref().is_none_or(|chosen| chosen.contains(&id));
            let one_way = relation.prerequisite == Some(Prerequisite::None) && relation.route;
            if chosen && one_way {
                prerequisites[id] = Prerequisite::Source;
            }
        }
        Self::of(atlas, Choice { prerequisites, required_only: false })
    }

    /// Every relation, or each of these, from source to target, whatever it says about learning.
    #[must_use]
    pub fn of_everything(atlas: &'g Atlas, relations: &Relations) -> Self {
        let way = |id| match relations {
            Some(chosen) if !chosen.contains(&id) => Prerequisite::None,
            _ => Prerequisite::Source,
        };
        let prerequisites = (0..atlas.schema().relations.len()).map(way).collect();
        Self::of(atlas, Choice { prerequisites, required_only: false })
    }

    fn of(atlas: &'g Atlas, choice: Choice) -> Self {
        let mut index = atlas.index(Choice { required_only: false, ..choice.clone() });
        if choice.required_only && index.has_recommended {
            index = atlas.index(choice.clone());
        }
        Self { atlas, choice: Arc::new(choice), index, ties: OnceLock::new() }
    }

    /// The edges by which one node can stand in another one's place, as stored; `None` if the
    /// schema knows no such relation.
    #[must_use]
    pub fn ties(&self) -> Option<Self> {
        let relations = &self.atlas.schema().relations;
        if !relations.iter().any(|relation| relation.alternative) {
            return None;
        }
        let (choice, index) = self.ties.get_or_init(|| {
            let way = |relation: &Relation| {
                if relation.alternative { Prerequisite::Source } else { Prerequisite::None }
            };
            let prerequisites = relations.iter().map(way).collect();
            let choice = Choice { prerequisites, required_only: false };
            (Arc::new(choice.clone()), self.atlas.index(choice))
        });
        let (choice, index) = (Arc::clone(choice), Arc::clone(index));
        Some(Self { atlas: self.atlas, choice, index, ties: OnceLock::new() })
    }

    /// The atlas it is a view of.
    #[must_use]
    pub fn atlas(&self) -> &'g Atlas {
        self.atlas
    }

    /// Does any relation flow at all?
    #[must_use]
    pub fn flows(&self) -> bool {
        self.relations(|_| true)
    }

    /// Does any relation flow that `fits`?
    #[must_use]
    pub fn relations(&self, fits: impl Fn(&Relation) -> bool) -> bool {
        let relations = self.atlas.schema().relations.iter().zip(&self.choice.prerequisites);
        let mut flowing = relations.filter(|(_, way)| **way != Prerequisite::None);
        flowing.any(|(relation, _)| fits(relation))
    }

    /// Which end of this relation's edges comes first; none if the flow does not follow them.
    pub(crate) fn way(&self, relation: RelationId) -> Prerequisite {
        self.choice.prerequisites[relation]
    }

    /// Can it have arcs that are only recommended?
    #[must_use]
    pub fn recommends(&self) -> bool {
        !self.choice.required_only && (self.index.has_recommended || self.atlas.changes.is_some())
    }

    /// What `node` needs: each edge with its other end, by id except for what a change added.
    #[must_use]
    pub fn needs(&self, node: NodeIndex) -> Arcs<'_> {
        self.arcs(node, Direction::Incoming)
    }

    /// What needs `node`: each edge with its other end, by id except for what a change added.
    #[must_use]
    pub fn opens(&self, node: NodeIndex) -> Arcs<'_> {
        self.arcs(node, Direction::Outgoing)
    }

    /// What `node` opens (outgoing) or needs (incoming).
    pub(crate) fn arcs(&self, node: NodeIndex, direction: Direction) -> Arcs<'_> {
        Arcs::new(self, node, direction, None)
    }

    /// The edges of the arcs from `node` to `other`. O(log d) beside them.
    pub(crate) fn between(
        &self,
        node: NodeIndex,
        other: NodeIndex,
    ) -> impl Iterator<Item = EdgeIndex> {
        let arcs = Arcs::new(self, node, Direction::Outgoing, Some(other));
        arcs.filter(move |(_, end)| *end == other).map(|(edge, _)| edge)
    }

    /// The other ends of a node's arcs as they stand, if no change lies over the facts.
    pub(crate) fn ends<'a>(
        &'a self,
        direction: Direction,
    ) -> Option<impl Fn(NodeIndex) -> &'a [NodeIndex]> {
        let rows = self.index.rows(direction);
        self.atlas.changes.is_none().then_some(|node: NodeIndex| rows.row(node.index()))
    }

    /// How many arcs of the facts a node has in one direction.
    pub(crate) fn degree(&self, node: NodeIndex, direction: Direction) -> usize {
        self.index.rows(direction).row(node.index()).len()
    }
}

/// Which end of each relation's edges one needs first, for closures.
fn of_closures(atlas: &Atlas, relations: &Relations) -> Vec<Prerequisite> {
    let all = atlas.schema().relations.iter().enumerate();
    let way = all.map(|(id, relation)| match relations {
        None => relation.prerequisite.unwrap_or(Prerequisite::None),
        Some(chosen) if chosen.contains(&id) => {
            relation.prerequisite.unwrap_or(Prerequisite::Target)
        }
        Some(_) => Prerequisite::None,
    });
    way.collect()
}

/// Arcs of one node in one direction of the flow.
#[derive(Debug, Clone)]
pub struct Arcs<'a> {
    facts: Zip<Iter<'a, EdgeIndex>, Iter<'a, NodeIndex>>,
    overlay: Option<Overlay<'a>>,
}

/// What a change makes of a node's arcs.
#[derive(Debug, Clone)]
struct Overlay<'a> {
    flow: &'a Flow<'a>,
    changes: &'a Changes,
    /// Added edges still to come: those that leave the node, if their relation flows so; those
    /// that arrive.
    added: [(Iter<'a, EdgeIndex>, Prerequisite); 2],
}

impl<'a> Arcs<'a> {
    /// The arcs of `node`; of the facts only those to one `other` node, if that is given.
    fn new(
        flow: &'a Flow<'_>,
        node: NodeIndex,
        direction: Direction,
        other: Option<NodeIndex>,
    ) -> Self {
        let ways = match direction {
            Direction::Outgoing => [Prerequisite::Source, Prerequisite::Target],
            Direction::Incoming => [Prerequisite::Target, Prerequisite::Source],
        };
        let (mut nodes, mut edges) = flow.index.arcs(node, direction);
        if let Some(other) = other {
            let from = nodes.partition_point(|end| *end < other);
            let to = from + nodes[from..].partition_point(|end| *end == other);
            (nodes, edges) = (&nodes[from..to], &edges[from..to]);
        }
        let overlay = flow.atlas.changes.as_deref().map(|changes| Overlay {
            flow,
            changes,
            added: [
                (changes.added_at(node, Direction::Outgoing).iter(), ways[0]),
                (changes.added_at(node, Direction::Incoming).iter(), ways[1]),
            ],
        });
        Self { facts: edges.iter().zip(nodes), overlay }
    }
}

impl Overlay<'_> {
    fn next_added(&mut self) -> Option<(EdgeIndex, NodeIndex)> {
        let Choice { prerequisites, required_only } = &*self.flow.choice;
        let atlas = self.flow.atlas;
        for (at, (added, wanted)) in self.added.iter_mut().enumerate() {
            for &edge in added {
                let facts = atlas.edge(edge);
                let strong = !required_only || facts.strength == Strength::Required;
                if strong && prerequisites[facts.relation] == *wanted {
                    let (from, to) = atlas.ends(edge);
                    return Some((edge, if at == 0 { to } else { from }));
                }
            }
        }
        None
    }
}

impl Iterator for Arcs<'_> {
    type Item = (EdgeIndex, NodeIndex);

    fn next(&mut self) -> Option<Self::Item> {
        for (&edge, &node) in &mut self.facts {
            if self.overlay.as_ref().is_none_or(|overlay| !overlay.changes.hides_edge(edge)) {
                return Some((edge, node));
            }
        }
        self.overlay.as_mut()?.next_added()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.overlay {
            None => self.facts.size_hint(),
            Some(_) => (0, None),
        }
    }

    /// Who takes all at once is asked once, not for each, whether a change lies over the facts.
    fn fold<B, F: FnMut(B, Self::Item) -> B>(mut self, first: B, mut each: F) -> B {
        if self.overlay.is_none() {
            return self.facts.fold(first, |all, (edge, node)| each(all, (*edge, *node)));
        }
        let mut all = first;
        for arc in &mut self {
            all = each(all, arc);
        }
        all
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

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }

    fn fold<B, F: FnMut(B, NodeIndex) -> B>(self, first: B, mut each: F) -> B {
        self.0.fold(first, |all, (_, node)| each(all, node))
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
