//! Columns along the ranks, and the curves between them: level where something stands beside,
//! from one level to the other in the gaps, and nowhere back.

use super::geometry::{Area, Curve, Point};
use super::layers::{LayeredGraph, Vertex, VertexKind};
use super::layout_graph::{Arranged, LayoutGraph};

/// How much wider a gap becomes at most for links that climb.
const WIDEST: f64 = 90.0;

/// Draws placed layers.
pub(super) fn route(graph: &LayoutGraph, layers: &LayeredGraph, middle: &[f64]) -> Arranged {
    let columns = columns(graph, layers, middle);
    let top = layers.vertices.iter().zip(middle);
    let top = top.map(|(vertex, middle)| middle - vertex.size.cross / 2.0);
    let top = top.fold(f64::INFINITY, f64::min);
    let level = |vertex: usize| middle[vertex] - top;
    let size_across = layers.vertices.iter().enumerate();
    let size_across =
        size_across.map(|(at, vertex)| level(at) + vertex.size.cross / 2.0).fold(0.0, f64::max);
    let mut arranged = Arranged {
        labels: vec![None; graph.arcs.len()],
        size: Point { x: columns.last().map_or(0.0, |column| column.end), y: size_across },
        ..Arranged::default()
    };
    for (at, vertex) in layers.vertices[..graph.boxes.len()].iter().enumerate() {
        let column = &columns[vertex.rank];
        let middle = Point { x: column.middle(), y: level(at) };
        let cross = vertex.size.cross - 2.0 * graph.loops[at];
        arranged.boxes.push(Area::around(middle, column.boxes, cross));
    }
    for (index, arc) in graph.arcs.iter().enumerate() {
        let chain = &layers.chains[index];
        for link in chain.iter().skip(1) {
            let vertex = layers.links[*link].ends[0];
            let Vertex { kind: VertexKind::Label, rank, size } = layers.vertices[vertex] else {
                continue;
            };
            let middle = Point { x: columns[rank].middle(), y: level(vertex) };
            arranged.labels[index] = Some(Area::around(middle, size.main, size.cross));
        }
        let curve = curve(layers, &columns, chain, level);
        let backward = chain.first().is_some_and(|link| layers.links[*link].ends[0] != arc.tail);
        arranged.curves.push(if backward { curve.reversed() } else { curve });
    }
    arranged
}

/// A rank's stretch along the main axis.
struct RankSpan {
    start: f64,
    end: f64,
    /// How wide its boxes are.
    boxes: f64,
}

impl RankSpan {
    fn middle(&self) -> f64 {
        f64::midpoint(self.start, self.end)
    }
}

/// Every rank as wide as what stands in it; gaps are wider where links climb steeply.
fn columns(graph: &LayoutGraph, layers: &LayeredGraph, middle: &[f64]) -> Vec<RankSpan> {
    let mut climbs = vec![0.0_f64; layers.rows.len() + 1];
    for link in &layers.links {
        let [low, high] = [0, 1].map(|end| middle[link.ends[end]] + link.ports[end]);
        let climb = &mut climbs[layers.vertices[link.ends[1]].rank];
        *climb = climb.max((high - low).abs());
    }
    let mut columns: Vec<RankSpan> = Vec::with_capacity(layers.rows.len());
    for (rank, row) in layers.rows.iter().enumerate() {
        let widest = |kind: VertexKind| {
            let chosen = row.iter().map(|at| &layers.vertices[*at]);
            let chosen = chosen.filter(|vertex| vertex.kind == kind);
            chosen.map(|vertex| vertex.size.main).fold(0.0, f64::max)
        };
        let (boxes, labels) = (widest(VertexKind::Box), widest(VertexKind::Label));
        let loops = row.iter().filter_map(|at| graph.reach.get(*at)).copied().fold(0.0, f64::max);
        let gap = graph.gaps.ranks + (climbs[rank] * graph.gaps.climb).min(WIDEST);
        let start = columns.last().map_or(0.0, |before| before.end + gap);
        columns.push(RankSpan { start, end: start + boxes.max(labels).max(loops), boxes });
    }
    columns
}

/// The curve of a chain, from its lower rank to its higher one.
fn curve(
    layers: &LayeredGraph,
    columns: &[RankSpan],
    chain: &[usize],
    level: impl Fn(usize) -> f64,
) -> Curve {
    let mut curve = Curve::default();
    for (place, link) in chain.iter().enumerate() {
        let link = &layers.links[*link];
        let [low, high] = [0, 1].map(|end| {
            let vertex = link.ends[end];
            let column = &columns[layers.vertices[vertex].rank];
            (column, level(vertex) + link.ports[end])
        });
        let leaves = Point { x: low.0.end, y: low.1 };
        if place == 0 {
            // Boxes stand in the middle of a column that may be wider: the curve begins at the box.
            let inset = (low.0.end - low.0.start - low.0.boxes) / 2.0;
            curve.start = Point { x: low.0.end - inset, y: low.1 };
        }
        curve.level_to(leaves.x);
        curve.climb_to(Point { x: high.0.start, y: high.1 });
        if place + 1 == chain.len() {
            let inset = (high.0.end - high.0.start - high.0.boxes) / 2.0;
            curve.level_to(high.0.start + inset);
        }
    }
    curve
}

impl Curve {
    /// Goes on straight and level.
    fn level_to(&mut self, x: f64) {
        let from = self.end();
        if (x - from.x).abs() > 1e-6 {
            self.straight_to(Point { x, y: from.y });
        }
    }

    /// A straight line, as a cubic with its control points at the thirds.
    pub(super) fn straight_to(&mut self, to: Point) {
        let from = self.end();
        let third = |part: f64| Point {
            x: from.x + (to.x - from.x) * part / 3.0,
            y: from.y + (to.y - from.y) * part / 3.0,
        };
        // What goes on in the same direction needs no new piece.
        if let Some(last) = self.pieces.last_mut()
            && last.iter().all(|point| (point.y - to.y).abs() < 1e-6)
        {
            *last = [last[0], third(2.0), to];
            return;
        }
        self.pieces.push([third(1.0), third(2.0), to]);
    }

    /// Climbs to another level and arrives there level.
    fn climb_to(&mut self, to: Point) {
        let from = self.end();
        if (to.y - from.y).abs() < 1e-6 {
            self.straight_to(to);
            return;
        }
        // With both control points halfway a cubic leaves level, arrives level and never runs back.
        let half = f64::midpoint(from.x, to.x);
        self.pieces.push([Point { x: half, y: from.y }, Point { x: half, y: to.y }, to]);
    }
}
