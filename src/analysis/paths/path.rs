//! A path, and by which edges it goes.

use super::cost::{Cost, Rule};
use super::states::{Journey, State};
use crate::graph::{Atlas, EdgeIndex, NodeIndex};
use petgraph::Direction;
use std::cmp::Reverse;

/// A path: its nodes, and of each hop the edges, the one to show first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Path {
    /// The nodes.
    pub nodes: Vec<NodeIndex>,
    /// The edges of each hop.
    pub hops: Vec<Vec<EdgeIndex>>,
}

impl Path {
    /// The path of a journey by these nodes, with the edges of each hop: route first where that
    /// counts, then most sources, then relation, then position.
    pub(super) fn along(journey: &Journey<'_>, rule: Rule, nodes: Vec<NodeIndex>) -> Self {
        let atlas = journey.atlas();
        let rank = |edge: &EdgeIndex| {
            let facts = atlas.edge(*edge);
            let off_route = rule == Rule::RouteFirst && !atlas.relation_of(*edge).route;
            (off_route, Reverse(facts.source_ids().count()), facts.relation, *edge)
        };
        let mut hops = edges_along(journey, &nodes);
        for edges in hops.iter_mut().filter(|edges| edges.len() > 1) {
            edges.sort_by_key(rank);
        }
        Self { nodes, hops }
    }

    /// What it costs.
    #[must_use]
    pub fn cost(&self, atlas: &Atlas, rule: Rule) -> Cost {
        let hops = self.hops.iter().map(|edges| Cost::of_hop(atlas, rule, edges));
        hops.fold(Cost::default(), |sum, hop| sum + hop)
    }
}

/// The edges that each hop can use, over every way to divide the nodes into legs, by id.
fn edges_along(journey: &Journey<'_>, nodes: &[NodeIndex]) -> Vec<Vec<EdgeIndex>> {
    let Some((first, rest)) = nodes.split_first() else { return Vec::new() };
    let moves = |state: State, onto: NodeIndex| {
        let moves = journey.moves(state, Direction::Outgoing);
        moves.filter(move |(_, next)| next.node == onto)
    };
    // All states that one can be in, node after node, and where those of each node begin.
    let mut states = journey.starts();
    states.retain(|state| state.node == *first);
    let (mut begins, mut next) = (vec![0], Vec::new());
    for node in rest {
        let here = &states[begins[begins.len() - 1]..];
        next.extend(here.iter().flat_map(|state| moves(*state, *node)).map(|(_, next)| next));
        next.sort_unstable();
        next.dedup();
        begins.push(states.len());
        states.append(&mut next);
    }
    // Only what goes on to the end counts: a leg is where its stops are, not where a node is.
    let mut alive = states.split_off(begins[rest.len()]);
    alive.retain(|state| journey.arrived(*state));
    let mut hops = vec![Vec::new(); rest.len()];
    for (at, node) in rest.iter().enumerate().rev() {
        let edges = &mut hops[at];
        states[begins[at]..].iter().for_each(|state| {
            let onward = moves(*state, *node).filter(|(_, next)| alive.contains(next));
            let before = edges.len();
            edges.extend(onward.map(|(edge, _)| edge));
            next.extend((edges.len() > before).then_some(*state));
        });
        edges.sort_unstable();
        edges.dedup();
        states.truncate(begins[at]);
        std::mem::swap(&mut alive, &mut next);
        next.clear();
    }
    hops
}

/// The nodes of the way that comes first by ids: of where it can begin, and of where it goes on to from
/// each place, only what has the smallest node is followed. `onward` tells nothing at an end.
pub(super) fn first_by_ids<S: Copy + Ord>(
    starts: Vec<S>,
    node: impl Fn(S) -> NodeIndex,
    mut onward: impl FnMut(S) -> Option<Vec<S>>,
) -> Vec<NodeIndex> {
    let (mut nodes, mut here) = (Vec::new(), starts);
    while let Some(first) = here.iter().map(|place| node(*place)).min() {
        nodes.push(first);
        let mut next = Vec::new();
        for place in here.into_iter().filter(|place| node(*place) == first) {
            let Some(places) = onward(place) else { return nodes };
            next.extend(places);
        }
        next.sort_unstable();
        next.dedup();
        here = next;
    }
    nodes
}
