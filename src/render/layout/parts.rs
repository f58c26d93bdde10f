//! Parts that no arc joins: each is arranged alone, and they are packed on shelves; lonely boxes
//! stand in a grid.

use super::draft::{Arranged, Draft};
use super::scene::{Area, Curve, Point};

/// How much wider than high a packed picture would like to be.
const ASPECT: f64 = 1.7;

/// The connected parts, each with its boxes and arcs by index, in the order of their first box.
/// With bands everything that has an arc is one part.
pub(super) fn parts(draft: &Draft) -> Vec<(Vec<usize>, Vec<usize>)> {
    let count = draft.boxes.len();
    let mut joined = vec![Vec::new(); count];
    for arc in &draft.arcs {
        joined[arc.tail].push(arc.head);
        joined[arc.head].push(arc.tail);
    }
    let mut part_of = vec![usize::MAX; count];
    let mut parts: Vec<(Vec<usize>, Vec<usize>)> = Vec::new();
    let mut banded = None;
    for first in 0..count {
        if part_of[first] != usize::MAX {
            continue;
        }
        let lonely = joined[first].iter().all(|other| *other == first);
        let part = match banded {
            Some(part) if !lonely => part,
            _ => {
                parts.push(Default::default());
                parts.len() - 1
            }
        };
        if !lonely && !draft.bands.is_empty() {
            banded = Some(part);
        }
        part_of[first] = part;
        let mut open = vec![first];
        while let Some(at) = open.pop() {
            parts[part].0.push(at);
            for other in &joined[at] {
                if part_of[*other] == usize::MAX {
                    part_of[*other] = part;
                    open.push(*other);
                }
            }
        }
    }
    for (index, arc) in draft.arcs.iter().enumerate() {
        parts[part_of[arc.tail]].1.push(index);
    }
    for part in &mut parts {
        part.0.sort_unstable();
    }
    parts
}

/// Where each rectangle goes so that all together are about as wide as they should be: the
/// highest first, on shelves from left to right. Yields the corners and the whole size.
pub(super) fn packed(sizes: &[Point], gap: f64) -> (Vec<Point>, Point) {
    let room: f64 = sizes.iter().map(|size| (size.x + gap) * (size.y + gap)).sum();
    let widest = sizes.iter().map(|size| size.x).fold(0.0, f64::max);
    let width = widest.max((room * ASPECT).sqrt());
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by(|a, b| sizes[*b].y.total_cmp(&sizes[*a].y).then(a.cmp(b)));
    let mut corners = vec![Point::default(); sizes.len()];
    let (mut at, mut shelf, mut reach) = (Point::default(), 0.0_f64, 0.0_f64);
    for index in order {
        let size = sizes[index];
        if at.x > 0.0 && at.x + size.x > width {
            at = Point { x: 0.0, y: at.y + shelf + gap };
            shelf = 0.0;
        }
        corners[index] = at;
        at.x += size.x + gap;
        shelf = shelf.max(size.y);
        reach = reach.max(at.x - gap);
    }
    (corners, Point { x: reach, y: at.y + shelf })
}

/// Boxes without arcs between them as a grid, row by row, all of one width.
pub(super) fn grid(draft: &Draft, width: f64) -> Arranged {
    let widest = draft.boxes.iter().map(|size| size.main).fold(0.0, f64::max);
    let cell = draft.reach.iter().copied().fold(widest, f64::max);
    // Loops are drawn above their boxes.
    let height = |at: usize| draft.boxes[at].cross - draft.loops[at];
    let high = (0..draft.boxes.len()).map(height).fold(0.0, f64::max);
    let gap = draft.gaps.boxes;
    let room = draft.boxes.len() as f64 * (cell + gap) * (high + gap);
    let wanted = width.max((room * ASPECT).sqrt());
    let columns =
        (((wanted + gap) / (cell + gap)).floor() as usize).clamp(1, draft.boxes.len().max(1));
    let mut arranged = Arranged {
        curves: vec![Curve::default(); draft.arcs.len()],
        labels: vec![None; draft.arcs.len()],
        ..Arranged::default()
    };
    for (at, size) in draft.boxes.iter().enumerate() {
        let corner = Point {
            x: (at % columns) as f64 * (cell + gap) + (cell - widest) / 2.0,
            y: (at / columns) as f64 * (high + gap) + high - height(at) + draft.loops[at],
        };
        let tall = size.cross - 2.0 * draft.loops[at];
        arranged.boxes.push(Area { corner, width: widest, height: tall });
        arranged.size.x = arranged.size.x.max(corner.x + f64::midpoint(cell, widest));
        arranged.size.y = arranged.size.y.max(corner.y + tall);
    }
    arranged
}
