//! The learning order, kept once it is known, and what it comes from where only a part of the graph
//! is here: all nodes, and the edges that flow or are routes.

use super::atlas::Atlas;
use super::overlay::Edit;
use super::partial::{Partial, Ranked};
use super::{EdgeIndex, NodeIndex};

/// All nodes of a graph that is held elsewhere, and the edges that its learning order comes from.
#[derive(Debug)]
pub(crate) struct Structure {
    atlas: Atlas,
    /// The number of each of its nodes, ascending.
    numbers: Vec<i64>,
}

/// A structure with the changes of a part of the same graph.
#[derive(Debug)]
pub(crate) struct Changed<'s> {
    pub(crate) atlas: Atlas,
    structure: &'s Structure,
    partial: &'s Partial,
}

impl Structure {
    /// Of an atlas of all nodes, whose numbers these are.
    #[cfg_attr(not(feature = "databases"), allow(dead_code, reason = "what fetches is a feature"))]
    pub(crate) fn new(atlas: Atlas, numbers: Vec<i64>) -> Self {
        Self { atlas, numbers }
    }

    fn node(&self, number: i64) -> Option<NodeIndex> {
        self.numbers.binary_search(&number).ok().map(NodeIndex::new)
    }
}

impl Changed<'_> {
    /// Where nodes of the part are in the structure.
    pub(crate) fn places(&self, nodes: &[NodeIndex]) -> Vec<NodeIndex> {
        let place = |node: &NodeIndex| self.structure.node(self.partial.number(*node));
        nodes.iter().filter_map(place).collect()
    }

    /// The node of the part, if it is here; that it is asked for is noted.
    pub(crate) fn back(&self, node: NodeIndex) -> Option<NodeIndex> {
        let number = self.structure.numbers[node.index()];
        let here = self.partial.node(number);
        if here.is_none() {
            self.partial.want_node(number);
        }
        here
    }
}

impl Atlas {
    /// The structure of the graph that this is a part of, with the same changes; nothing if it is
    /// not here yet, which is noted.
    pub(crate) fn structure(&self) -> Option<Changed<'_>> {
        let partial = self.partial()?;
        let Some(structure) = partial.structure::<Structure>() else {
            partial.want_structure();
            return None;
        };
        let place = |node: NodeIndex| structure.node(partial.number(node));
        let mut atlas = structure.atlas.clone();
        for edit in self.edits() {
            let edit = match edit {
                Edit::Add(from, relation, to) => {
                    place(from).zip(place(to)).map(|(from, to)| Edit::Add(from, relation, to))
                }
                Edit::Remove(from, relation, to) => {
                    place(from).zip(place(to)).map(|(from, to)| Edit::Remove(from, relation, to))
                }
                Edit::RemoveNode(node) => place(node).map(Edit::RemoveNode),
            };
            atlas = edit.into_iter().fold(atlas, Atlas::changed);
        }
        Some(Changed { atlas, structure, partial })
    }

    /// Edits that come to the changes of this atlas.
    fn edits(&self) -> Vec<Edit> {
        let Some(overlay) = &self.overlay else { return Vec::new() };
        let statement = |edge: EdgeIndex| {
            let (from, to) = self.ends(edge);
            (from, self.edge(edge).relation, to)
        };
        let hidden = overlay.hidden_edges().map(statement);
        // Edges of nodes that are taken away go with them.
        let hidden = hidden.filter(|(from, _, to)| self.has(*from) && self.has(*to));
        let mut edits: Vec<Edit> = overlay.hidden_nodes().map(Edit::RemoveNode).collect();
        edits.extend(hidden.map(|(from, relation, to)| Edit::Remove(from, relation, to)));
        let added = overlay.added_edges().map(statement);
        edits.extend(added.map(|(from, relation, to)| Edit::Add(from, relation, to)));
        edits
    }

    /// Nodes with their places in the learning order, where it lies ready and has not been read yet.
    pub(crate) fn places_ahead(&self, nodes: &[NodeIndex]) -> Option<Vec<(u32, NodeIndex)>> {
        if self.overlay.is_some() || self.learning_rank.get().is_some() {
            return None;
        }
        let places = self.store.facts.learning_places()?;
        Some(nodes.iter().map(|node| (places.word(node.index()), *node)).collect())
    }

    /// The learning order, computed by `compute` at the first call, if not ahead.
    pub(crate) fn ranked(&self, compute: impl Fn(&Self) -> Ranked) -> &Ranked {
        let own = self.overlay.is_none();
        let Some(partial) = self.partial() else {
            return self.learning_rank.get_or_init(|| {
                match own.then(|| self.store.facts.learning_order()).flatten() {
                    Some((nodes, rank)) => Ranked { nodes, rank },
                    None => compute(self),
                }
            });
        };
        if own && partial.is_ranked() {
            partial.want_order();
            return self.learning_rank.get_or_init(|| partial.ranked(|at| partial.rank(at)));
        }
        self.learning_rank.get_or_init(|| {
            // Any order will do for now: what was missing is noted, and the question asked again.
            let Some(changed) = self.structure() else { return partial.ranked(|at| at as u32) };
            let whole = compute(&changed.atlas);
            let place = |at: usize| changed.structure.node(partial.number(NodeIndex::new(at)));
            partial.ranked(|at| place(at).map_or(u32::MAX, |node| whole.rank[node.index()]))
        })
    }
}
