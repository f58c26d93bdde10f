//! The arcs of one node: the index, and over it what a change adds or hides.

use super::Flow;
use crate::graph::index::ArcRule;
use crate::graph::overlay::Overlay;
use crate::graph::{EdgeIndex, NodeIndex, Prerequisite, Strength};
use petgraph::Direction;
use std::iter::Zip;
use std::slice::Iter;

/// Arcs of one node in one direction of the flow.
#[derive(Debug, Clone)]
pub struct Arcs<'a> {
    facts: Zip<Iter<'a, u32>, Iter<'a, u32>>,
    /// Apart, since it is large and rare: arcs are handed on by value.
    overlaid: Option<Box<Overlaid<'a>>>,
}

/// What a change makes of a node's arcs.
#[derive(Debug, Clone)]
struct Overlaid<'a> {
    flow: &'a Flow<'a>,
    overlay: &'a Overlay,
    /// Added edges still to come: those that leave the node, if their relation flows so; those
    /// that arrive.
    added: [(Iter<'a, EdgeIndex>, Prerequisite); 2],
}

impl<'a> Arcs<'a> {
    /// The arcs of `node`; of the facts only those to one `other` node, if that is given.
    #[inline]
    pub(super) fn new(
        flow: &'a Flow<'_>,
        node: NodeIndex,
        direction: Direction,
        other: Option<NodeIndex>,
    ) -> Self {
        flow.note_arcs(node, direction);
        // Onward lead edges that leave the node where sources are needed first, and edges that arrive
        // where targets are; back lead the others.
        let ways = match direction {
            Direction::Outgoing => [Prerequisite::Source, Prerequisite::Target],
            Direction::Incoming => [Prerequisite::Target, Prerequisite::Source],
        };
        let (mut nodes, mut edges) = flow.index().arcs(node, direction);
        if let Some(other) = other {
            let other = other.index() as u32;
            // Ends ascend in a row: edges to one node are a run, found by halves.
            let from = nodes.partition_point(|end| *end < other);
            let to = from + nodes[from..].partition_point(|end| *end == other);
            (nodes, edges) = (&nodes[from..to], &edges[from..to]);
        }
        let overlaid = flow.atlas.overlay.as_deref().map(|overlay| {
            let added = [
                (overlay.added_at(node, Direction::Outgoing).iter(), ways[0]),
                (overlay.added_at(node, Direction::Incoming).iter(), ways[1]),
            ];
            Box::new(Overlaid { flow, overlay, added })
        });
        Self { facts: edges.iter().zip(nodes), overlaid }
    }
}

impl Overlaid<'_> {
    fn next_added(&mut self) -> Option<(EdgeIndex, NodeIndex)> {
        let ArcRule { prerequisites, required_only } = &self.flow.arcs.rule;
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

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        for (&edge, &node) in &mut self.facts {
            let (edge, node) = (EdgeIndex::from(edge), NodeIndex::from(node));
            if self.overlaid.as_ref().is_none_or(|overlaid| !overlaid.overlay.hides_edge(edge)) {
                return Some((edge, node));
            }
        }
        self.overlaid.as_mut()?.next_added()
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.overlaid {
            None => self.facts.size_hint(),
            Some(_) => (0, None),
        }
    }

    /// Who takes all at once is asked once, not for each, whether a change lies over the facts.
    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(mut self, first: B, mut each: F) -> B {
        if self.overlaid.is_none() {
            return self.facts.fold(first, |all, (edge, node)| {
                each(all, (EdgeIndex::from(*edge), NodeIndex::from(*node)))
            });
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
pub struct Ends<'a>(pub(super) Arcs<'a>);

impl Iterator for Ends<'_> {
    type Item = NodeIndex;

    #[inline]
    fn next(&mut self) -> Option<NodeIndex> {
        self.0.next().map(|(_, node)| node)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }

    #[inline]
    fn fold<B, F: FnMut(B, NodeIndex) -> B>(self, first: B, mut each: F) -> B {
        self.0.fold(first, |all, (_, node)| each(all, node))
    }
}
