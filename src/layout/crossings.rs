//! Crossing reduction: the order within ranks, with as few crossings as can be found with a bounded
//! amount of work. Sweeps of weighted medians and transpositions as in Gansner et al. (1993), then
//! sifting, from several starts; the best order wins. No clock and no chance: the same graph, the same order.

use super::layers::LayeredGraph;
use super::sifting::{NeighbourPositions, best_place, crossed, nearer_place};
use crate::stop::{raised, until};
use std::sync::atomic::AtomicBool;

/// How many links may be looked at in all.
const BUDGET: usize = 6_000_000;
/// The same for drawing links together.
const TOGETHER: usize = 2_000_000;
/// How many different orders to start from, at most.
const STARTS: usize = 1_000;
/// How many of them are far from each other; later ones keep near the best order so far.
const FRESH: usize = 12;
/// Sweeps without a better order before a start is given up.
const PATIENCE: usize = 4;
/// Of so many later starts only one sweeps; the others sift at once, which keeps more of the
/// best order.
const SWEEPING: usize = 4;

/// Orders the rows.
pub(super) fn order(layers: &mut LayeredGraph, stop: &AtomicBool) {
    let links = layers.links.len().max(1);
    let mut search =
        CrossingSearch { positions: layers.positions(), keys: Vec::new(), work: 0, layers, stop };
    let mut best: Option<(usize, Vec<Vec<usize>>)> = None;
    let mut dice = Xorshift(0x9e37_79b9_7f4a_7c15);
    for start in until(stop, 0..STARTS) {
        // A start looks at each link a dozen times or so: none is begun that would be cut short.
        if start > 1 && search.work + links * 12 > BUDGET {
            break;
        }
        match &best {
            Some((_, rows)) if start >= FRESH => search.shuffle(&mut dice, rows, 8),
            Some((_, rows)) if start > 1 => search.shuffle(&mut dice, rows, 1),
            _ => search.start_from(start),
        }
        let found = search.descend(start);
        if best.as_ref().is_none_or(|(fewest, _)| found < *fewest) {
            best = Some((found, search.layers.rows.clone()));
        }
        if found == 0 {
            break;
        }
    }
    if let Some((_, rows)) = best {
        for (rank, row) in rows.into_iter().enumerate() {
            search.set_row(rank, row);
        }
        search.work = 0;
        search.draw_together();
    }
}

/// Pseudo-random numbers by xorshift, the same on every machine.
pub(super) struct Xorshift(pub(super) u64);

impl Xorshift {
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

struct CrossingSearch<'a> {
    layers: &'a mut LayeredGraph,
    positions: Vec<usize>,
    keys: Vec<(f64, usize)>,
    work: usize,
    stop: &'a AtomicBool,
}

impl CrossingSearch<'_> {
    /// May more be done, if so much work is allowed in all?
    fn goes_on(&self, budget: usize) -> bool {
        self.work < budget && !raised(self.stop)
    }

    fn set_row(&mut self, rank: usize, row: Vec<usize>) {
        for (position, vertex) in row.iter().enumerate() {
            self.positions[*vertex] = position;
        }
        self.layers.rows[rank] = row;
    }

    /// Rows in the order in which a breadth-first walk from one side finds their vertices.
    fn start_from(&mut self, side: usize) {
        let count = self.layers.vertices.len();
        let mut seen = vec![false; count];
        let mut found: Vec<usize> = Vec::with_capacity(count);
        let rows = self.layers.rows.iter();
        let roots: Vec<usize> = match side {
            0 => rows.flatten().copied().collect(),
            _ => rows.rev().flatten().copied().collect(),
        };
        for root in roots {
            let mut next = found.len();
            if !std::mem::replace(&mut seen[root], true) {
                found.push(root);
            }
            while let Some(vertex) = found.get(next).copied() {
                next += 1;
                for side in [1, 0] {
                    for other in self.layers.neighbours(vertex, side) {
                        if !std::mem::replace(&mut seen[other], true) {
                            found.push(other);
                        }
                    }
                }
            }
        }
        let mut rows = vec![Vec::new(); self.layers.rows.len()];
        for vertex in found {
            rows[self.layers.vertices[vertex].rank].push(vertex);
        }
        for (rank, row) in rows.into_iter().enumerate() {
            self.set_row(rank, row);
        }
    }

    /// A start from the best order so far: in some ranks one in `share` vertices or fewer is put
    /// elsewhere.
    fn shuffle(&mut self, dice: &mut Xorshift, best: &[Vec<usize>], share: usize) {
        let every = if share > 1 { 1 + dice.below(4) } else { 1 };
        for (rank, row) in best.iter().enumerate() {
            let mut row = row.clone();
            if dice.below(every) == 0 {
                for _ in 0..=dice.below(1 + row.len() / share) {
                    let (from, to) = (dice.below(row.len()), dice.below(row.len()));
                    let vertex = row.remove(from);
                    row.insert(to, vertex);
                }
            }
            self.set_row(rank, row);
        }
    }

    /// Sweeps to and fro while that helps; leaves the best order found and yields its crossings.
    fn descend(&mut self, start: usize) -> usize {
        let mut fewest = self.crossings();
        let mut best = self.layers.rows.clone();
        let mut idle = 0;
        let mut sweep = start;
        let patience = if start >= FRESH && !start.is_multiple_of(SWEEPING) { 0 } else { PATIENCE };
        while idle < patience && fewest > 0 && self.goes_on(BUDGET) {
            self.sweep(sweep % 2, sweep % 4 < 2);
            self.transpose();
            // A sweep may make it worse: only the best order found is kept.
            let found = self.crossings();
            idle += 1;
            if found < fewest {
                idle = 0;
                fewest = found;
                best.clone_from(&self.layers.rows);
            }
            sweep += 1;
        }
        for (rank, row) in best.into_iter().enumerate() {
            self.set_row(rank, row);
        }
        if fewest > 0 {
            self.sift();
            fewest = self.crossings();
        }
        fewest
    }

    /// Sorts each rank by the weighted medians of its neighbours in the rank before it, seen in
    /// the direction of the sweep.
    fn sweep(&mut self, side: usize, ties_turned: bool) {
        let count = self.layers.rows.len();
        for step in 1..count {
            let rank = if side == 0 { step } else { count - 1 - step };
            let row = std::mem::take(&mut self.layers.rows[rank]);
            let mut keys = std::mem::take(&mut self.keys);
            keys.clear();
            let mut places = Vec::with_capacity(row.len());
            for (place, vertex) in row.iter().enumerate() {
                if let Some(median) = self.median(*vertex, side) {
                    keys.push((median, *vertex));
                    places.push(place);
                }
            }
            if ties_turned {
                keys.reverse();
            }
            keys.sort_by(|a, b| a.0.total_cmp(&b.0));
            // A vertex without neighbours there keeps its place.
            let mut sorted = row;
            for (place, (_, vertex)) in places.into_iter().zip(&keys) {
                sorted[place] = *vertex;
            }
            self.keys = keys;
            self.set_row(rank, sorted);
        }
        self.work += self.layers.links.len();
    }

    fn median(&self, vertex: usize, side: usize) -> Option<f64> {
        let at = self.places_beside(vertex, side);
        let middle = at.len() / 2;
        match at.len() {
            0 => None,
            2 => Some((at[0] + at[1]) as f64 / 2.0),
            odd if odd % 2 == 1 => Some(at[middle] as f64),
            even => {
                // Between the two in the middle, nearer to the side on which the others are packed.
                let left = (at[middle - 1] - at[0]) as f64;
                let right = (at[even - 1] - at[middle]) as f64;
                let (low, high) = (at[middle - 1] as f64, at[middle] as f64);
                let sum = left + right;
                Some(if sum > 0.0 { (low * right + high * left) / sum } else { low })
            }
        }
    }

    /// The sorted positions of a vertex's neighbours.
    fn places_beside(&self, vertex: usize, side: usize) -> Vec<usize> {
        let neighbours = self.layers.neighbours(vertex, side);
        let mut places: Vec<usize> = neighbours.map(|other| self.positions[other]).collect();
        places.sort_unstable();
        places
    }

    /// Exchanges neighbours in a rank as long as that takes crossings away.
    fn transpose(&mut self) {
        for rank in 0..self.layers.rows.len() {
            let mut row = std::mem::take(&mut self.layers.rows[rank]);
            let mut beside: Vec<NeighbourPositions> = self.beside(&row);
            let mut better = true;
            let mut rounds = 0;
            while better && rounds < 8 && !raised(self.stop) {
                better = false;
                rounds += 1;
                for at in 1..row.len() {
                    let (here, there) = crossed(&beside[at - 1], &beside[at], &mut self.work);
                    if there < here {
                        row.swap(at - 1, at);
                        beside.swap(at - 1, at);
                        better = true;
                    }
                }
            }
            self.set_row(rank, row);
        }
    }

    fn beside(&self, row: &[usize]) -> Vec<NeighbourPositions> {
        row.iter().map(|vertex| [0, 1].map(|side| self.places_beside(*vertex, side))).collect()
    }

    /// Moves each vertex to the best place of its rank, until that changes nothing.
    fn sift(&mut self) {
        self.move_while_better(BUDGET, |beside, at, _, work| best_place(beside, at, work));
    }

    /// Among orders with as few crossings, one with short links: hubs stand amid their leaves.
    fn draw_together(&mut self) {
        self.move_while_better(TOGETHER, nearer_place);
    }

    /// Visits vertex after vertex, rank after rank, and moves each to the place found for it, until
    /// none moves or the budget is spent.
    fn move_while_better(
        &mut self,
        budget: usize,
        place_of: impl Fn(&[NeighbourPositions], usize, [usize; 2], &mut usize) -> usize,
    ) {
        let mut better = true;
        while better && self.goes_on(budget) {
            better = false;
            for rank in 0..self.layers.rows.len() {
                let size = |at: usize| self.layers.rows.get(at).map_or(0, Vec::len);
                let sizes_beside = [size(rank.wrapping_sub(1)), size(rank + 1)];
                let mut row = std::mem::take(&mut self.layers.rows[rank]);
                // What a move in this rank costs depends on its neighbours only: they stay meanwhile.
                let mut beside = self.beside(&row);
                for at in 0..row.len() {
                    if !self.goes_on(budget) {
                        break;
                    }
                    // Rows beside stay as they are, so that the sorted places of neighbours stay
                    // true.
                    let place = place_of(&beside, at, sizes_beside, &mut self.work);
                    if place != at {
                        let (vertex, positions) = (row.remove(at), beside.remove(at));
                        row.insert(place, vertex);
                        beside.insert(place, positions);
                        better = true;
                    }
                }
                self.set_row(rank, row);
            }
        }
    }

    /// How many links cross. O(m log n), by a Fenwick tree over each rank.
    fn crossings(&mut self) -> usize {
        let mut count = 0;
        let mut tree = Vec::new();
        for rank in 1..self.layers.rows.len() {
            tree.clear();
            tree.resize(self.layers.rows[rank].len() + 1, 0usize);
            let mut put = 0;
            for vertex in &self.layers.rows[rank - 1] {
                // A link crosses those put before that end behind it. Links of one vertex do not
                // cross, so they are counted before any of them is put.
                let places = self.places_beside(*vertex, 1);
                for place in &places {
                    let mut at = place + 1;
                    let mut before = 0;
                    while at > 0 {
                        before += tree[at];
                        at &= at - 1;
                    }
                    count += put - before;
                }
                for place in &places {
                    let mut at = place + 1;
                    while at < tree.len() {
                        tree[at] += 1;
                        at += at & at.wrapping_neg();
                    }
                }
                put += places.len();
            }
        }
        self.work += self.layers.links.len();
        count
    }
}
