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
    /// The path of a journey by these nodes, with the edges of each hop.
    pub(super) fn along(journey: &Journey<'_>, rule: Rule, nodes: Vec<NodeIndex>) -> Self {
        let ends = (journey.starts(), |state| journey.arrived(state));
        let moves = |state| journey.moves(state, Direction::Outgoing);
        let hops = edges_along(&nodes, ends, |state: State| state.node, moves);
        Self::ranked(journey.atlas(), rule, nodes, hops)
    }

    /// Of each hop first the route where that counts, then what has most sources, then by
    /// relation, then by position.
    pub(super) fn ranked(
        atlas: &Atlas,
        rule: Rule,
        nodes: Vec<NodeIndex>,
        mut hops: Vec<Vec<EdgeIndex>>,
    ) -> Self {
        let rank = |edge: &EdgeIndex| {
            let facts = atlas.edge(*edge);
            let off_route = rule == Rule::RouteFirst && !atlas.relation_of(*edge).route;
            (off_route, Reverse(facts.source_ids().count()), facts.relation, *edge)
        };
        for edges in hops.iter_mut().filter(|edges| edges.len() > 1) {
            edges.sort_by_key(rank);
        }
        Self { nodes, hops }
    }

    /// What it costs.
    #[must_use]
    pub fn cost(&self, atlas: &Atlas, rule: Rule) -> Cost {
        let hops = self.hops.iter().map(|edges| Cost::of_hop(atlas, rule, edges.iter().copied()));
        hops.fold(Cost::default(), |sum, hop| sum + hop)
    }
}

/// The edges that each hop between these nodes can use, by id, over every way to divide them into
/// legs: of `ends` the first are the states to begin in, the second tells which are an end.
pub(super) fn edges_along<S: Copy + Ord, I: Iterator<Item = (EdgeIndex, S)>>(
    nodes: &[NodeIndex],
    (mut states, arrived): (Vec<S>, impl Fn(S) -> bool),
    node: impl Fn(S) -> NodeIndex,
    moves: impl Fn(S) -> I,
) -> Vec<Vec<EdgeIndex>> {
    let Some((first, rest)) = nodes.split_first() else { return Vec::new() };
    // All states that one can be in, node after node, and where those of each node begin.
    states.retain(|state| node(*state) == *first);
    let (mut begins, mut next) = (vec![0], Vec::new());
    for onto in rest {
        let here = &states[begins[begins.len() - 1]..];
        let there = here.iter().flat_map(|state| moves(*state)).map(|(_, next)| next);
        next.extend(there.filter(|next| node(*next) == *onto));
        next.sort_unstable();
        next.dedup();
        begins.push(states.len());
        states.append(&mut next);
    }
    // Only what goes on to the end counts: a leg is where its stops are, not where a node is.
    let mut alive = states.split_off(begins[rest.len()]);
    alive.retain(|state| arrived(*state));
    let mut hops = vec![Vec::new(); rest.len()];
    for (at, edges) in hops.iter_mut().enumerate().rev() {
        states[begins[at]..].iter().for_each(|state| {
            let before = edges.len();
            let onward = moves(*state).filter(|(_, next)| alive.contains(next));
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
/// each place, only what has the smallest node is followed. `onward` adds where to; nothing at an end.
pub(super) fn first_by_ids<S: Copy + Ord>(
    starts: Vec<S>,
    node: impl Fn(S) -> NodeIndex,
    onward: impl Fn(S, &mut Vec<S>),
) -> Vec<NodeIndex> {
    let (mut nodes, mut here, mut next) = (Vec::new(), starts, Vec::new());
    while let Some(first) = here.iter().map(|place| node(*place)).min() {
        nodes.push(first);
        for place in here.drain(..).filter(|place| node(*place) == first) {
            let before = next.len();
            onward(place, &mut next);
            if next.len() == before {
                return nodes;
            }
        }
        next.sort_unstable();
        next.dedup();
        std::mem::swap(&mut here, &mut next);
    }
    nodes
}
