//! Breadth-first search on any petgraph view, and what lies behind a set of nodes.

use crate::graph::{Atlas, Flow, NodeIndex, Relations};
use petgraph::Direction;
use petgraph::visit::{
    IntoNeighbors, NodeIndexable, Reversed, UndirectedAdaptor, VisitMap, Visitable,
};
use std::collections::VecDeque;
use std::ops::Range;

/// A breadth-first search, level by level.
#[derive(Debug)]
pub(super) struct BreadthFirst<G: Visitable> {
    graph: G,
    seen: G::Map,
    /// What has been met, nearest first.
    found: Vec<G::NodeId>,
    /// Where each level begins among them; the last one is the border.
    levels: Vec<usize>,
}

impl<G: IntoNeighbors + Visitable> BreadthFirst<G> {
    /// The level of the starts.
    pub(super) fn new(graph: G, starts: impl IntoIterator<Item = G::NodeId>) -> Self {
        let mut seen = graph.visit_map();
        let starts = starts.into_iter().filter(|start| seen.visit(*start));
        Self { found: starts.collect(), graph, seen, levels: vec![0] }
    }

    /// All that can be reached from the starts. O(n + m).
    pub(super) fn whole(graph: G, starts: impl IntoIterator<Item = G::NodeId>) -> Self {
        let mut search = Self::new(graph, starts);
        // Who asks for all needs no levels.
        let mut at = 0;
        while search.step(at) {
            at += 1;
        }
        search
    }

    /// The same, unless that is more than `limit`.
    pub(super) fn within(
        graph: G,
        starts: impl IntoIterator<Item = G::NodeId>,
        limit: usize,
    ) -> Option<Self> {
        let mut search = Self::new(graph, starts);
        let mut at = 0;
        while search.found.len() <= limit {
            if !search.step(at) {
                return Some(search);
            }
            at += 1;
        }
        None
    }

    /// Adds the next level; is anything on it?
    pub(super) fn grow(&mut self) -> bool {
        let border = self.level(self.depth());
        self.levels.push(border.end);
        border.for_each(|at| self.expand(at));
        !self.border().is_empty()
    }

    /// Adds what one of those that were found leads to; false if there are not so many.
    pub(super) fn step(&mut self, at: usize) -> bool {
        let there = at < self.found.len();
        if there {
            self.expand(at);
        }
        there
    }

    fn expand(&mut self, at: usize) {
        let Self { graph, seen, found, .. } = self;
        graph.neighbors(found[at]).for_each(|next| {
            if seen.visit(next) {
                found.push(next);
            }
        });
    }

    /// How far the search has come.
    pub(super) fn depth(&self) -> usize {
        self.levels.len() - 1
    }

    /// What lies so far away, as places among all that was found.
    fn level(&self, depth: usize) -> Range<usize> {
        self.levels[depth]..self.levels.get(depth + 1).copied().unwrap_or(self.found.len())
    }

    /// What lies so far away.
    pub(super) fn at(&self, depth: usize) -> &[G::NodeId] {
        &self.found[self.level(depth)]
    }

    /// What lies farthest away.
    pub(super) fn border(&self) -> &[G::NodeId] {
        self.at(self.depth())
    }

    /// All that was found, nearest first.
    pub(super) fn found(&self) -> &[G::NodeId] {
        &self.found
    }

    /// The same as a set.
    pub(super) fn seen(&self) -> &G::Map {
        &self.seen
    }
}

/// The members and all that lies within `depth` steps of them, nearest first. O(n + m).
pub(super) fn reach<G>(graph: G, members: &[G::NodeId], depth: usize) -> Vec<G::NodeId>
where
    G: IntoNeighbors + Visitable,
{
    let members = members.iter().copied();
    if depth == usize::MAX {
        return BreadthFirst::whole(graph, members).found;
    }
    let mut search = BreadthFirst::new(graph, members);
    while search.depth() < depth && search.grow() {}
    search.found
}

const NOBODY: u32 = u32::MAX;

/// The union, over the members, of what each one reaches in one to `depth` steps, without that
/// member itself. In no particular order.
///
/// A member belongs to the answer if and only if *another* member reaches it. So every node
/// keeps the two nearest distinct members that reach it, which breadth-first search finds by
/// passing each node on at most twice: O(n + m), however many members there are.
pub fn closure<G>(graph: G, members: &[G::NodeId], depth: usize) -> Vec<G::NodeId>
where
    G: IntoNeighbors + NodeIndexable + Visitable,
{
    if let [_] = members {
        let mut found = reach(graph, members, depth);
        // A single member is no part of its own closure, not even on a circle.
        found.remove(0);
        return found;
    }
    let mut reached_by = vec![[NOBODY; 2]; graph.node_bound()];
    let mut found = Vec::new();
    let mut is_member = vec![false; graph.node_bound()];
    let mut queue = VecDeque::new();
    for member in members {
        let index = graph.to_index(*member);
        if !is_member[index] {
            is_member[index] = true;
            queue.push_back((*member, index as u32, 0));
        }
    }
    while let Some((node, by, steps)) = queue.pop_front() {
        if steps == depth {
            continue;
        }
        for next in graph.neighbors(node) {
            let index = graph.to_index(next);
            let seen = &mut reached_by[index];
            // Two are enough: whichever member a node is, one of two others is not it.
            if index as u32 == by || seen.contains(&by) || seen[1] != NOBODY {
                continue;
            }
            if seen[0] == NOBODY {
                found.push(next);
                seen[0] = by;
            } else {
                seen[1] = by;
            }
            queue.push_back((next, by, steps + 1));
        }
    }
    found
}

/// What the members need: their [`closure`] against the flow.
#[must_use]
pub fn needed_by(flow: &Flow<'_>, members: &[NodeIndex], depth: usize) -> Vec<NodeIndex> {
    match flow.rows(Direction::Incoming) {
        Some(rows) => closure(rows, members, depth),
        None => closure(Reversed(flow), members, depth),
    }
}

/// What the members open: their [`closure`] along the flow.
#[must_use]
pub fn opened_by(flow: &Flow<'_>, members: &[NodeIndex], depth: usize) -> Vec<NodeIndex> {
    match flow.rows(Direction::Outgoing) {
        Some(rows) => closure(rows, members, depth),
        None => closure(flow, members, depth),
    }
}

/// The members and what lies within `depth` edges of them, of any relation or of these, whatever
/// their direction, nearest first.
#[must_use]
pub fn neighbourhood(
    atlas: &Atlas,
    members: &[NodeIndex],
    depth: usize,
    over: &Relations,
) -> Vec<NodeIndex> {
    reach(UndirectedAdaptor(&Flow::of_everything(atlas, over)), members, depth)
}

/// The nodes that fit on the nearest level behind `start` that has any. O(n + m).
pub fn nearest_level<G>(
    graph: G,
    start: G::NodeId,
    fits: impl Fn(G::NodeId) -> bool,
) -> Vec<G::NodeId>
where
    G: IntoNeighbors + Visitable,
{
    let mut search = BreadthFirst::new(graph, [start]);
    while search.grow() {
        let found: Vec<G::NodeId> =
            search.border().iter().copied().filter(|node| fits(*node)).collect();
        if !found.is_empty() {
            return found;
        }
    }
    Vec::new()
}

/// For each node, by index, the first of `milestones` that needs it, by way of nodes that are
/// `inside`, or is it. O(n + m), since whatever lies behind a node that has been claimed has been
/// claimed before.
#[must_use]
pub fn first_needing(
    flow: &Flow<'_>,
    milestones: &[NodeIndex],
    inside: impl Fn(NodeIndex) -> bool,
) -> Vec<Option<NodeIndex>> {
    let mut claimed: Vec<Option<NodeIndex>> = vec![None; flow.node_bound()];
    for milestone in milestones {
        let mut open = vec![*milestone];
        while let Some(node) = open.pop() {
            if claimed[node.index()].is_none() && inside(node) {
                claimed[node.index()] = Some(*milestone);
                open.extend(flow.needs(node).map(|(_, need)| need));
            }
        }
    }
    claimed
}

#[cfg(test)]
mod tests {
    use super::*;
    use petgraph::graph::DiGraph;

    fn node(at: usize) -> NodeIndex {
        NodeIndex::new(at)
    }

    #[test]
    fn levels_are_distances() {
        let graph: DiGraph<(), ()> =
            DiGraph::from_edges([(0, 1), (0, 2), (1, 3), (2, 3), (3, 0), (4, 0)]);
        let mut search = BreadthFirst::new(&graph, [node(0), node(0)]);
        assert_eq!((search.depth(), search.border()), (0, &[node(0)][..]));
        assert!(search.grow() && search.grow());
        assert_eq!((search.at(1).len(), search.border()), (2, &[node(3)][..]));
        assert!(!search.grow() && !search.seen().is_visited(&node(4)));
        assert_eq!(reach(&graph, &[node(0)], 1).len(), 3);
        assert_eq!(nearest_level(&graph, node(0), |found| found == node(3)), [node(3)]);
        assert_eq!(nearest_level(&graph, node(0), |found| found == node(4)), []);
    }

    #[test]
    fn a_step_at_a_time_finds_the_same() {
        let graph: DiGraph<(), ()> = DiGraph::from_edges([(0, 1), (1, 2), (2, 0), (3, 3)]);
        let mut search = BreadthFirst::new(&graph, [node(0)]);
        let steps = (0..100).take_while(|at| search.step(*at)).count();
        assert_eq!((steps, search.found()), (3, &[node(0), node(1), node(2)][..]));
    }

    #[test]
    fn a_member_is_in_a_closure_if_another_one_reaches_it() {
        let graph: DiGraph<(), ()> = DiGraph::from_edges([(0, 1), (1, 0), (1, 2), (3, 2)]);
        let closed = |members: &[usize]| {
            let members: Vec<NodeIndex> = members.iter().map(|at| node(*at)).collect();
            let mut found = closure(&graph, &members, usize::MAX);
            found.sort_unstable();
            found.into_iter().map(NodeIndex::index).collect::<Vec<usize>>()
        };
        assert_eq!(closed(&[0]), [1, 2]);
        assert_eq!(closed(&[0, 1]), [0, 1, 2]);
        assert_eq!(closed(&[0, 3]), [1, 2]);
    }
}
