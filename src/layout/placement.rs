//! Where vertices stand across the ranks: as near as their order and room allow to where their
//! links come level. Rows are fitted one after the other by isotonic regression, which is exact
//! for one row (pool adjacent violators); then long arcs and lonely boxes are drawn straight.

use super::layers::{LayeredGraph, VertexKind};
use super::layout_graph::LayoutGraph;
use crate::stop::until;
use std::sync::atomic::AtomicBool;

/// Sweeps over all rows; later ones hardly move anything.
const SWEEPS: usize = 24;
/// Rounds of straightening.
const ROUNDS: usize = 4;

/// The middle of each vertex across the ranks.
pub(super) fn place(graph: &LayoutGraph, layers: &LayeredGraph, stop: &AtomicBool) -> Vec<f64> {
    let mut placing = Placing { graph, layers, middle: vec![0.0; layers.vertices.len()] };
    for row in &layers.rows {
        let mut at = 0.0;
        for (place, vertex) in row.iter().enumerate() {
            if place > 0 {
                at += layers.apart(graph, row[place - 1], *vertex);
            }
            placing.middle[*vertex] = at;
        }
        for vertex in row {
            placing.middle[*vertex] -= at / 2.0;
        }
    }
    for sweep in until(stop, 0..SWEEPS) {
        // First each side alone, that the whole untangles, then both, that it is balanced.
        let sides: &[usize] = match sweep {
            0..8 if sweep % 2 == 0 => &[0],
            0..8 => &[1],
            _ => &[0, 1],
        };
        placing.sweep(sides, sweep % 2 == 1);
    }
    let positions = layers.positions();
    for _ in until(stop, 0..ROUNDS) {
        placing.straighten(&positions);
        placing.settle(&positions);
    }
    placing.straighten(&positions);
    if graph.gaps.grid {
        // Rounding all of them down keeps whole distances, and level what is level.
        placing.middle.iter_mut().for_each(|middle| *middle = (*middle + 1e-3).floor());
    }
    placing.middle
}

struct Placing<'a> {
    graph: &'a LayoutGraph,
    layers: &'a LayeredGraph,
    middle: Vec<f64>,
}

/// Rows pooled to one stretch: where it wants to be, and with what weight.
struct Pool {
    wish: f64,
    weight: f64,
    count: usize,
}

impl Placing<'_> {
    fn sweep(&mut self, sides: &[usize], backward: bool) {
        let count = self.layers.rows.len();
        for step in 0..count {
            self.fit(if backward { count - 1 - step } else { step }, sides);
        }
    }

    /// Fits one row to its neighbours.
    fn fit(&mut self, rank: usize, sides: &[usize]) {
        let row = &self.layers.rows[rank];
        let mut pools: Vec<Pool> = Vec::with_capacity(row.len());
        let mut offsets = Vec::with_capacity(row.len());
        let mut offset = 0.0;
        for (place, vertex) in row.iter().enumerate() {
            if place > 0 {
                offset += self.layers.apart(self.graph, row[place - 1], *vertex);
            }
            offsets.push(offset);
            let (wish, weight) = self.wish(*vertex, sides);
            // Less what is needed before it, the wishes must ascend: pool those that do not.
            let mut pool = Pool { wish: wish - offset, weight, count: 1 };
            while let Some(last) = pools.pop_if(|last| last.wish > pool.wish) {
                let weight = last.weight + pool.weight;
                let wish = (last.wish * last.weight + pool.wish * pool.weight) / weight;
                pool = Pool { wish, weight, count: last.count + pool.count };
            }
            pools.push(pool);
        }
        let mut place = 0;
        for pool in pools {
            for _ in 0..pool.count {
                self.middle[row[place]] = pool.wish + offsets[place];
                place += 1;
            }
        }
    }

    /// Where a vertex wants to be: at the mean of where its links would be level.
    fn wish(&self, vertex: usize, sides: &[usize]) -> (f64, f64) {
        let (mut sum, mut weights) = (0.0, 0.0);
        for side in sides {
            for index in self.layers.joined[*side].row(vertex) {
                let link = &self.layers.links[*index];
                let other = link.ends[*side];
                let level = self.middle[other] + link.ports[*side] - link.ports[1 - side];
                let weight = link.weight * self.stiffness(link.ends);
                sum += level * weight;
                weights += weight;
            }
        }
        // Who has no links stays, but gives way to everybody.
        if weights == 0.0 { (self.middle[vertex], 0.01) } else { (sum / weights, weights) }
    }

    /// Links inside a long arc are stiffer than those at its ends.
    fn stiffness(&self, ends: [usize; 2]) -> f64 {
        let boxes =
            ends.iter().filter(|end| self.layers.vertices[**end].kind == VertexKind::Box).count();
        // The factors of Gansner et al. (1993).
        [8.0, 2.0, 1.0][boxes]
    }

    /// Between where a vertex may stand while its neighbours stay.
    fn free(&self, vertex: usize, positions: &[usize]) -> (f64, f64) {
        let row = &self.layers.rows[self.layers.vertices[vertex].rank];
        let place = positions[vertex];
        let before = place.checked_sub(1).map(|place| row[place]);
        let low = before.map_or(f64::NEG_INFINITY, |other| {
            self.middle[other] + self.layers.apart(self.graph, other, vertex)
        });
        let high = row.get(place + 1).map_or(f64::INFINITY, |other| {
            self.middle[*other] - self.layers.apart(self.graph, vertex, *other)
        });
        (low, high)
    }

    /// Puts all the bends of each long arc on one level where there is room, best that of one of
    /// its ends.
    fn straighten(&mut self, positions: &[usize]) {
        for chain in &self.layers.chains {
            let (Some(first), Some(last)) = (chain.first(), chain.last()) else {
                continue;
            };
            let (first, last) = (&self.layers.links[*first], &self.layers.links[*last]);
            let levels = [
                self.middle[first.ends[0]] + first.ports[0],
                self.middle[last.ends[1]] + last.ports[1],
            ];
            let bends = chain[1..].iter().map(|link| self.layers.links[*link].ends[0]);
            let bends: Vec<usize> = bends.collect();
            let mut start = 0;
            // As far as one level goes, then the next.
            while start < bends.len() {
                let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
                let mut end = start;
                while let Some(bend) = bends.get(end) {
                    let (from, to) = self.free(*bend, positions);
                    if from.max(low) > to.min(high) {
                        break;
                    }
                    (low, high) = (from.max(low), to.min(high));
                    end += 1;
                }
                if end == start {
                    start += 1;
                    continue;
                }
                let run = &bends[start..end];
                let mean =
                    run.iter().map(|bend| self.middle[*bend]).sum::<f64>() / run.len() as f64;
                let own = match (start == 0, end == bends.len()) {
                    (true, true) => nearer(mean, levels),
                    (true, false) => levels[0],
                    (false, true) => levels[1],
                    (false, false) => mean,
                };
                let level = own.clamp(low, high);
                for bend in run {
                    self.middle[*bend] = level;
                }
                start = end;
            }
        }
    }

    /// Moves each box to the median level of its links, as far as there is room.
    fn settle(&mut self, positions: &[usize]) {
        for vertex in 0..self.graph.boxes.len() {
            let mut levels: Vec<f64> = Vec::new();
            for side in 0..2 {
                for index in self.layers.joined[side].row(vertex) {
                    let link = &self.layers.links[*index];
                    levels.push(
                        self.middle[link.ends[side]] + link.ports[side] - link.ports[1 - side],
                    );
                }
            }
            if levels.is_empty() {
                continue;
            }
            // The median makes the sum of climbs least; between two of them any level does.
            levels.sort_by(f64::total_cmp);
            let (lower, upper) = (levels[(levels.len() - 1) / 2], levels[levels.len() / 2]);
            let here = self.middle[vertex].clamp(lower, upper);
            let (low, high) = self.free(vertex, positions);
            if low <= high {
                self.middle[vertex] = here.clamp(low, high);
            }
        }
    }
}

fn nearer(to: f64, levels: [f64; 2]) -> f64 {
    if (levels[0] - to).abs() <= (levels[1] - to).abs() { levels[0] } else { levels[1] }
}
