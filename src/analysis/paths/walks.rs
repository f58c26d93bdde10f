//! How many shortest ways a journey has, and what lies on any way: never by enumeration.

use super::bidirectional::Layers;
use super::states::{Journey, State, has};
use crate::analysis::seen::Seen;
use crate::analysis::traverse::within_facts;
use crate::graph::{EdgeIndex, NodeIndex};
use num_bigint::BigUint;
use petgraph::Direction;
use petgraph::visit::NodeIndexable;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// The fewest hops, and how many node sequences have so few; `None` if there is no way. Exact;
/// linear in the states that lie nearer than the end.
#[must_use]
pub fn shortest(journey: &Journey<'_>) -> Option<(usize, BigUint)> {
    if journey.is_plain() {
        return Layers::new(journey).map(|layers| (layers.hops(), layers.count()));
    }
    let mut layer: BTreeMap<Vec<State>, BigUint> = BTreeMap::new();
    for start in journey.starts() {
        layer.insert(journey.settled(start), BigUint::from(1u8));
    }
    let mut seen: HashSet<Vec<State>> = HashSet::new();
    let mut hops = 0;
    while !layer.is_empty() && !journey.stopped() {
        let arrived =
            layer.iter().filter(|(states, _)| states.iter().any(|state| journey.arrived(*state)));
        let mut arrived = arrived.map(|(_, count)| count).peekable();
        if arrived.peek().is_some() {
            return Some((hops, arrived.sum()));
        }
        let mut next: BTreeMap<Vec<State>, BigUint> = BTreeMap::new();
        for (states, count) in &layer {
            if journey.stopped() {
                return None;
            }
            let mut by_node: BTreeMap<NodeIndex, BTreeSet<State>> = BTreeMap::new();
            for state in states {
                for node in journey.hops(*state).into_keys() {
                    let there = journey.settled(journey.moved(*state, node));
                    by_node.entry(node).or_default().extend(there);
                }
            }
            for states in by_node.into_values() {
                let states: Vec<State> = states.into_iter().collect();
                if !seen.contains(&states) {
                    *next.entry(states).or_default() += count;
                }
            }
        }
        seen.extend(next.keys().cloned());
        layer = next;
        hops += 1;
    }
    None
}

/// Every node and edge on any walk of the journey, by id, never by enumeration: O(n + m).
#[must_use]
pub fn walks(journey: &Journey<'_>) -> (Vec<NodeIndex>, Vec<EdgeIndex>) {
    if journey.is_plain() {
        return plain_walks(journey);
    }
    let back = backward(journey);
    let (mut nodes, mut edges) = (BTreeSet::new(), BTreeSet::new());
    for state in forward(journey, |state| back.contains(&state)) {
        nodes.insert(state.node);
        for (node, hop) in journey.hops(state) {
            if back.contains(&journey.moved(state, node)) {
                edges.extend(hop);
            }
        }
    }
    (nodes.into_iter().collect(), edges.into_iter().collect())
}

/// The same for a plain journey, whose states are nodes.
fn plain_walks(journey: &Journey<'_>) -> (Vec<NodeIndex>, Vec<EdgeIndex>) {
    let back = plain_back(journey);
    let from = beginnings(journey, &back);
    let found = plain_reach(journey, &from, |node| goes_on(journey, &back, node));
    let edges = found.nodes().flat_map(|node| goes_on(journey, &back, node).map(|(edge, _)| edge));
    let mut edges: Vec<EdgeIndex> = edges.collect();
    edges.sort_unstable();
    (found.nodes().collect(), edges)
}

/// What comes to the end of a plain journey without an entry.
fn plain_back(journey: &Journey<'_>) -> Seen {
    free_reach(journey, Direction::Incoming, journey.to()).unwrap_or_else(|| {
        plain_reach(journey, journey.to(), |node| {
            let ways = journey.ways(node, Direction::Incoming);
            ways.filter(|(edge, _)| !journey.is_entry(*edge))
        })
    })
}

/// The steps from a node to what comes to the end.
fn goes_on<'j>(
    journey: &'j Journey<'_>,
    back: &'j Seen,
    node: NodeIndex,
) -> impl Iterator<Item = (EdgeIndex, NodeIndex)> + 'j {
    journey.ways(node, Direction::Outgoing).filter(|(_, next)| back.has(next.index()))
}

/// Where a plain journey can begin and come to its end.
fn beginnings(journey: &Journey<'_>, back: &Seen) -> Vec<NodeIndex> {
    let begins =
        |node: &NodeIndex| back.has(node.index()) || goes_on(journey, back, *node).next().is_some();
    let from = journey.from().iter().copied();
    from.filter(|node| journey.allows(*node) && begins(node)).collect()
}

/// What one comes to from some nodes, themselves among it, if nothing forbids a step.
fn free_reach(journey: &Journey<'_>, direction: Direction, from: &[NodeIndex]) -> Option<Seen> {
    let flow = journey.flow();
    let found = journey.is_free().then(|| within_facts(flow, direction, from, usize::MAX))??;
    let mut seen = Seen::new(flow.node_bound());
    for node in found {
        seen.insert(node.index());
    }
    Some(seen)
}

/// What one comes to from some nodes that are allowed, themselves among it.
fn plain_reach<I: Iterator<Item = (EdgeIndex, NodeIndex)>>(
    journey: &Journey<'_>,
    from: &[NodeIndex],
    ways: impl Fn(NodeIndex) -> I,
) -> Seen {
    let mut seen = Seen::new(journey.atlas().graph().node_count());
    let mut open: Vec<NodeIndex> =
        from.iter().copied().filter(|node| journey.allows(*node)).collect();
    for node in &open {
        seen.insert(node.index());
    }
    while let Some(node) = open.pop().filter(|_| !journey.stopped()) {
        ways(node).for_each(|(_, next)| {
            if seen.insert(next.index()) {
                open.push(next);
            }
        });
    }
    seen
}

/// What the journey's start reaches on its first leg, by id, itself left out.
#[must_use]
pub fn reached(journey: &Journey<'_>) -> Vec<NodeIndex> {
    if journey.is_plain() {
        let found = free_reach(journey, Direction::Outgoing, journey.from()).unwrap_or_else(|| {
            plain_reach(journey, journey.from(), |node| journey.ways(node, Direction::Outgoing))
        });
        return found.nodes().filter(|node| !has(journey.from(), *node)).collect();
    }
    let states = forward(journey, |_| true);
    let nodes: BTreeSet<NodeIndex> = states.into_iter().map(|state| state.node).collect();
    nodes.into_iter().filter(|node| !has(journey.from(), *node)).collect()
}

/// What can come to the journey's end, by id, itself left out; what could only begin a way to it by
/// an entry too.
#[must_use]
pub fn reaching(journey: &Journey<'_>) -> Vec<NodeIndex> {
    let back: Vec<NodeIndex> = if journey.is_plain() {
        plain_back(journey).nodes().collect()
    } else {
        let moved = backward(journey).into_iter().filter(|state| !state.is_fresh());
        moved.map(|state| state.node).collect()
    };
    let mut found = Seen::new(journey.atlas().graph().node_count());
    for node in back {
        found.insert(node.index());
        let into = journey.flow().needs(node).filter(|(edge, _)| journey.is_entry(*edge));
        for (_, before) in into.filter(|(_, before)| journey.allows(*before)) {
            found.insert(before.index());
        }
    }
    found.nodes().filter(|node| !has(journey.to(), *node)).collect()
}

/// All states that can come to the end.
fn backward(journey: &Journey<'_>) -> BTreeSet<State> {
    let mut back = BTreeSet::new();
    let mut open = journey.ends();
    while let Some(state) = open.pop().filter(|_| !journey.stopped()) {
        if back.insert(state) {
            open.extend(journey.unsettled(state));
            open.extend(journey.arrivals(state).into_iter().map(|(before, _)| before));
        }
    }
    back
}

/// All states that the start comes to through states that `allowed` allows.
fn forward(journey: &Journey<'_>, allowed: impl Fn(State) -> bool) -> Vec<State> {
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    let mut open = journey.starts();
    while let Some(state) = open.pop().filter(|_| !journey.stopped()) {
        if !allowed(state) || !seen.insert(state) {
            continue;
        }
        found.push(state);
        open.extend(journey.settled(state).into_iter().skip(1));
        open.extend(journey.hops(state).into_keys().map(|node| journey.moved(state, node)));
    }
    found
}
