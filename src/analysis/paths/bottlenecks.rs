//! What every way passes.

use super::states::Journey;
use crate::graph::NodeIndex;
use petgraph::Direction;
use petgraph::visit::NodeIndexable;
use std::collections::VecDeque;

/// The nodes on every path of a journey without stops and `via`, by id; none if there is no
/// path.
///
/// Along one shortest path, a node is on every path if what is reached without passing it, from
/// the nodes before it and off the path, lies no farther along. O(n + m): every node is
/// expanded once.
#[must_use]
pub fn bottlenecks(journey: &Journey<'_>) -> Vec<NodeIndex> {
    let path = any_shortest(journey);
    if path.is_empty() {
        return path;
    }
    let bound = journey.atlas().graph().node_bound();
    let mut place: Vec<Option<usize>> = vec![None; bound];
    for (at, node) in path.iter().enumerate() {
        place[node.index()] = Some(at);
    }
    let mut seen = vec![false; bound];
    let mut open: Vec<NodeIndex> = journey.starting();
    let mut farthest = 0;
    let mut found = Vec::new();
    for (at, node) in path.iter().enumerate() {
        while let Some(next) = open.pop() {
            match place[next.index()] {
                Some(place) => farthest = farthest.max(place),
                None if std::mem::replace(&mut seen[next.index()], true) => {}
                None if journey.ends_at(next) => farthest = path.len(),
                None => open.extend(next_nodes(journey, next)),
            }
        }
        if farthest == at {
            found.push(*node);
        }
        open.extend(next_nodes(journey, *node));
    }
    crate::analysis::sorted_unique(found)
}

fn next_nodes<'j>(
    journey: &'j Journey<'_>,
    node: NodeIndex,
) -> impl Iterator<Item = NodeIndex> + 'j {
    journey.ways(node, Direction::Outgoing).map(|(_, next)| next)
}

/// A path of the fewest hops, by breadth-first search.
fn any_shortest(journey: &Journey<'_>) -> Vec<NodeIndex> {
    let bound = journey.atlas().graph().node_bound();
    let mut came_from: Vec<Option<NodeIndex>> = vec![None; bound];
    let mut queue = VecDeque::from(journey.starting());
    for start in &queue {
        came_from[start.index()] = Some(*start);
    }
    while let Some(node) = queue.pop_front() {
        if journey.ends_at(node) {
            let mut path = vec![node];
            let mut last = node;
            while let Some(before) = came_from[last.index()].filter(|before| *before != last) {
                path.push(before);
                last = before;
            }
            path.reverse();
            return path;
        }
        for next in next_nodes(journey, node) {
            if came_from[next.index()].is_none() {
                came_from[next.index()] = Some(node);
                queue.push_back(next);
            }
        }
    }
    Vec::new()
}
