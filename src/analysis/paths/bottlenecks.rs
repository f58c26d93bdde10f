//! What every way passes.

use super::states::Journey;
use crate::analysis::traverse::BreadthFirst;
use crate::graph::NodeIndex;
use fixedbitset::FixedBitSet;
use petgraph::visit::{IntoNeighbors, VisitMap, Visitable};

/// The place of a node that is not on the path.
const OFF_PATH: u32 = u32::MAX;

/// The nodes on every path of a journey without stops and `via`, by id; none if there is no
/// path.
///
/// Along any path, a node is on every path if what is reached without passing it, from
/// the nodes before it and off the path, lies no farther along. O(n + m): every state is
/// expanded once.
#[must_use]
pub fn bottlenecks(journey: &Journey<'_>) -> Vec<NodeIndex> {
    let path = any_path(journey);
    let mut place = vec![OFF_PATH; journey.atlas().node_bound()];
    for (at, node) in (0..).zip(&path) {
        place[node.index()] = at;
    }
    let mut seen = journey.visit_map();
    let mut open = journey.starts();
    let mut farthest = 0;
    let mut found = FixedBitSet::with_capacity(place.len());
    for (at, node) in (0..).zip(&path) {
        while let Some(state) = open.pop() {
            if !seen.visit(state) {
                continue;
            }
            match place[state.node.index()] {
                OFF_PATH if journey.arrived(state) => farthest = OFF_PATH,
                OFF_PATH => journey.neighbors(state).for_each(|next| open.push(next)),
                // Waits for its turn.
                place => farthest = farthest.max(place),
            }
        }
        // Nothing met so far gets beyond this node except through it.
        if farthest == at {
            found.insert(node.index());
        }
        for state in seen.at(*node) {
            journey.neighbors(state).for_each(|next| open.push(next));
        }
    }
    found.ones().map(NodeIndex::new).collect()
}

/// The nodes of one of the shortest paths, if there is any.
fn any_path(journey: &Journey<'_>) -> Vec<NodeIndex> {
    let mut search = BreadthFirst::new(journey, journey.starts());
    // Where what each of those found led to begins among them.
    let mut begins = Vec::new();
    while search.found().get(begins.len()).is_some_and(|state| !journey.arrived(*state)) {
        begins.push(search.found().len());
        search.step(begins.len() - 1);
    }
    let mut path: Vec<NodeIndex> = Vec::new();
    let mut at = begins.len();
    while let Some(state) = search.found().get(at) {
        path.push(state.node);
        while begins.last().is_some_and(|begin| *begin > at) {
            begins.pop();
        }
        if begins.is_empty() {
            break;
        }
        at = begins.len() - 1;
    }
    path.reverse();
    path
}
