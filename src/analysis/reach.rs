//! Reachability on any petgraph view: what lies behind a set of nodes.

use crate::graph::{Atlas, Flow, NodeIndex};
use petgraph::visit::{IntoNeighbors, NodeIndexable, Reversed, UndirectedAdaptor};
use std::collections::VecDeque;

const NOBODY: u32 = u32::MAX;

/// The union, over the members, of what each one reaches in one to `depth` steps, without that
/// member itself. In no particular order.
///
/// A member belongs to the answer if and only if *another* member reaches it. So every node
/// keeps the two nearest distinct members that reach it, which breadth-first search finds by
/// passing each node on at most twice: O(n + m), however many members there are.
pub fn closure<G>(graph: G, members: &[G::NodeId], depth: usize) -> Vec<G::NodeId>
where
    G: IntoNeighbors + NodeIndexable,
{
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
    closure(Reversed(flow), members, depth)
}

/// What the members open: their [`closure`] along the flow.
#[must_use]
pub fn opened_by(flow: &Flow<'_>, members: &[NodeIndex], depth: usize) -> Vec<NodeIndex> {
    closure(flow, members, depth)
}

/// Which nodes a node needs, itself included, by index.
#[must_use]
pub fn needs_of(flow: &Flow<'_>, node: NodeIndex) -> Vec<bool> {
    reachable(Reversed(flow), &[node])
}

/// The members and what lies within `depth` edges of them, whatever their relation and
/// direction, nearest first.
#[must_use]
pub fn neighbourhood(atlas: &Atlas, members: &[NodeIndex], depth: usize) -> Vec<NodeIndex> {
    within(UndirectedAdaptor(atlas.graph()), members, depth)
}

/// The members and all that lies within `depth` steps of them, nearest first.
pub fn within<G>(graph: G, members: &[G::NodeId], depth: usize) -> Vec<G::NodeId>
where
    G: IntoNeighbors + NodeIndexable,
{
    let mut seen = vec![false; graph.node_bound()];
    let mut found: Vec<G::NodeId> = Vec::new();
    for member in members {
        if !std::mem::replace(&mut seen[graph.to_index(*member)], true) {
            found.push(*member);
        }
    }
    let (mut start, mut steps) = (0, 0);
    while start < found.len() && steps < depth {
        let end = found.len();
        for at in start..end {
            for next in graph.neighbors(found[at]) {
                if !std::mem::replace(&mut seen[graph.to_index(next)], true) {
                    found.push(next);
                }
            }
        }
        start = end;
        steps += 1;
    }
    found
}

/// Which nodes the members reach in any number of steps, themselves included, by index.
pub fn reachable<G>(graph: G, members: &[G::NodeId]) -> Vec<bool>
where
    G: IntoNeighbors + NodeIndexable,
{
    let mut reached = vec![false; graph.node_bound()];
    for node in within(graph, members, usize::MAX) {
        reached[graph.to_index(node)] = true;
    }
    reached
}
