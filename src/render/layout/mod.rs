//! Our own layered layout, after Sugiyama: `Picture -> Draft -> Scene`.
//!
//! Cycles are broken, boxes get ranks, arcs become chains of links between neighbouring ranks,
//! rows are ordered for few crossings, placed across for straight arcs, and drawn as level and
//! climbing curves. Each step is a file; none knows the clock, chance or the graph's vocabulary.

mod bands;
mod crossings;
mod cycles;
mod draft;
mod exchange;
mod layers;
mod medium;
mod parts;
mod placement;
mod ranks;
mod routing;
mod scene;
mod sketch;
mod text;

pub use draft::{Arc, Arranged, Draft, Gaps, Size};
pub use medium::Medium;
pub(in crate::render) use medium::{EDGE_TEXT, LINE, NODE_TEXT};
pub use scene::{Area, Curve, EdgeLabel, Point, Scene, SceneEdge, SceneNode};
pub use sketch::{Columns, Direction, lay_out};
#[cfg(feature = "png")]
pub(in crate::render) use text::FONT;
pub use text::text_width;
pub(in crate::render) use text::wrapped;

use crate::stop::{NEVER, raised};
use layers::Layers;
use std::sync::atomic::AtomicBool;

/// How many pieces between neighbouring ranks the arcs may have in all.
const MOST_LINKS: usize = 400_000;

/// Arranges a draft: boxes never overlap, arcs run along the ranks, labels stand on their arcs.
/// Loops are not drawn, but their room is kept. `None` if arcs pass so many ranks that this
/// would take long, and nobody could follow them.
#[must_use]
pub fn arrange(draft: &Draft) -> Option<Arranged> {
    arrange_until(draft, &NEVER)
}

/// The same, given up once `stop` is raised.
#[must_use]
pub fn arrange_until(draft: &Draft, stop: &AtomicBool) -> Option<Arranged> {
    let parts = parts::parts(draft);
    let (lonely, joined): (Vec<_>, Vec<_>) =
        parts.into_iter().partition(|(boxes, _)| boxes.len() == 1);
    let mut place = vec![0; draft.boxes.len()];
    let mut pieces: Vec<(Arranged, Vec<usize>, Vec<usize>)> = Vec::new();
    for (boxes, arcs) in joined {
        for (at, index) in boxes.iter().enumerate() {
            place[*index] = at;
        }
        let arranged = layered(&draft.piece(&boxes, &arcs, &place), stop)?;
        pieces.push((arranged, boxes, arcs));
    }
    let sizes: Vec<Point> = pieces.iter().map(|(piece, ..)| piece.size).collect();
    let (mut corners, mut size) = parts::packed(&sizes, draft.gaps.parts);
    if !lonely.is_empty() {
        let boxes: Vec<usize> = lonely.iter().map(|(boxes, _)| boxes[0]).collect();
        let arcs: Vec<usize> = lonely.iter().flat_map(|(_, arcs)| arcs.clone()).collect();
        for (at, index) in boxes.iter().enumerate() {
            place[*index] = at;
        }
        let grid = parts::grid(&draft.piece(&boxes, &arcs, &place), size.x);
        let below = if pieces.is_empty() { 0.0 } else { size.y + draft.gaps.parts };
        corners.push(Point { x: 0.0, y: below });
        size = Point { x: size.x.max(grid.size.x), y: below + grid.size.y };
        pieces.push((grid, boxes, arcs));
    }
    Some(together(draft, pieces, &corners, size))
}

fn together(
    draft: &Draft,
    pieces: Vec<(Arranged, Vec<usize>, Vec<usize>)>,
    corners: &[Point],
    size: Point,
) -> Arranged {
    let mut whole = Arranged {
        boxes: vec![Area::default(); draft.boxes.len()],
        curves: vec![Curve::default(); draft.arcs.len()],
        labels: vec![None; draft.arcs.len()],
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
fn layered(draft: &Draft, stop: &AtomicBool) -> Option<Arranged> {
    let ranks = ranks::ranks(draft, &cycles::acyclic_order(draft), stop);
    let spans = draft.arcs.iter().map(|arc| ranks[arc.tail].abs_diff(ranks[arc.head]));
    if spans.sum::<usize>() > MOST_LINKS {
        return None;
    }
    let mut layers = if draft.arcs.iter().any(|arc| arc.label.is_some()) {
        let halved: Vec<usize> = ranks.iter().map(|rank| rank / 2).collect();
        let mut coarse = Layers::new(draft, &halved);
        crossings::order(&mut coarse, stop);
        Layers::refined(draft, &ranks, &coarse)
    } else {
        let mut layers = Layers::new(draft, &ranks);
        crossings::order(&mut layers, stop);
        layers
    };
    layers.spread_ports(draft);
    let middle = placement::place(draft, &layers, stop);
    (!raised(stop)).then(|| routing::route(draft, &layers, &middle))
}
