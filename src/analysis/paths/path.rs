//! By which edges a path goes.

use super::states::{Journey, Rule, State};
use crate::graph::{EdgeIndex, NodeIndex};
use petgraph::Direction;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The edges of each hop of a path, the one to show first: route first where that counts, then
/// most sources, then relation, then position.
#[must_use]
pub fn hop_edges(journey: &Journey<'_>, rule: Rule, nodes: &[NodeIndex]) -> Vec<Vec<EdgeIndex>> {
    let mut hops: Vec<Vec<EdgeIndex>> =
        moves(journey, nodes).into_iter().map(|edges| edges.into_iter().collect()).collect();
    let atlas = journey.atlas();
    for edges in &mut hops {
        edges.sort_by_key(|edge| {
            let facts = atlas.edge(*edge);
            let off_route = rule == Rule::RouteFirst && !atlas.relation_of(*edge).route;
            (off_route, Reverse(facts.source_ids().count()), facts.relation, *edge)
        });
    }
    hops
}

/// The edges that each hop of a path can use, over every way to divide the path into legs.
fn moves(journey: &Journey<'_>, nodes: &[NodeIndex]) -> Vec<BTreeSet<EdgeIndex>> {
    if journey.is_plain() {
        let hop = |(at, ends): (usize, &[NodeIndex])| {
            let ways =
                journey.ways(ends[0], Direction::Outgoing).filter(|(_, next)| *next == ends[1]);
            ways.map(|(edge, _)| edge).filter(|edge| at == 0 || !journey.is_entry(*edge)).collect()
        };
        return nodes.windows(2).enumerate().map(hop).collect();
    }
    let mut layers: Vec<Vec<State>> = Vec::new();
    let mut states = journey.starts();
    states.retain(|state| Some(&state.node) == nodes.first());
    for next in nodes.iter().skip(1) {
        let here = states.iter().flat_map(|state| journey.settled(*state)).collect::<Vec<State>>();
        let there = here.iter().filter(|state| journey.hops(**state).contains_key(next));
        let there: BTreeSet<State> = there.map(|state| journey.moved(*state, *next)).collect();
        layers.push(here);
        states = there.into_iter().collect();
    }
    // Only what goes on to the end counts: a leg is where its stops are, not where a node is.
    let settled = |state: &State| journey.settled(*state);
    let mut alive: BTreeSet<State> = states
        .iter()
        .filter(|state| settled(state).iter().any(|state| journey.arrived(*state)))
        .copied()
        .collect();
    let mut hops = Vec::new();
    for (layer, next) in layers.iter().zip(nodes.iter().skip(1)).rev() {
        let mut edges = BTreeSet::new();
        let mut before = BTreeSet::new();
        for state in layer.iter().filter(|state| alive.contains(&journey.moved(**state, *next))) {
            edges.extend(journey.hops(*state).remove(next).into_iter().flatten());
            before.insert(*state);
        }
        // A state is alive if it, or one it settles into, goes on.
        alive = layer
            .iter()
            .filter(|state| settled(state).iter().any(|state| before.contains(state)))
            .copied()
            .collect();
        hops.push(edges);
    }
    hops.reverse();
    hops
}
