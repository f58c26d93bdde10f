//! Columns by kind: which kind stands beside which.

use crate::answer::Picture;
use std::collections::BTreeMap;

/// The band of each node: its kind's place in an order that keeps kinds with many edges between
/// them side by side, found by inserting each kind where it costs least.
pub(super) fn bands(picture: &Picture<'_>, arcs: &[(usize, usize)]) -> Vec<usize> {
    let kinds: Vec<usize> = (0..picture.nodes.len()).map(|at| kind_of(picture, at)).collect();
    let mut between: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut weight: BTreeMap<usize, usize> = kinds.iter().map(|kind| (*kind, 0)).collect();
    for (tail, head) in arcs {
        let (tail, head) = (kinds[*tail], kinds[*head]);
        if tail != head {
            *between.entry((tail, head)).or_default() += 1;
            *weight.entry(tail).or_default() += 1;
            *weight.entry(head).or_default() += 1;
        }
    }
    let mut heaviest: Vec<usize> = weight.keys().copied().collect();
    heaviest.sort_by_key(|kind| std::cmp::Reverse(weight[kind]));
    let mut order: Vec<usize> = Vec::new();
    for kind in heaviest {
        let places = (0..=order.len()).map(|place| {
            let mut tried = order.clone();
            tried.insert(place, kind);
            (cost(&between, &tried), tried)
        });
        if let Some((_, best)) = places.min_by_key(|(cost, _)| *cost) {
            order = best;
        }
    }
    let place: BTreeMap<usize, usize> =
        order.into_iter().enumerate().map(|(place, kind)| (kind, place)).collect();
    kinds.iter().map(|kind| place[kind]).collect()
}

/// How far edges between kinds reach; those against the order count a little more.
fn cost(between: &BTreeMap<(usize, usize), usize>, order: &[usize]) -> usize {
    let place = |kind: usize| order.iter().position(|known| *known == kind);
    let costs = between.iter().map(|((tail, head), count)| match (place(*tail), place(*head)) {
        (Some(tail), Some(head)) => count * (4 * tail.abs_diff(head) + usize::from(tail > head)),
        _ => 0,
    });
    costs.sum()
}

fn kind_of(picture: &Picture<'_>, at: usize) -> usize {
    picture.atlas.node(picture.nodes[at].node).kinds.first().copied().unwrap_or(usize::MAX)
}
