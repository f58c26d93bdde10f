//! The picture as a graph to arrange, and the arranged graph as the scene.

use crate::answer::{EdgeReading, Picture, PictureEdge, Way};
use crate::diagnostic::visible;
use crate::graph::RelationId;
use crate::layout::{
    Area, Arranged, EdgeLabel, LayoutArc, LayoutGraph, Metrics, Point, Scene, SceneEdge, SceneNode,
    Size, arrange_until, draw_loops, kind_columns,
};
use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

/// What the columns of a picture are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Columns {
    /// Kinds, where most edges join nodes of different kinds and the question was not for a way;
    /// else steps.
    #[default]
    Auto,
    /// Steps along the edges; what is needed stands before what needs it.
    Steps,
    /// The nodes' kinds.
    Kinds,
}

impl Columns {
    /// Are they the nodes' kinds in this picture?
    #[must_use]
    pub fn by_kind(self, picture: &Picture<'_>) -> bool {
        match self {
            Self::Steps => false,
            Self::Kinds => true,
            Self::Auto => picture.suggests_kinds(),
        }
    }
}

/// Which way a picture runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// From left to right.
    #[default]
    Right,
    /// From top to bottom.
    Down,
}

/// Lays a picture out. Around n log n for sparse pictures, with a bound on the work spent on
/// crossings; nothing recurses. `None` where edges are too long and too many, or `stop` is raised.
#[must_use]
pub fn lay_out(
    picture: &Picture<'_>,
    columns: Columns,
    direction: Direction,
    metrics: &Metrics,
    stop: &AtomicBool,
) -> Option<Scene> {
    let sketch = Sketch::new(picture, columns, direction, metrics);
    let graph = sketch.graph();
    let arranged = arrange_until(&graph, stop)?;
    Some(sketch.scene(&graph, arranged))
}

/// Which edges have words on them: all if they are few, else those on the way asked for and those of a
/// relation that stands out.
fn labelled(picture: &Picture<'_>, metrics: &Metrics) -> Vec<bool> {
    let all = picture.edges.len();
    let mut counts: BTreeMap<RelationId, usize> = BTreeMap::new();
    for edge in &picture.edges {
        *counts.entry(edge.relation).or_default() += 1;
    }
    let stands_out = |edge: &PictureEdge| edge.emphasised || counts[&edge.relation] * RARE <= all;
    let words = |edge| all <= metrics.few_labels || all <= metrics.most_labels && stands_out(edge);
    picture.edges.iter().map(words).collect()
}

/// A relation stands out if it has one of so many edges at most.
const RARE: usize = 8;

/// A picture about to be drafted.
struct Sketch<'a> {
    picture: &'a Picture<'a>,
    metrics: &'a Metrics,
    down: bool,
    by_kind: bool,
    lines: Vec<Vec<String>>,
    /// Each edge's ends by index, in the direction of the drawing.
    arcs: Vec<(usize, usize)>,
    readings: Vec<EdgeReading>,
    labels: Vec<Option<String>>,
}

impl<'a> Sketch<'a> {
    fn new(
        picture: &'a Picture<'a>,
        columns: Columns,
        direction: Direction,
        metrics: &'a Metrics,
    ) -> Self {
        let by_kind = columns.by_kind(picture);
        let place = picture.places();
        let mut sketch = Self {
            picture,
            metrics,
            down: direction == Direction::Down,
            by_kind,
            lines: picture
                .nodes
                .iter()
                .map(|node| metrics.name(&visible(&picture.name(node))))
                .collect(),
            arcs: Vec::new(),
            readings: Vec::new(),
            labels: Vec::new(),
        };
        for (edge, labelled) in picture.edges.iter().zip(labelled(picture, metrics)) {
            let backward = edge.way == Some(Way::Backward) && !by_kind;
            let ends = (place[&edge.from], place[&edge.to]);
            sketch.arcs.push(if backward { (ends.1, ends.0) } else { ends });
            let reading = picture.reading(edge, !by_kind);
            sketch.labels.push(labelled.then(|| metrics.label(&visible(&reading.words))));
            sketch.readings.push(reading);
        }
        sketch.align_opposites();
        sketch
    }

    /// Edges between the same two nodes run the same way, that of the first that flows, whatever
    /// way their arrows point: two that ran against each other would be a circle.
    fn align_opposites(&mut self) {
        let mut way: BTreeMap<(usize, usize), (bool, bool)> = BTreeMap::new();
        for ((tail, head), edge) in self.arcs.iter().zip(&self.picture.edges) {
            let (forward, flows) = (tail < head, edge.way.is_some());
            let known = way.entry((*tail.min(head), *tail.max(head))).or_insert((forward, flows));
            if flows && !known.1 {
                *known = (forward, flows);
            }
        }
        for (tail, head) in &mut self.arcs {
            if way[&(*tail.min(head), *tail.max(head))].0 != (*tail < *head) {
                std::mem::swap(tail, head);
            }
        }
    }

    fn graph(&self) -> LayoutGraph {
        let nodes = self.picture.nodes.len();
        let metrics = self.metrics;
        let mut degrees = vec![[0_usize; 2]; nodes];
        let (mut loops, mut reach) = (vec![0.0_f64; nodes], vec![0.0; nodes]);
        let mut arcs = Vec::with_capacity(self.arcs.len());
        for (at, (tail, head)) in self.arcs.iter().copied().enumerate() {
            let label =
                self.labels[at].as_deref().map(|text| self.turned(metrics.label_size(text)));
            if tail == head {
                let room = metrics.loop_room(label.unwrap_or_default());
                loops[tail] = loops[tail].max(room.cross);
                reach[tail] += room.main;
            } else {
                degrees[tail][1] += 1;
                degrees[head][0] += 1;
            }
            let edge = &self.picture.edges[at];
            let weight = if edge.emphasised { 4 } else { 1 };
            let firmness = if edge.way.is_some() { 16 * weight } else { 1 };
            arcs.push(LayoutArc { tail, head, label, weight, firmness });
        }
        let boxes = self.lines.iter().zip(&degrees).zip(&loops).map(|((lines, degrees), room)| {
            let size = metrics.box_size(lines);
            let mut size = self.turned(size);
            let ports = degrees[0].max(degrees[1]) as f64;
            size.cross = size.cross.max((ports * metrics.port).min(metrics.highest)) + 2.0 * room;
            size
        });
        let bands = if self.by_kind { self.kind_columns() } else { Vec::new() };
        LayoutGraph { boxes: boxes.collect(), loops, reach, arcs, bands, gaps: metrics.gaps }
    }

    fn kind_columns(&self) -> Vec<usize> {
        let facts = self.picture.nodes.iter().map(|node| self.picture.atlas.node(node.node));
        let kinds = facts.map(|facts| facts.kinds.first().copied().unwrap_or(usize::MAX));
        kind_columns(&kinds.collect::<Vec<usize>>(), &self.arcs)
    }

    fn turned(&self, size: Size) -> Size {
        if self.down { Size { main: size.cross, cross: size.main } } else { size }
    }

    fn scene(self, graph: &LayoutGraph, mut arranged: Arranged) -> Scene {
        draw_loops(graph, &mut arranged, self.metrics);
        let point = |point: Point| if self.down { point.turned() } else { point };
        let area = |area: Area| if self.down { area.turned() } else { area };
        let size = point(arranged.size);
        let nodes = arranged.boxes.into_iter().zip(self.lines);
        let nodes = nodes.map(|(box_area, lines)| SceneNode { area: area(box_area), lines });
        let mut edges = Vec::with_capacity(arranged.curves.len());
        let drawn = arranged.curves.into_iter().zip(arranged.labels).zip(self.labels);
        for (at, ((curve, room), text)) in drawn.enumerate() {
            let EdgeReading { inverse, headed, .. } = self.readings[at];
            // The arrow follows the words: from target to source if they are those of the inverse.
            let edge = &self.picture.edges[at];
            let begins = if inverse { edge.to } else { edge.from };
            let along = self.picture.nodes[self.arcs[at].0].node == begins;
            let curve = if along { curve } else { curve.reversed() };
            let label = text.zip(room).map(|(text, room)| EdgeLabel { text, area: area(room) });
            edges.push(SceneEdge { curve: curve.map(point), label, inverse, headed });
        }
        Scene { width: size.x, height: size.y, nodes: nodes.collect(), edges }
    }
}
