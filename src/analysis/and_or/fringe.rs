//! What can be learned next: the outer fringe of a knowledge state.

use super::graph::AndOrGraph;
use super::requirements::{Extent, Requirements, marks};
use crate::analysis::reach_counts::reached_counts;
use crate::analysis::{learning_rank, needed_by};
use crate::graph::{Flow, NodeIndex};
use petgraph::Direction;
use petgraph::visit::{IntoNodeIdentifiers, NodeIndexable};
use std::cmp::Reverse;
use std::sync::atomic::AtomicBool;

/// A node that can be learned next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ready {
    /// The node.
    pub node: NodeIndex,
    /// How many nodes it opens.
    pub unlocks: usize,
    /// Is it, for all that was asked about, no more than recommended?
    pub recommended: bool,
    /// The number of its joint step, if it can only be learned together with others.
    pub joint: Option<usize>,
}

/// The nodes that are not known and whose clauses are all satisfied by what is known, or by what is
/// learned in the same joint step, whose number each has.
pub(super) fn fringe(flow: &Flow<'_>, known: &[NodeIndex]) -> Vec<(NodeIndex, Option<usize>)> {
    let all: Vec<NodeIndex> = flow.node_identifiers().collect();
    let is_known = marks(all.len(), known);
    let nobody = vec![false; all.len()];
    // All nodes are goals: the fringe is a question about the whole flow.
    let graph = AndOrGraph::behind(flow, &all, |node| is_known[node.index()]);
    let extent = Extent { graph: &graph, goals: &all, known: &is_known, barred: &nobody };
    let requirements = Requirements::new(extent, |_| true, |_| true);
    // A clause that holds is left out, so whoever still asks for none can be learned.
    let asks = &requirements.instance.asks;
    let mut found: Vec<(NodeIndex, Option<usize>)> = Vec::new();
    for (step, members) in requirements.members.iter().enumerate() {
        let joint = (members.len() > 1).then_some(step);
        if asks.row(step).is_empty() {
            found.extend(members.iter().map(|node| (*node, joint)));
        }
    }
    found
}

/// The fringe of what is known, as far as some arc of the flow touches it: the node that opens most
/// first, ties in learning order.
#[must_use]
pub fn ready(flow: &Flow<'_>, known: &[NodeIndex], stop: &AtomicBool) -> Vec<Ready> {
    // Of a part of a graph the fringe is that of the whole flow.
    if flow.atlas().partial().is_some() {
        let Some(whole) = flow.atlas().structure() else { return Vec::new() };
        let found = ready(&Flow::all(&whole.atlas), &whole.places(known), stop);
        let back = |ready: Ready| Some(Ready { node: whole.back(ready.node)?, ..ready });
        return found.into_iter().filter_map(back).collect();
    }
    let mut found = fringe(flow, known);
    found.retain(|(node, _)| flow.needs(*node).chain(flow.opens(*node)).next().is_some());
    let nodes: Vec<NodeIndex> = found.iter().map(|(node, _)| *node).collect();
    let counts = reached_counts(flow, &nodes, Direction::Outgoing, stop);
    let counts = counts.into_iter().map(Option::unwrap_or_default);
    let ready = found.into_iter().zip(counts);
    let mut ready: Vec<Ready> = ready
        .map(|((node, joint), unlocks)| Ready { node, unlocks, joint, recommended: false })
        .collect();
    let rank = learning_rank(flow.atlas());
    ready.sort_by_key(|ready| (Reverse(ready.unlocks), rank[ready.node.index()]));
    ready
}

/// Of what can be learned next the goals and what they need: what some goal requires before what
/// is only recommended for them, each in the order of [`ready`].
#[must_use]
pub fn ready_for(
    flow: &Flow<'_>,
    goals: &[NodeIndex],
    known: &[NodeIndex],
    stop: &AtomicBool,
) -> Vec<Ready> {
    let behind = |flow: &Flow<'_>| {
        let mut behind = needed_by(flow, goals, usize::MAX);
        behind.extend(goals);
        marks(flow.node_bound(), &behind)
    };
    let wanted = behind(flow);
    // Closures over arcs, not plans: an option of a required clause counts as required.
    let required = behind(&Flow::required(flow.atlas()));
    let mut found = ready(flow, known, stop);
    found.retain(|ready| wanted[ready.node.index()]);
    for ready in &mut found {
        ready.recommended = !required[ready.node.index()];
    }
    // The sort is stable, so each half keeps the order of `ready`.
    found.sort_by_key(|ready| ready.recommended);
    found
}
