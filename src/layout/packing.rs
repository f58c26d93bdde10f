//! Components side by side: packed on shelves; lonely boxes stand in a grid.

use super::geometry::{Area, Curve, Point};
use super::layout_graph::{Arranged, LayoutGraph};

/// How much wider than high a packed picture would like to be.
const ASPECT: f64 = 1.7;

/// Where each rectangle goes so that all together are about as wide as they should be: the
/// highest first, on shelves from left to right. Yields the corners and the whole size.
pub(super) fn packed(sizes: &[Point], gap: f64) -> (Vec<Point>, Point) {
    let room: f64 = sizes.iter().map(|size| (size.x + gap) * (size.y + gap)).sum();
    let widest = sizes.iter().map(|size| size.x).fold(0.0, f64::max);
    // So wide is a rectangle of that area and shape.
    let width = widest.max((room * ASPECT).sqrt());
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    // Next fit, decreasing height: a shelf wastes little if all on it are about as high.
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
pub(super) fn grid(graph: &LayoutGraph, width: f64) -> Arranged {
    let widest = graph.boxes.iter().map(|size| size.main).fold(0.0, f64::max);
    let cell = graph.reach.iter().copied().fold(widest, f64::max);
    // Loops are drawn above their boxes.
    let height = |at: usize| graph.boxes[at].cross - graph.loops[at];
    let high = (0..graph.boxes.len()).map(height).fold(0.0, f64::max);
    let gap = graph.gaps.boxes;
    let room = graph.boxes.len() as f64 * (cell + gap) * (high + gap);
    let wanted = width.max((room * ASPECT).sqrt());
    let columns =
        (((wanted + gap) / (cell + gap)).floor() as usize).clamp(1, graph.boxes.len().max(1));
    let mut arranged = Arranged {
        curves: vec![Curve::default(); graph.arcs.len()],
        labels: vec![None; graph.arcs.len()],
        ..Arranged::default()
    };
    for (at, size) in graph.boxes.iter().enumerate() {
        let corner = Point {
            x: (at % columns) as f64 * (cell + gap) + (cell - widest) / 2.0,
            y: (at / columns) as f64 * (high + gap) + high - height(at) + graph.loops[at],
        };
        let tall = size.cross - 2.0 * graph.loops[at];
        arranged.boxes.push(Area { corner, width: widest, height: tall });
        arranged.size.x = arranged.size.x.max(corner.x + f64::midpoint(cell, widest));
        arranged.size.y = arranged.size.y.max(corner.y + tall);
    }
    arranged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{Gaps, Size};

    #[test]
    fn nothing_packed_overlaps_and_all_is_within_the_size() {
        let sizes: Vec<Point> = (1..20)
            .map(|at| Point { x: f64::from(at * 7 % 11 + 3), y: f64::from(at % 5 + 2) })
            .collect();
        let (corners, size) = packed(&sizes, 2.0);
        for (a, (corner, own)) in corners.iter().zip(&sizes).enumerate() {
            assert!(corner.x + own.x <= size.x && corner.y + own.y <= size.y);
            for (other, room) in corners.iter().zip(&sizes).skip(a + 1) {
                let beside = |a: f64, size: f64, b: f64| a + size + 2.0 <= b;
                let apart = beside(corner.x, own.x, other.x)
                    || beside(other.x, room.x, corner.x)
                    || beside(corner.y, own.y, other.y)
                    || beside(other.y, room.y, corner.y);
                assert!(apart, "{corner:?} {own:?} {other:?} {room:?}");
            }
        }
    }

    #[test]
    fn the_highest_stand_on_the_first_shelf() {
        let sizes = [(10.0, 1.0), (10.0, 9.0), (10.0, 5.0)].map(|(x, y)| Point { x, y });
        let (corners, _) = packed(&sizes, 1.0);
        assert_eq!(corners[1], Point::default());
        assert!(corners[2].y <= corners[0].y);
    }

    #[test]
    fn a_grid_is_as_wide_as_what_stands_above_it() {
        let boxes = vec![Size { main: 10.0, cross: 4.0 }; 6];
        let (loops, reach) = (vec![0.0; 6], vec![0.0; 6]);
        let gaps = Gaps { boxes: 2.0, ..Gaps::PIXELS };
        let graph = LayoutGraph { boxes, loops, reach, gaps, ..LayoutGraph::default() };
        let rows =
            |arranged: Arranged| arranged.boxes.iter().filter(|area| area.corner.x == 0.0).count();
        assert_eq!(rows(grid(&graph, 200.0)), 1);
        assert_eq!(rows(grid(&graph, 0.0)), 3);
    }
}
