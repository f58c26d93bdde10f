//! How many node sequences the shortest walks are: never by enumeration.

use super::bidirectional::ShortestWalks;
use super::states::Journey;
use crate::graph::NodeIndex;
use num_bigint::BigUint;
use std::collections::{BTreeMap, BTreeSet};

/// The fewest hops, and how many node sequences have so few; `None` if there is no way. Exact;
/// linear in what lies nearer to either end than where searches from both meet.
#[must_use]
pub fn shortest(journey: &Journey<'_>) -> Option<(usize, BigUint)> {
    ShortestWalks::new(journey).map(|walks| (walks.hops(), number(&walks)))
}

/// How many node sequences the walks are.
pub(super) fn number(walks: &ShortestWalks<'_, '_>) -> BigUint {
    if !walks.journey().is_deterministic() {
        return number_by_sets(walks);
    }
    // Numbers of any size are slow and seldom needed: first as long as 128 bits hold them.
    let small = counted(walks, 1u128, |a, b| a.checked_add(*b)).map(BigUint::from);
    let large = || counted(walks, BigUint::from(1u8), |a, b| Some(a + b));
    small.or_else(large).unwrap_or_default()
}

/// Where each node sequence is one sequence of states: how many of these come to each state, layer
/// by layer; `None` if a number cannot hold it.
fn counted<N: Clone + Default>(
    walks: &ShortestWalks<'_, '_>,
    one: N,
    add: impl Fn(&N, &N) -> Option<N>,
) -> Option<N> {
    let mut counts = vec![N::default(); walks.len()];
    counts[walks.layer(0)].fill(one);
    let last = walks.layer(walks.hops());
    // Places ascend layer by layer, so that a count is whole before it is passed on.
    for place in 0..last.start {
        for hop in walks.hops_from(place as u32) {
            // Parallel edges are one hop: sequences of nodes are counted, not of edges.
            let to = hop[0].0 as usize;
            counts[to] = add(&counts[to], &counts[place])?;
        }
    }
    let last = &counts[last];
    last.iter().try_fold(N::default(), |sum, count| add(&sum, count))
}

/// Where it can be several: by all states that one can be in after a sequence (the subset
/// construction, which makes an automaton deterministic).
fn number_by_sets(walks: &ShortestWalks<'_, '_>) -> BigUint {
    let node = |place: u32| walks.node(place);
    let starts: Vec<u32> = walks.layer(0).map(|place| place as u32).collect();
    let starts = starts.chunk_by(|a, b| node(*a) == node(*b));
    let mut sets: BTreeMap<Vec<u32>, BigUint> =
        starts.map(|places| (places.to_vec(), BigUint::from(1u8))).collect();
    for _ in 0..walks.hops() {
        let mut next: BTreeMap<Vec<u32>, BigUint> = BTreeMap::new();
        for (places, count) in sets {
            let mut by_node: BTreeMap<NodeIndex, BTreeSet<u32>> = BTreeMap::new();
            for place in places {
                for (to, _) in walks.moves(place) {
                    by_node.entry(node(*to)).or_default().insert(*to);
                }
            }
            for set in by_node.into_values() {
                *next.entry(set.into_iter().collect()).or_default() += &count;
            }
        }
        sets = next;
    }
    sets.into_values().sum()
}
