//! What can be learned next: the outer fringe of a knowledge state.

use super::learning_rank;
use super::requirements::{Requirements, Scope};
use crate::graph::{Flow, NodeIndex};
use petgraph::Direction;
use petgraph::visit::IntoNeighborsDirected;
use petgraph::visit::IntoNodeIdentifiers;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// A node that can be learned next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ready {
    /// The node.
    pub node: NodeIndex,
    /// How many nodes it opens.
    pub unlocks: usize,
    /// The number of its joint step, if it can only be learned together with others.
    pub joint: Option<usize>,
}

/// The nodes that some arc of the flow touches, that are not known and whose clauses are all
/// satisfied by what is known, or by what is learned in the same joint step; the one that opens
/// most first, ties in learning order.
#[must_use]
pub fn ready(flow: &Flow<'_>, known: &[NodeIndex], stop: &AtomicBool) -> Vec<Ready> {
    let all: Vec<NodeIndex> = flow.node_identifiers().collect();
    let mut is_known = vec![false; all.len()];
    for node in known {
        is_known[node.index()] = true;
    }
    let nobody = vec![false; all.len()];
    let scope = Scope { flow, goals: &all, known: &is_known, barred: &nobody };
    let requirements = Requirements::new(scope, |_, _| true, |_| true);
    let fringe =
        (0..requirements.members.len()).filter(|step| requirements.asks.get(*step).is_empty());
    let mut found: Vec<(NodeIndex, Option<usize>)> = Vec::new();
    for step in fringe {
        let members = &requirements.members[step];
        let joint = (members.len() > 1).then_some(step);
        found.extend(members.iter().map(|node| (*node, joint)));
    }
    found.retain(|(node, _)| flow.needs(*node).chain(flow.opens(*node)).next().is_some());
    let nodes: Vec<NodeIndex> = found.iter().map(|(node, _)| *node).collect();
    let counts = reached_counts(flow, &nodes, Direction::Outgoing, stop);
    let ready = found.into_iter().zip(counts);
    let mut ready: Vec<Ready> =
        ready.map(|((node, joint), unlocks)| Ready { node, unlocks, joint }).collect();
    let rank = learning_rank(flow.atlas());
    ready.sort_by_key(|ready| (Reverse(ready.unlocks), rank[ready.node.index()]));
    ready
}

/// How many nodes each of `nodes` opens (outgoing) or needs (incoming), itself left out. Nodes
/// that reach the same directly are counted once, 64 of them at a time: O(k / 64 (n + m)) for k different ones, since a word of 64
/// marks passes each arc only while it grows. Once `stop` is set, the rest counts nothing.
#[must_use]
pub fn reached_counts(
    flow: &Flow<'_>,
    nodes: &[NodeIndex],
    direction: Direction,
    stop: &AtomicBool,
) -> Vec<usize> {
    let mut alike: BTreeMap<Vec<NodeIndex>, usize> = BTreeMap::new();
    let mut class = Vec::with_capacity(nodes.len());
    for node in nodes {
        let mut next: Vec<NodeIndex> = flow.neighbors_directed(*node, direction).collect();
        next.sort_unstable();
        next.dedup();
        let fresh = alike.len();
        class.push(*alike.entry(next).or_insert(fresh));
    }
    let mut starts: Vec<(&Vec<NodeIndex>, usize)> = alike.iter().map(|(s, at)| (s, *at)).collect();
    starts.sort_by_key(|(_, at)| *at);
    let mut counts = vec![0; starts.len()];
    // On a cycle a node reaches itself, which does not count.
    let mut own = vec![false; nodes.len()];
    for (batch, starts) in starts.chunks(64).enumerate() {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let mut marks = vec![0u64; flow.atlas().graph().node_count()];
        let mut open = Vec::new();
        for (bit, (start, _)) in starts.iter().enumerate() {
            for node in *start {
                marks[node.index()] |= 1 << bit;
                open.push(*node);
            }
        }
        spread(flow, &mut marks, open, direction, stop);
        for mark in marks.iter().filter(|mark| **mark != 0) {
            for bit in 0..starts.len() {
                counts[batch * 64 + bit] += usize::from(mark >> bit & 1 == 1);
            }
        }
        for (at, node) in nodes.iter().enumerate().filter(|(at, _)| class[*at] / 64 == batch) {
            own[at] = marks[node.index()] >> (class[at] % 64) & 1 == 1;
        }
    }
    let count = |(class, own): (&usize, &bool)| counts[*class] - usize::from(*own);
    class.iter().zip(&own).map(count).collect()
}

/// Passes marks on along the flow until nothing changes.
fn spread(
    flow: &Flow<'_>,
    marks: &mut [u64],
    mut open: Vec<NodeIndex>,
    direction: Direction,
    stop: &AtomicBool,
) {
    let mut waiting = vec![false; marks.len()];
    open.retain(|node| !std::mem::replace(&mut waiting[node.index()], true));
    while let Some(node) = open.pop().filter(|_| !stop.load(Ordering::Relaxed)) {
        waiting[node.index()] = false;
        let mark = marks[node.index()];
        for next in flow.neighbors_directed(node, direction) {
            let grown = marks[next.index()] | mark;
            if grown != marks[next.index()] {
                marks[next.index()] = grown;
                if !std::mem::replace(&mut waiting[next.index()], true) {
                    open.push(next);
                }
            }
        }
    }
}
