//! The learning flow: a view of the facts in which every arc runs from a prerequisite to what
//! needs it, whichever way the edge is stored. It walks the compressed index and, over that, what a
//! change adds or hides. Implements petgraph's visit traits, so that `Reversed`, `NodeFiltered`
//! and petgraph's algorithms work on it.

mod arcs;
mod rows;
mod visit;

pub use arcs::{Arcs, Ends};
pub(crate) use rows::NeighborRows;

use super::index::{ArcRule, Index};
use super::levels::TopologicalLevels;
use super::schema::{Prerequisite, Relation, RelationId, Schema};
use super::{Atlas, EdgeIndex, NodeIndex};
use petgraph::Direction;
use std::sync::{Arc, OnceLock};

/// Which relations a question follows: all with a flow, or just these.
pub type Relations = Option<Vec<RelationId>>;

/// The flow over some relations of an atlas.
#[derive(Debug, Clone)]
pub struct Flow<'g> {
    atlas: &'g Atlas,
    arcs: Arc<LazyIndex>,
    /// What [`Flow::ties`] follows, once that has been asked for.
    ties: OnceLock<Option<Arc<LazyIndex>>>,
}

/// Which arcs there are, and their index, made when the first one is asked for.
#[derive(Debug)]
struct LazyIndex {
    rule: ArcRule,
    index: OnceLock<Arc<Index>>,
}

impl LazyIndex {
    fn new(prerequisites: Vec<Prerequisite>, required_only: bool) -> Arc<Self> {
        let rule = ArcRule { prerequisites, required_only };
        Arc::new(Self { rule, index: OnceLock::new() })
    }
}

impl<'g> Flow<'g> {
    /// The flow of closures over these relations, or over all. Relations named by the question
    /// but declared by no schema are read as "source needs target". O(n + m) when it is first
    /// asked for.
    #[must_use]
    pub fn new(atlas: &'g Atlas, relations: &Relations, required_only: bool) -> Self {
        let prerequisites = of_closures(atlas.schema(), relations);
        Self::of(atlas, prerequisites, required_only)
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
        Self::of(atlas, of_paths(atlas.schema(), relations), false)
    }

    /// Every relation, or each of these, from source to target, whatever it says about learning.
    #[must_use]
    pub fn of_everything(atlas: &'g Atlas, relations: &Relations) -> Self {
        let way = |id| match relations {
            Some(chosen) if !chosen.contains(&id) => Prerequisite::None,
            _ => Prerequisite::Source,
        };
        let prerequisites = (0..atlas.schema().relations.len()).map(way).collect();
        Self::of(atlas, prerequisites, false)
    }

    /// By relation, the end that one needs first in [`Flow::of_paths`] over all.
    #[cfg(feature = "databases")]
    pub(in crate::graph) fn ways_of_paths(schema: &Schema) -> Vec<Prerequisite> {
        of_paths(schema, &None)
    }

    fn of(atlas: &'g Atlas, prerequisites: Vec<Prerequisite>, required_only: bool) -> Self {
        Self { atlas, arcs: LazyIndex::new(prerequisites, required_only), ties: OnceLock::new() }
    }

    #[inline]
    pub(super) fn index(&self) -> &Index {
        let LazyIndex { rule, index } = &*self.arcs;
        index.get_or_init(|| {
            // Where nothing is only recommended, one index serves both.
            let all = self.atlas.index(&ArcRule { required_only: false, ..rule.clone() });
            if rule.required_only && all.has_recommended { self.atlas.index(rule) } else { all }
        })
    }

    /// The edges by which one node can stand in another one's place, as stored; `None` if the
    /// schema knows no such relation.
    #[must_use]
    pub fn ties(&self) -> Option<Self> {
        let ties = self.ties.get_or_init(|| {
            let relations = self.atlas.schema().relations.iter();
            let way = |relation: &Relation| {
                if relation.alternative { Prerequisite::Source } else { Prerequisite::None }
            };
            let exist = relations.clone().any(|relation| relation.alternative);
            exist.then(|| LazyIndex::new(relations.map(way).collect(), false))
        });
        let arcs = Arc::clone(ties.as_ref()?);
        Some(Self { atlas: self.atlas, arcs, ties: OnceLock::new() })
    }

    /// The atlas it is a view of.
    #[must_use]
    pub fn atlas(&self) -> &'g Atlas {
        self.atlas
    }

    /// Would [`Flow::over`] these relations follow any? Builds nothing.
    pub(crate) fn exists(atlas: &Atlas, relations: &Relations) -> bool {
        of_closures(atlas.schema(), relations).iter().any(|way| *way != Prerequisite::None)
    }

    /// Would [`Flow::of_paths`] over these relations follow any? Builds nothing.
    pub(crate) fn exists_for_paths(atlas: &Atlas, relations: &Relations) -> bool {
        of_paths(atlas.schema(), relations).iter().any(|way| *way != Prerequisite::None)
    }

    /// The levels of all nodes along this flow, if they are known ahead: of [`Flow::of_paths`], of which
    /// it may be a part.
    pub(crate) fn levels(&self) -> Option<TopologicalLevels<'g>> {
        let atlas = self.atlas;
        // A change may add arcs against them.
        let levels = atlas.store.facts.levels().filter(|_| atlas.overlay.is_none())?;
        let ways = of_paths(atlas.schema(), &None);
        let mut own = self.arcs.rule.prerequisites.iter().zip(&ways);
        own.all(|(own, way)| *own == Prerequisite::None || own == way).then_some(levels)
    }

    /// Does any relation flow that `fits`?
    #[must_use]
    pub fn relations(&self, fits: impl Fn(&Relation) -> bool) -> bool {
        let relations = self.atlas.schema().relations.iter().zip(&self.arcs.rule.prerequisites);
        let mut flowing = relations.filter(|(_, way)| **way != Prerequisite::None);
        flowing.any(|(relation, _)| fits(relation))
    }

    /// Which end of this relation's edges comes first; none if the flow does not follow them.
    pub(crate) fn way(&self, relation: RelationId) -> Prerequisite {
        self.arcs.rule.prerequisites[relation]
    }

    /// Can it have arcs that are only recommended?
    #[must_use]
    pub fn recommends(&self) -> bool {
        // A change may add an edge of a relation that only recommends.
        !self.arcs.rule.required_only
            && (self.index().has_recommended || self.atlas.overlay.is_some())
    }

    /// What `node` needs: each edge with its other end, by id except for what a change added.
    #[must_use]
    #[inline]
    pub fn needs(&self, node: NodeIndex) -> Arcs<'_> {
        self.arcs(node, Direction::Incoming)
    }

    /// What needs `node`: each edge with its other end, by id except for what a change added.
    #[must_use]
    #[inline]
    pub fn opens(&self, node: NodeIndex) -> Arcs<'_> {
        self.arcs(node, Direction::Outgoing)
    }

    /// What `node` opens (outgoing) or needs (incoming).
    #[inline]
    pub(crate) fn arcs(&self, node: NodeIndex, direction: Direction) -> Arcs<'_> {
        Arcs::new(self, node, direction, None)
    }

    /// The same of every node, where it lies ready and no change lies over it.
    pub(crate) fn rows(&self, direction: Direction) -> Option<NeighborRows<'_>> {
        let plain = self.atlas.overlay.is_none() && self.atlas.store.partial.is_none();
        plain.then(|| self.index().made(direction)).flatten().map(NeighborRows)
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

    /// Where only a part of a graph is here, these arcs have been asked for.
    fn note_arcs(&self, node: NodeIndex, direction: Direction) {
        if let Some(partial) = &self.atlas.store.partial {
            let needs = direction == Direction::Incoming;
            partial.want_arcs(node, needs, &self.arcs.rule.prerequisites);
        }
    }

    /// Are the arcs of a node in one direction here?
    pub(crate) fn is_here(&self, node: NodeIndex, direction: Direction) -> bool {
        let needs = direction == Direction::Incoming;
        let partial = self.atlas.store.partial.as_ref();
        partial.is_none_or(|own| own.has_arcs(node, needs, &self.arcs.rule.prerequisites))
    }

    /// How many arcs of the facts a node has in one direction.
    pub(crate) fn degree(&self, node: NodeIndex, direction: Direction) -> usize {
        self.note_arcs(node, direction);
        self.index().arcs(node, direction).0.len()
    }
}

/// Which end of each relation's edges one needs first, for closures.
fn of_closures(schema: &Schema, relations: &Relations) -> Vec<Prerequisite> {
    let all = schema.relations.iter().enumerate();
    let way = all.map(|(id, relation)| match relations {
        None => relation.prerequisite.unwrap_or(Prerequisite::None),
        Some(chosen) if chosen.contains(&id) => {
            relation.prerequisite.unwrap_or(Prerequisite::Target)
        }
        Some(_) => Prerequisite::None,
    });
    way.collect()
}

/// The same for paths, which follow routes as well.
fn of_paths(schema: &Schema, relations: &Relations) -> Vec<Prerequisite> {
    let mut prerequisites = of_closures(schema, relations);
    for (id, relation) in schema.relations.iter().enumerate() {
        let chosen = relations.as_ref().is_none_or(|chosen| chosen.contains(&id));
        let one_way = relation.prerequisite == Some(Prerequisite::None) && relation.route;
        if chosen && one_way {
            prerequisites[id] = Prerequisite::Source;
        }
    }
    prerequisites
}
