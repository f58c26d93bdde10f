//! What every way passes.

use super::bidirectional::ShortestWalks;
use super::states::Journey;
use crate::analysis::sorted_unique;
use crate::graph::NodeIndex;
use petgraph::visit::{IntoNeighbors, VisitMap, Visitable};

/// The nodes on every path of a journey without stops and `via`, by id; none if there is no
/// path.
///
/// Along one shortest path, a node is on every path if what is reached without passing it, from
/// the nodes before it and off the path, lies no farther along. O(n + m): every state is
/// expanded once.
#[must_use]
pub fn bottlenecks(journey: &Journey<'_>) -> Vec<NodeIndex> {
    let Some(walks) = ShortestWalks::new(journey) else { return Vec::new() };
    let path = walks.any();
    let mut place = vec![None; journey.atlas().node_bound()];
    for (at, node) in path.iter().enumerate() {
        place[node.index()] = Some(at);
    }
    let mut seen = journey.visit_map();
    let mut open = journey.starts();
    let mut farthest = 0;
    let mut found = Vec::new();
    for (at, node) in path.iter().enumerate() {
        while let Some(state) = open.pop() {
            if !seen.visit(state) {
                continue;
            }
            match place[state.node.index()] {
                // Waits for its turn.
                Some(place) => farthest = farthest.max(place),
                None if journey.arrived(state) => farthest = path.len(),
                None => journey.neighbors(state).for_each(|next| open.push(next)),
            }
        }
        if farthest == at {
            found.push(*node);
        }
        for state in seen.at(*node) {
            journey.neighbors(state).for_each(|next| open.push(next));
        }
    }
    sorted_unique(found)
}
