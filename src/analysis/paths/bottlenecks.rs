//! What every way passes.

use super::bidirectional::ShortestWalks;
use super::states::{Journey, State};
use crate::analysis::sorted_unique;
use crate::graph::NodeIndex;
use petgraph::Direction;
use petgraph::visit::{VisitMap, Visitable};

/// The nodes on every path of a journey without stops and `via`, by id; none if there is no
/// path.
///
/// Along one shortest path, a node is on every path if what is reached without passing it, from
/// the nodes before it and off the path, lies no farther along. O(n + m): every state is
/// expanded once.
#[must_use]
pub fn bottlenecks(journey: &Journey<'_>) -> Vec<NodeIndex> {
    let Some(walks) = ShortestWalks::new(journey) else { return Vec::new() };
    let (path, _) = walks.cheapest(|_| 0);
    let mut place = vec![None; journey.atlas().node_bound()];
    for (at, node) in path.iter().enumerate() {
        place[node.index()] = Some(at);
    }
    let mut seen = journey.visit_map();
    let mut open = journey.starts();
    // The states met at each node of the path, which wait for their turn.
    let mut on_path = vec![Vec::new(); path.len()];
    let after = |state: State| journey.moves(state, Direction::Outgoing).map(|(_, next)| next);
    let mut farthest = 0;
    let mut found = Vec::new();
    for (at, node) in path.iter().enumerate() {
        while let Some(state) = open.pop() {
            if !seen.visit(state) {
                continue;
            }
            match place[state.node.index()] {
                Some(place) => {
                    farthest = farthest.max(place);
                    on_path[place].push(state);
                }
                None if journey.arrived(state) => farthest = path.len(),
                None => open.extend(after(state)),
            }
        }
        if farthest == at {
            found.push(*node);
        }
        open.extend(on_path[at].drain(..).flat_map(after));
    }
    sorted_unique(found)
}
