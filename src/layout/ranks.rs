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
        // Even posts open a band and odd ones close it: bands stand a rank apart, and within one
        // the weight draws its posts together.
        let length = if post % 2 == 0 { 0 } else { span };
        let (tail, head) = (count + post, count + post + 1);
        demands.push(Demand { tail, head, length, weight: i64::from(length == 0) * 8 });
    }
    let mut simplex = Simplex::new(count + 2 * bands, demands);
    simplex.improve(stop);
    let first = simplex.rank[..count].iter().min().copied().unwrap_or(0);
    simplex.rank[..count].iter().map(|rank| (rank - first) as usize).collect()
}

/// A rank of more boxes than this is broken.
const TALL: usize = 40;
/// Into columns of about so many.
const COLUMN: usize = 24;

/// The ranks with those of many boxes broken into several, so that no picture is one long column.
/// Arcs run the way they did. Bands have columns of their own, and terminals scroll.
pub(super) fn wrapped(graph: &LayoutGraph, ranks: Vec<usize>) -> Vec<usize> {
    let last = ranks.iter().max().copied().unwrap_or(0);
    let mut counts = vec![0_usize; last + 1];
    ranks.iter().for_each(|rank| counts[*rank] += 1);
    if graph.gaps.grid || !graph.bands.is_empty() || counts.iter().all(|count| *count <= TALL) {
        return ranks;
    }
    let span = if graph.arcs.iter().any(|arc| arc.label.is_some()) { 2 } else { 1 };
    let columns = |count: usize| if count > TALL { count.div_ceil(COLUMN) } else { 1 };
    let mut shift = 0;
    let shifts: Vec<usize> = counts
        .iter()
        .map(|count| {
            let before = shift;
            shift += span * (columns(*count) - 1);
            before
        })
        .collect();
    let mut seen = vec![0_usize; last + 1];
    let places = ranks.into_iter().map(|rank| {
        let column = seen[rank] / counts[rank].div_ceil(columns(counts[rank]));
        seen[rank] += 1;
        rank + shifts[rank] + span * column
    });
    places.collect()
}

#[cfg(test)]
mod tests {
    use super::wrapped;
    use crate::layout::{LayoutArc, LayoutGraph, Size};

    #[test]
    fn a_long_rank_is_broken_and_arcs_run_forward() {
        // So many sources of one, which is the source of another.
        let count = 120;
        let arc = |tail, head| LayoutArc { tail, head, label: None, weight: 1, firmness: 1 };
        let arcs = (0..count).map(|at| arc(at, count)).chain([arc(count, count + 1)]);
        let size = Size { main: 80.0, cross: 30.0 };
        let graph = LayoutGraph {
            boxes: vec![size; count + 2],
            loops: vec![0.0; count + 2],
            reach: vec![0.0; count + 2],
            arcs: arcs.collect(),
            ..LayoutGraph::default()
        };
        let ranks: Vec<usize> = (0..count + 2).map(|at| at.saturating_sub(count - 1)).collect();
        let placed = wrapped(&graph, ranks);
        assert!(graph.arcs.iter().all(|arc| placed[arc.tail] < placed[arc.head]));
        let most = (0..=7).map(|rank| placed.iter().filter(|own| **own == rank).count()).max();
        assert_eq!(most, Some(24));
        assert_eq!(placed[count + 1], placed[count] + 1);
    }
}
