//! Loops, which no rank can hold.

use super::geometry::{Area, Curve, Point};
use super::layout_graph::{Arranged, LayoutGraph};
use super::metrics::Metrics;
use std::collections::BTreeMap;

/// Draws loops into the room that was kept for them, side by side, each with its words at its top.
pub fn draw_loops(graph: &LayoutGraph, arranged: &mut Arranged, metrics: &Metrics) {
    if metrics.looped == 0.0 {
        return;
    }
    let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, arc) in graph.arcs.iter().enumerate().filter(|(_, arc)| arc.tail == arc.head) {
        of.entry(arc.tail).or_default().push(index);
    }
    for (node, loops) in of {
        let area = arranged.boxes[node];
        let stride = area.width / loops.len() as f64;
        let foot = (stride / 4.0).min(9.0);
        let mut left = area.middle().x - graph.reach[node] / 2.0;
        for (place, index) in loops.into_iter().enumerate() {
            let label = graph.arcs[index].label;
            let size = label.unwrap_or_default();
            let room = metrics.loop_room(size);
            let feet = area.corner.x + stride * (place as f64 + 0.5);
            let top = Point {
                x: left + room.main / 2.0,
                y: area.corner.y - metrics.looped - size.cross / 2.0,
            };
            left += room.main;
            // A cubic reaches three quarters of the way to its control points.
            let hand = Point { x: foot + 14.0, y: area.corner.y + (top.y - area.corner.y) / 0.75 };
            let lean = feet + (top.x - feet) / 0.75;
            let at = |x: f64, y: f64| Point { x, y };
            arranged.curves[index] = Curve {
                start: at(feet - foot, area.corner.y),
                pieces: vec![[
                    at(lean - hand.x, hand.y),
                    at(lean + hand.x, hand.y),
                    at(feet + foot, area.corner.y),
                ]],
            };
            arranged.labels[index] = label.map(|size| Area::around(top, size.main, size.cross));
        }
    }
}
