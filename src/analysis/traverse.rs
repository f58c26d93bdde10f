//! Reachability on any petgraph view: what lies behind a set of nodes.

use super::seen::Seen;
use crate::graph::{Atlas, Flow, NodeIndex, Relations};
use petgraph::Direction;
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
    if let [_] = members {
        let mut found = within(graph, members, depth);
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
    of_one(flow, Direction::Incoming, members, depth)
        .unwrap_or_else(|| closure(Reversed(flow), members, depth))
}

/// The [`closure`] of a single member where no change lies over the facts: most are of that kind.
fn of_one(
    flow: &Flow<'_>,
    direction: Direction,
    members: &[NodeIndex],
    depth: usize,
) -> Option<Vec<NodeIndex>> {
    let [_] = members else { return None };
    let mut found = within_facts(flow, direction, members, depth)?;
    found.remove(0);
    Some(found)
}

/// [`within`] some steps of a flow where no change lies over the facts.
pub(in crate::analysis) fn within_facts(
    flow: &Flow<'_>,
    direction: Direction,
    members: &[NodeIndex],
    depth: usize,
) -> Option<Vec<NodeIndex>> {
    let ends = flow.ends(direction)?;
    let index = |node: NodeIndex| node.index();
    Some(spread(members, depth, (flow.node_bound(), index), |node| ends(node).iter().copied()))
}

/// What the members open: their [`closure`] along the flow.
#[must_use]
pub fn opened_by(flow: &Flow<'_>, members: &[NodeIndex], depth: usize) -> Vec<NodeIndex> {
    of_one(flow, Direction::Outgoing, members, depth)
        .unwrap_or_else(|| closure(flow, members, depth))
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
    within(UndirectedAdaptor(&Flow::of_everything(atlas, over)), members, depth)
}

/// The members and all that lies within `depth` steps of them, nearest first.
pub fn within<G>(graph: G, members: &[G::NodeId], depth: usize) -> Vec<G::NodeId>
where
    G: IntoNeighbors + NodeIndexable,
{
    let index = |node| graph.to_index(node);
    spread(members, depth, (graph.node_bound(), index), |node| graph.neighbors(node))
}

/// The same where nodes stand at places below a bound and have these neighbours.
fn spread<N: Copy, I: Iterator<Item = N>>(
    members: &[N],
    depth: usize,
    (bound, index): (usize, impl Fn(N) -> usize),
    neighbours: impl Fn(N) -> I,
) -> Vec<N> {
    let mut seen = Seen::new(bound);
    let mut found: Vec<N> = Vec::new();
    for member in members {
        if seen.insert(index(*member)) {
            found.push(*member);
        }
    }
    let (mut start, mut end, mut steps) = (0, found.len(), 0);
    while start < end && steps < depth {
        let mut next_end = end;
        for at in start..end {
            let node = found[at];
            let behind = neighbours(node);
            let most = behind.size_hint().1.unwrap_or_else(|| neighbours(node).count());
            found.resize(found.len().max(next_end + most), node);
            // Each is written where the next new one goes and stays if it is new: no branch, which
            // a processor would guess wrong half of the time.
            behind.for_each(|next| {
                found[next_end] = next;
                next_end += usize::from(seen.insert(index(next)));
            });
        }
        (start, end) = (end, next_end);
        steps += 1;
    }
    found.truncate(end);
    found
}

/// The nodes that fit on the nearest level behind `start` that has any. O(n + m).
pub fn nearest_level<G>(
    graph: G,
    start: G::NodeId,
    fits: impl Fn(G::NodeId) -> bool,
) -> Vec<G::NodeId>
where
    G: IntoNeighbors + NodeIndexable,
{
    let mut seen = Seen::new(graph.node_bound());
    seen.insert(graph.to_index(start));
    let mut level = vec![start];
    while !level.is_empty() {
        let mut next = Vec::new();
        for node in level {
            for neighbour in graph.neighbors(node) {
                if seen.insert(graph.to_index(neighbour)) {
                    next.push(neighbour);
                }
            }
        }
        let found: Vec<G::NodeId> = next.iter().copied().filter(|node| fits(*node)).collect();
        if !found.is_empty() {
            return found;
        }
        level = next;
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
