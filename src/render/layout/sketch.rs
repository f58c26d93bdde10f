//! The picture as a draft to arrange, and the arranged draft as the scene.

use super::bands::bands;
use super::draft::{Arc, Draft, Size};
use super::medium::Medium;
use super::scene::{Area, Curve, EdgeLabel, Point, Scene, SceneEdge, SceneNode};
use super::{Arranged, arrange_until};
use crate::answer::{Picture, Reading, Way};
use crate::graph::NodeIndex;
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
    medium: &Medium,
    stop: &AtomicBool,
) -> Option<Scene> {
    let sketch = Sketch::new(picture, columns, direction, medium);
    let draft = sketch.draft();
    let arranged = arrange_until(&draft, stop)?;
    Some(sketch.scene(&draft, arranged))
}

/// A picture about to be drafted.
struct Sketch<'a> {
    picture: &'a Picture<'a>,
    medium: &'a Medium,
    down: bool,
    by_kind: bool,
    lines: Vec<Vec<String>>,
    /// Each edge's ends by index, in the direction of the drawing.
    arcs: Vec<(usize, usize)>,
    readings: Vec<Reading>,
    labels: Vec<Option<String>>,
}

impl<'a> Sketch<'a> {
    fn new(
        picture: &'a Picture<'a>,
        columns: Columns,
        direction: Direction,
        medium: &'a Medium,
    ) -> Self {
        let by_kind = columns.by_kind(picture);
        let place: BTreeMap<NodeIndex, usize> =
            picture.nodes.iter().enumerate().map(|(at, node)| (node.node, at)).collect();
        let mut sketch = Self {
            picture,
            medium,
            down: direction == Direction::Down,
            by_kind,
            lines: picture.nodes.iter().map(|node| medium.name(&picture.name(node))).collect(),
            arcs: Vec::new(),
            readings: Vec::new(),
            labels: Vec::new(),
        };
        let labelled = picture.edges.len() <= medium.most_labels;
        for edge in &picture.edges {
            let backward = edge.way == Some(Way::Backward) && !by_kind;
            let ends = (place[&edge.from], place[&edge.to]);
            sketch.arcs.push(if backward { (ends.1, ends.0) } else { ends });
            let reading = picture.reading(edge, !by_kind);
            sketch.labels.push(labelled.then(|| medium.label(&reading.words)));
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

    fn draft(&self) -> Draft {
        let nodes = self.picture.nodes.len();
        let medium = self.medium;
        let mut degrees = vec![[0_usize; 2]; nodes];
        let (mut loops, mut reach) = (vec![0.0_f64; nodes], vec![0.0; nodes]);
        let mut arcs = Vec::with_capacity(self.arcs.len());
        for (at, (tail, head)) in self.arcs.iter().copied().enumerate() {
            let label = self.labels[at].as_deref().map(|text| self.turned(medium.label_size(text)));
            if tail == head {
                let room = medium.loop_room(label.unwrap_or_default());
                loops[tail] = loops[tail].max(room.cross);
                reach[tail] += room.main;
            } else {
                degrees[tail][1] += 1;
                degrees[head][0] += 1;
            }
            let edge = &self.picture.edges[at];
            let weight = if edge.emphasised { 4 } else { 1 };
            let firmness = if edge.way.is_some() { 16 * weight } else { 1 };
            arcs.push(Arc { tail, head, label, weight, firmness });
        }
        let boxes = self.lines.iter().zip(&degrees).zip(&loops).map(|((lines, degrees), room)| {
            let size = medium.box_size(lines);
            let mut size = self.turned(size);
            let ports = degrees[0].max(degrees[1]) as f64;
            size.cross = size.cross.max((ports * medium.port).min(medium.highest)) + 2.0 * room;
            size
        });
        let bands = if self.by_kind { bands(self.picture, &self.arcs) } else { Vec::new() };
        Draft { boxes: boxes.collect(), loops, reach, arcs, bands, gaps: medium.gaps }
    }

    fn turned(&self, size: Size) -> Size {
        if self.down { Size { main: size.cross, cross: size.main } } else { size }
    }

    fn scene(self, draft: &Draft, mut arranged: Arranged) -> Scene {
        draw_loops(draft, &mut arranged, self.medium);
        let point = |point: Point| if self.down { point.turned() } else { point };
        let area = |area: Area| if self.down { area.turned() } else { area };
        let size = point(arranged.size);
        let nodes = arranged.boxes.into_iter().zip(self.lines);
        let nodes = nodes.map(|(box_area, lines)| SceneNode { area: area(box_area), lines });
        let mut edges = Vec::with_capacity(arranged.curves.len());
        let drawn = arranged.curves.into_iter().zip(arranged.labels).zip(self.labels);
        for (at, ((curve, room), text)) in drawn.enumerate() {
            let Reading { inverse, headed, .. } = self.readings[at];
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

/// Draws loops into the room that was kept for them, side by side, each with its words at its top.
fn draw_loops(draft: &Draft, arranged: &mut Arranged, medium: &Medium) {
    if medium.looped == 0.0 {
        return;
    }
    let mut of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, arc) in draft.arcs.iter().enumerate().filter(|(_, arc)| arc.tail == arc.head) {
        of.entry(arc.tail).or_default().push(index);
    }
    for (node, loops) in of {
        let area = arranged.boxes[node];
        let stride = area.width / loops.len() as f64;
        let foot = (stride / 4.0).min(9.0);
        let mut left = area.middle().x - draft.reach[node] / 2.0;
        for (place, index) in loops.into_iter().enumerate() {
            let label = draft.arcs[index].label;
            let size = label.unwrap_or_default();
            let room = medium.loop_room(size);
            let feet = area.corner.x + stride * (place as f64 + 0.5);
            let top = Point {
                x: left + room.main / 2.0,
                y: area.corner.y - medium.looped - size.cross / 2.0,
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
