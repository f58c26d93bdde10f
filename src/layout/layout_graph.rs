//! What the layout arranges: boxes and arcs, freed of the graph they stand for. Ranks run along
//! the main axis; to draw from top to bottom the axes are exchanged outside.

use super::geometry::{Area, Curve, Point};

/// An extent: along the ranks, and across them.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Size {
    /// Along the ranks.
    pub main: f64,
    /// Across them.
    pub cross: f64,
}

/// An arc between two boxes, which shall run along the ranks.
#[derive(Debug, Clone, PartialEq)]
pub struct LayoutArc {
    /// The box it leaves.
    pub tail: usize,
    /// The box it enters.
    pub head: usize,
    /// Room for its label, in the middle; none if it has none.
    pub label: Option<Size>,
    /// How much it shall be short and straight; 1 is usual.
    pub weight: u32,
    /// How bad it is if it runs against the ranks, where arcs form a circle; 1 is usual.
    pub firmness: u32,
}

/// Boxes and arcs to arrange.
#[derive(Debug, Clone, Default)]
pub struct LayoutGraph {
    /// How large each box is, with the room for its loops.
    pub boxes: Vec<Size>,
    /// How much of that is room for loops, on either side across the ranks.
    pub loops: Vec<f64>,
    /// How far its loops reach along the ranks, side by side; boxes themselves do not grow by that.
    pub reach: Vec<f64>,
    /// The arcs; neither loops nor parallel ones do harm.
    pub arcs: Vec<LayoutArc>,
    /// The band of columns each box belongs to; empty if there are no bands.
    pub bands: Vec<usize>,
    /// The room between things.
    pub gaps: Gaps,
}

/// The room between things.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gaps {
    /// Between neighbouring ranks, at least.
    pub ranks: f64,
    /// How much more for each unit that the steepest arc between them climbs.
    pub climb: f64,
    /// Between boxes of a rank.
    pub boxes: f64,
    /// Between anything else and its neighbour in a rank.
    pub arcs: f64,
    /// Between parts that no arc joins.
    pub parts: f64,
    /// Between the places where arcs meet a box, at most.
    pub ports: f64,
    /// Are places whole numbers across the ranks?
    pub grid: bool,
}

impl Gaps {
    /// In pixels.
    pub const PIXELS: Self = Self {
        ranks: 30.0,
        climb: 0.16,
        boxes: 16.0,
        arcs: 9.0,
        parts: 36.0,
        ports: 12.0,
        grid: false,
    };
}

impl Default for Gaps {
    fn default() -> Self {
        Self::PIXELS
    }
}

/// A graph arranged, in its order.
#[derive(Debug, Clone, Default)]
pub struct Arranged {
    /// Where each box stands; it may have grown along the ranks.
    pub boxes: Vec<Area>,
    /// The way of each arc from tail to head; of a loop, none.
    pub curves: Vec<Curve>,
    /// Where each label stands.
    pub labels: Vec<Option<Area>>,
    /// How far everything reaches.
    pub size: Point,
}

impl LayoutGraph {
    /// The arcs that are not loops, by index.
    pub(super) fn proper_arcs(&self) -> impl Iterator<Item = (usize, &LayoutArc)> {
        self.arcs.iter().enumerate().filter(|(_, arc)| arc.tail != arc.head)
    }

    /// The piece of the graph with these boxes and arcs, which must lie among them.
    pub(super) fn piece(&self, boxes: &[usize], arcs: &[usize], place: &[usize]) -> Self {
        let arcs = arcs.iter().map(|at| {
            let arc = &self.arcs[*at];
            LayoutArc { tail: place[arc.tail], head: place[arc.head], ..arc.clone() }
        });
        let bands = if self.bands.is_empty() { Vec::new() } else { pick(&self.bands, boxes) };
        let sizes = pick(&self.boxes, boxes);
        let (loops, reach) = (pick(&self.loops, boxes), pick(&self.reach, boxes));
        Self { boxes: sizes, loops, reach, arcs: arcs.collect(), bands, gaps: self.gaps }
    }
}

fn pick<T: Copy>(of: &[T], at: &[usize]) -> Vec<T> {
    at.iter().map(|at| of[*at]).collect()
}
