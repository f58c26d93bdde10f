//! Ranks: which column a box stands in. Arcs run forward and are short in sum.

use super::layout_graph::LayoutGraph;
use super::network_simplex::{Demand, Simplex};
use std::sync::atomic::AtomicBool;

/// The rank of each box, from 0. Arcs with labels span two, so that the label has one of its
/// own; with bands, each band's boxes stand before the next one's.
pub(super) fn ranks(
    graph: &LayoutGraph,
    position: &[(usize, usize)],
    stop: &AtomicBool,
) -> Vec<usize> {
    let count = graph.boxes.len();
    let span = if graph.arcs.iter().any(|arc| arc.label.is_some()) { 2 } else { 1 };
    let mut demands: Vec<Demand> = Vec::new();
    for (_, arc) in graph.proper_arcs() {
        let forward = position[arc.tail] < position[arc.head];
        let (tail, head) = if forward { (arc.tail, arc.head) } else { (arc.head, arc.tail) };
        demands.push(Demand { tail, head, length: span, weight: i64::from(arc.weight) });
    }
    // A band is held together by a post before it and one behind it.
    let bands = graph.bands.iter().max().map_or(0, |last| last + 1);
    for (at, band) in graph.bands.iter().enumerate() {
        let (before, behind) = (count + 2 * band, count + 2 * band + 1);
        demands.push(Demand { tail: before, head: at, length: 0, weight: 0 });
        demands.push(Demand { tail: at, head: behind, length: 0, weight: 0 });
    }
    for post in 0..(2 * bands).saturating_sub(1) {
        let length = if post % 2 == 0 { 0 } else { span };
        let (tail, head) = (count + post, count + post + 1);
        demands.push(Demand { tail, head, length, weight: i64::from(length == 0) * 8 });
    }
    let mut simplex = Simplex::new(count + 2 * bands, demands);
    simplex.improve(stop);
    let first = simplex.rank[..count].iter().min().copied().unwrap_or(0);
    simplex.rank[..count].iter().map(|rank| (rank - first) as usize).collect()
}
