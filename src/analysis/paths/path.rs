//! A path, and by which edges it goes.

use super::cost::{Cost, Rule};
use super::states::{Journey, State};
use crate::graph::{Atlas, EdgeIndex, NodeIndex};
use petgraph::Direction;
use std::cmp::Reverse;
use std::collections::BTreeSet;

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
        let hops = edges_along(journey, &nodes).into_iter().map(|edges| {
            let mut edges: Vec<EdgeIndex> = edges.into_iter().collect();
            edges.sort_by_key(rank);
            edges
        });
        Self { hops: hops.collect(), nodes }
    }

    /// What it costs.
    #[must_use]
    pub fn cost(&self, atlas: &Atlas, rule: Rule) -> Cost {
        let hops = self.hops.iter().map(|edges| Cost::of_hop(atlas, rule, edges));
        hops.fold(Cost::default(), |sum, hop| sum + hop)
    }
}

/// The edges that each hop can use, over every way to divide the nodes into legs.
fn edges_along(journey: &Journey<'_>, nodes: &[NodeIndex]) -> Vec<BTreeSet<EdgeIndex>> {
    let Some((first, rest)) = nodes.split_first() else { return Vec::new() };
    let moves = |state: &State, onto: NodeIndex| {
        let moves = journey.moves(*state, Direction::Outgoing);
        moves.filter(move |(_, next)| next.node == onto)
    };
    // All states that one can be in at each node, except the last one.
    let mut behind: Vec<BTreeSet<State>> = Vec::with_capacity(rest.len());
    let starts = journey.starts().into_iter();
    let mut here: BTreeSet<State> = starts.filter(|state| state.node == *first).collect();
    for node in rest {
        let next = here.iter().flat_map(|state| moves(state, *node));
        let next = next.map(|(_, next)| next).collect();
        behind.push(std::mem::replace(&mut here, next));
    }
    // Only what goes on to the end counts: a leg is where its stops are, not where a node is.
    here.retain(|state| journey.arrived(*state));
    let mut hops = Vec::with_capacity(rest.len());
    for (states, node) in behind.iter().zip(rest).rev() {
        let (mut edges, mut before) = (BTreeSet::new(), BTreeSet::new());
        for state in states {
            for (edge, _) in moves(state, *node).filter(|(_, next)| here.contains(next)) {
                edges.insert(edge);
                before.insert(*state);
            }
        }
        here = before;
        hops.push(edges);
    }
    hops.reverse();
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
