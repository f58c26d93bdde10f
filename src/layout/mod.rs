//! Our own layered layout, after Sugiyama, Tagawa and Toda (1981): `LayoutGraph -> Arranged -> Scene`.
//!
//! Cycles are broken (greedy feedback arc set), boxes get ranks (network simplex), arcs become
//! chains of links between neighbouring ranks, rows are ordered for few crossings (median sweeps,
//! transposition, sifting), placed across for straight arcs (isotonic regression), and drawn as
//! level and climbing curves. Each step is a file; none knows clock or chance, an answer or a format.

mod components;
mod crossings;
mod feedback_arcs;
mod geometry;
mod kind_columns;
mod lane_links;
mod layers;
mod layout_graph;
mod loops;
mod metrics;
mod network_simplex;
mod packing;
mod placement;
mod ranks;
mod roadmap;
mod routing;
mod scene;
mod sifting;
mod text;

pub use geometry::{Area, Curve, Point};
pub use kind_columns::kind_columns;
pub use layout_graph::{Arranged, Gaps, LayoutArc, LayoutGraph, Size};
pub use loops::draw_loops;
pub use metrics::{EDGE_TEXT, LINE, Metrics, NODE_TEXT};
pub use roadmap::{
    CardText, LaneText, PlacedCard, PlacedLane, PlacedText, RoadmapScene, Sheet, roadmap,
};
pub use scene::{EdgeLabel, Scene, SceneEdge, SceneNode};
#[cfg(feature = "png")]
pub use text::font;
pub use text::{text_width, wrapped};

use crate::stop::{NEVER, raised};
use layers::LayeredGraph;
use std::sync::atomic::AtomicBool;

/// How many pieces between neighbouring ranks the arcs may have in all.
const MOST_LINKS: usize = 400_000;

/// Arranges a graph: boxes never overlap, arcs run along the ranks, labels stand on their arcs.
/// Loops are not drawn, but their room is kept. `None` if arcs pass so many ranks that this
/// would take long, and nobody could follow them.
#[must_use]
pub fn arrange(graph: &LayoutGraph) -> Option<Arranged> {
    arrange_until(graph, &NEVER)
}

/// The same, given up once `stop` is raised.
#[must_use]
pub fn arrange_until(graph: &LayoutGraph, stop: &AtomicBool) -> Option<Arranged> {
    let parts = components::components(graph);
    let (lonely, joined): (Vec<_>, Vec<_>) =
        parts.into_iter().partition(|(boxes, _)| boxes.len() == 1);
    let mut place = vec![0; graph.boxes.len()];
    let mut pieces: Vec<(Arranged, Vec<usize>, Vec<usize>)> = Vec::new();
    for (boxes, arcs) in joined {
        for (at, index) in boxes.iter().enumerate() {
            place[*index] = at;
        }
        let arranged = layered(&graph.piece(&boxes, &arcs, &place), stop)?;
        pieces.push((arranged, boxes, arcs));
    }
    let sizes: Vec<Point> = pieces.iter().map(|(piece, ..)| piece.size).collect();
    let (mut corners, mut size) = packing::packed(&sizes, graph.gaps.parts);
    if !lonely.is_empty() {
        let boxes: Vec<usize> = lonely.iter().map(|(boxes, _)| boxes[0]).collect();
        let arcs: Vec<usize> = lonely.iter().flat_map(|(_, arcs)| arcs.clone()).collect();
        for (at, index) in boxes.iter().enumerate() {
            place[*index] = at;
        }
        let grid = packing::grid(&graph.piece(&boxes, &arcs, &place), size.x);
        let below = if pieces.is_empty() { 0.0 } else { size.y + graph.gaps.parts };
        corners.push(Point { x: 0.0, y: below });
        size = Point { x: size.x.max(grid.size.x), y: below + grid.size.y };
        pieces.push((grid, boxes, arcs));
    }
    Some(together(graph, pieces, &corners, size))
}

fn together(
    graph: &LayoutGraph,
    pieces: Vec<(Arranged, Vec<usize>, Vec<usize>)>,
    corners: &[Point],
    size: Point,
) -> Arranged {
    let mut whole = Arranged {
        boxes: vec![Area::default(); graph.boxes.len()],
        curves: vec![Curve::default(); graph.arcs.len()],
        labels: vec![None; graph.arcs.len()],
        size,
    };
    for ((piece, boxes, arcs), corner) in pieces.into_iter().zip(corners) {
        for (area, index) in piece.boxes.into_iter().zip(boxes) {
            whole.boxes[index] = area.moved(*corner);
        }
        for ((curve, label), index) in piece.curves.into_iter().zip(piece.labels).zip(arcs) {
            whole.curves[index] = curve.map(|point| point.moved(*corner));
            whole.labels[index] = label.map(|area| area.moved(*corner));
        }
    }
    whole
}

/// Arranges one connected part.
fn layered(graph: &LayoutGraph, stop: &AtomicBool) -> Option<Arranged> {
    let ranks = ranks::ranks(graph, &feedback_arcs::acyclic_order(graph), stop);
    let ranks = ranks::wrapped(graph, ranks);
    let spans = graph.arcs.iter().map(|arc| ranks[arc.tail].abs_diff(ranks[arc.head]));
    if spans.sum::<usize>() > MOST_LINKS {
        return None;
    }
    let mut layers = if graph.arcs.iter().any(|arc| arc.label.is_some()) {
        let halved: Vec<usize> = ranks.iter().map(|rank| rank / 2).collect();
        let mut coarse = LayeredGraph::new(graph, &halved);
        crossings::order(&mut coarse, stop);
        LayeredGraph::refined(graph, &ranks, &coarse)
    } else {
        let mut layers = LayeredGraph::new(graph, &ranks);
        crossings::order(&mut layers, stop);
        layers
    };
    layers.spread_ports(graph);
    let middle = placement::place(graph, &layers, stop);
    (!raised(stop)).then(|| routing::route(graph, &layers, &middle))
}

#[cfg(test)]
mod tests;
