//! Columns by kind: which kind stands beside which.

use std::collections::BTreeMap;

/// How many edges lead to another kind, and how many come from there.
type Between = BTreeMap<usize, [usize; 2]>;

/// The band of columns of each node, told its kind: the kind's place in an order that keeps kinds with
/// many edges between them side by side, found by inserting each kind where it costs least.
/// O(kinds · (kinds + edges)).
#[must_use]
pub fn kind_columns(kinds: &[usize], arcs: &[(usize, usize)]) -> Vec<usize> {
    let mut between: BTreeMap<usize, Between> =
        kinds.iter().map(|kind| (*kind, Between::new())).collect();
    for (tail, head) in arcs.iter().map(|(tail, head)| (kinds[*tail], kinds[*head])) {
        if tail != head {
            for (own, other, way) in [(tail, head, 0), (head, tail, 1)] {
                between.entry(own).or_default().entry(other).or_default()[way] += 1;
            }
        }
    }
    let mut heaviest: Vec<usize> = between.keys().copied().collect();
    let weight = |kind: &usize| between[kind].values().flatten().sum::<usize>();
    // Kinds with many edges choose first; those with few fit in between.
    heaviest.sort_by_key(|kind| std::cmp::Reverse(weight(kind)));
    let mut row = KindOrder { order: Vec::new(), gaps: vec![0] };
    for kind in heaviest {
        row.insert(kind, &between[&kind]);
    }
    let place: BTreeMap<usize, usize> =
        row.order.into_iter().enumerate().map(|(place, kind)| (kind, place)).collect();
    kinds.iter().map(|kind| place[kind]).collect()
}

/// Kinds side by side.
struct KindOrder {
    order: Vec<usize>,
    /// What it costs to part those on both sides of each place: how far all edges across reach
    /// farther then.
    gaps: Vec<usize>,
}

/// What an edge costs for each place it reaches farther. One against the order costs 1 besides.
const STEP: usize = 4;

impl KindOrder {
    /// Inserts a kind where it costs least, the first of such places.
    fn insert(&mut self, kind: usize, between: &Between) {
        // What it costs others to be parted, and on top of that how far the kind's own edges reach.
        let mut costs = self.gaps.clone();
        let known = self.order.iter().enumerate();
        let known = known.filter_map(|(at, other)| Some((at, between.get(other)?)));
        let known: Vec<(usize, [usize; 2])> = known.map(|(at, counts)| (at, *counts)).collect();
        for (at, [there, back]) in &known {
            for (place, cost) in costs.iter_mut().enumerate() {
                let (reach, against) =
                    if place <= *at { (at + 1 - place, back) } else { (place - at, there) };
                *cost += (there + back) * STEP * reach + against;
            }
        }
        let Some(place) = (0..costs.len()).min_by_key(|place| costs[*place]) else { return };
        self.order.insert(place, kind);
        // One gap has become two, and whatever crossed it crosses both.
        self.gaps.insert(place, self.gaps[place]);
        for (at, [there, back]) in known {
            let parted = if place <= at { place + 1..=at + 1 } else { at + 1..=place };
            for gap in &mut self.gaps[parted] {
                *gap += (there + back) * STEP;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same by trying each place and adding up all anew.
    fn twin(kinds: &[usize], arcs: &[(usize, usize)]) -> Vec<usize> {
        let ends: Vec<(usize, usize)> = arcs.iter().map(|(a, b)| (kinds[*a], kinds[*b])).collect();
        let cost = |order: &[usize]| -> usize {
            let place = |kind: usize| order.iter().position(|known| *known == kind);
            let cost = |(tail, head): &(usize, usize)| match (place(*tail), place(*head)) {
                (Some(tail), Some(head)) => 4 * tail.abs_diff(head) + usize::from(tail > head),
                _ => 0,
            };
            ends.iter().map(cost).sum()
        };
        let mut all = kinds.to_vec();
        all.sort_unstable();
        all.dedup();
        let weight = |kind: usize| {
            let apart = ends.iter().filter(|(tail, head)| tail != head);
            apart.filter(|(tail, head)| *tail == kind || *head == kind).count()
        };
        all.sort_by_key(|kind| std::cmp::Reverse(weight(*kind)));
        let mut order: Vec<usize> = Vec::new();
        for kind in all {
            let tried = (0..=order.len()).map(|place| {
                let mut tried = order.clone();
                tried.insert(place, kind);
                tried
            });
            order = tried.min_by_key(|tried| cost(tried)).expect("one place at least");
        }
        let place = |kind: &usize| order.iter().position(|known| known == kind).expect("there");
        kinds.iter().map(place).collect()
    }

    #[test]
    fn kinds_stand_where_trying_all_places_puts_them() {
        let mut thrown = crate::dice::Dice(7);
        let mut dice = |sides: usize| thrown.roll(sides);
        for _ in 0..200 {
            let count = 1 + dice(14);
            let kinds: Vec<usize> = (0..count).map(|_| dice(9)).collect();
            let arcs: Vec<_> = (0..dice(30)).map(|_| (dice(count), dice(count))).collect();
            assert_eq!(kind_columns(&kinds, &arcs), twin(&kinds, &arcs), "{kinds:?} {arcs:?}");
        }
    }

    #[test]
    fn thousands_of_kinds_take_no_time() {
        let kinds: Vec<usize> = (0..4_000).collect();
        let arcs: Vec<(usize, usize)> = (1..4_000).map(|at| (at, at - 1)).collect();
        let bands = kind_columns(&kinds, &arcs);
        let apart = arcs.iter().map(|(a, b)| bands[*a].abs_diff(bands[*b])).max();
        assert!(apart <= Some(2), "a chain of kinds stays a chain: {apart:?}");
    }
}
