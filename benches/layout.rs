//! How long the layout takes, and that twice the size takes little more than twice as long:
//! `cargo bench --bench layout`.

#![allow(clippy::print_stdout, reason = "a bench tells its figures")]

use opsatlas::layout::{LayoutArc, LayoutGraph, Size, arrange};
use std::time::Instant;

/// A sparse draft of so many boxes, three arcs to two boxes, by a fixed sequence.
fn draft(boxes: usize) -> LayoutGraph {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % limit as u64) as usize
    };
    let arcs = (0..boxes * 3 / 2).map(|_| {
        let tail = below(boxes - 1);
        let head = (tail + 1 + below(boxes / 10)).min(boxes - 1);
        LayoutArc { tail, head, label: None, weight: 1, firmness: 1 }
    });
    LayoutGraph {
        arcs: arcs.collect(),
        boxes: vec![Size { main: 80.0, cross: 34.0 }; boxes],
        loops: vec![0.0; boxes],
        reach: vec![0.0; boxes],
        ..LayoutGraph::default()
    }
}

fn main() {
    let mut before = None;
    for boxes in [250, 500, 1_000, 2_000, 4_000] {
        let draft = draft(boxes);
        let begun = Instant::now();
        let arranged = arrange(&draft);
        let took = begun.elapsed().as_secs_f64() * 1e3;
        let ratio = before.map_or(String::new(), |before| format!(", {:.1} times", took / before));
        let drawn = if arranged.is_some() { "arranged" } else { "refused" };
        println!("{boxes} boxes {drawn} in {took:.1} ms{ratio}");
        before = Some(took);
    }
}
