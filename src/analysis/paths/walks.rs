//! What lies on any walk of a journey: never by enumeration.

use super::itinerary::has;
use super::states::Journey;
use crate::analysis::traverse::BreadthFirst;
use crate::graph::{EdgeIndex, NodeIndex};
use petgraph::Direction;
use petgraph::visit::{NodeFiltered, Reversed, VisitMap};

/// Every node and edge on any walk of the journey, by id, never by enumeration: O(n + m).
#[must_use]
pub fn walks(journey: &Journey<'_>) -> (Vec<NodeIndex>, Vec<EdgeIndex>) {
    let back = BreadthFirst::whole(Reversed(journey), journey.ends());
    let leads = |state| back.seen().is_visited(&state);
    let on_way = NodeFiltered::from_fn(journey, leads);
    let starts = journey.starts().into_iter().filter(|start| leads(*start));
    let found = BreadthFirst::whole(&on_way, starts);
    let mut edges: Vec<EdgeIndex> = Vec::new();
    for state in found.found() {
        let moves = journey.moves(*state, Direction::Outgoing);
        moves.for_each(|(edge, next)| edges.extend(leads(next).then_some(edge)));
    }
    edges.sort_unstable();
    edges.dedup();
    (found.seen().nodes(), edges)
}

/// What the journey's start reaches, by id, itself left out; `None` if it is more than `limit`, which
/// is only asked of one leg: there a node has two states at most.
#[must_use]
pub fn reached(journey: &Journey<'_>, limit: usize) -> Option<Vec<NodeIndex>> {
    let (journey, states) = (&journey.unbounded(), limit.saturating_mul(2));
    let mut nodes = BreadthFirst::within(journey, journey.starts(), states)?.seen().nodes();
    nodes.retain(|node| !has(journey.itinerary().from(), *node));
    (nodes.len() <= limit).then_some(nodes)
}

/// What can come to the journey's end, by id, itself left out; what could only begin a way to it by
/// an entry too; `None` if it is more than `limit`, as in [`reached`].
#[must_use]
pub fn reaching(journey: &Journey<'_>, limit: usize) -> Option<Vec<NodeIndex>> {
    let (journey, states) = (&journey.unbounded(), limit.saturating_mul(2));
    let back = BreadthFirst::within(Reversed(journey), journey.ends(), states)?;
    let mut found = back.seen().moved_nodes();
    let into = found.iter().flat_map(|node| journey.flow().needs(*node));
    let entries = into.filter(|(edge, before)| journey.is_entry(*edge) && journey.allows(*before));
    let entries: Vec<NodeIndex> = entries.map(|(_, before)| before).collect();
    found.extend(entries);
    found.retain(|node| !has(journey.itinerary().to(), *node));
    let found = crate::analysis::sorted_unique(found);
    (found.len() <= limit).then_some(found)
}
