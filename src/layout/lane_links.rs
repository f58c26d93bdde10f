//! Links between lanes: straight down to the next one, others by way of a gutter at the left.

use super::geometry::{Area, Curve, Point};

/// The room for links beside the heads: each that passes a lane has a track, and those that share
/// one do not meet.
pub(super) struct Gutter {
    /// The track of each link, if it takes one.
    tracks: Vec<Option<usize>>,
    count: usize,
}

/// All tracks together are at most so many letters wide.
const WIDEST: f64 = 7.0;

impl Gutter {
    /// The shortest links next to the lanes. O(links × tracks).
    pub(super) fn new(links: &[(usize, usize)]) -> Self {
        let mut order: Vec<usize> = (0..links.len()).collect();
        let span = |at: usize| (links[at].0.min(links[at].1), links[at].0.max(links[at].1));
        order.sort_by_key(|at| (span(*at).1 - span(*at).0, *at));
        let mut tracks: Vec<Option<usize>> = vec![None; links.len()];
        let mut taken: Vec<Vec<(usize, usize)>> = Vec::new();
        for at in order {
            // Straight down to the next lane.
            if links[at].1 == links[at].0 + 1 {
                continue;
            }
            let (low, high) = span(at);
            // To touch at an end is not to meet: there one link arrives and another one leaves.
            let free = |track: &Vec<(usize, usize)>| {
                track.iter().all(|(from, to)| high <= *from || *to <= low)
            };
            let track = taken.iter().position(free).unwrap_or_else(|| {
                taken.push(Vec::new());
                taken.len() - 1
            });
            taken[track].push((low, high));
            tracks[at] = Some(track);
        }
        Self { tracks, count: taken.len() }
    }

    fn spacing(&self, letters: f64) -> f64 {
        letters.min(letters * WIDEST / self.count.max(1) as f64)
    }

    /// How wide it is with letters of a size.
    pub(super) fn width(&self, letters: f64) -> f64 {
        if self.count == 0 { 0.0 } else { (self.count as f64 + 0.9) * self.spacing(letters) }
    }
}

/// The links between lanes whose heads are these, in the order of the sheet, with their index.
pub(super) fn curves(
    heads: &[(usize, Area)],
    links: &[(usize, usize)],
    gutter: &Gutter,
    letters: f64,
) -> Vec<(usize, Curve)> {
    let head = |lane: usize, first: bool| {
        let mut pieces = heads.iter().filter(|(of, _)| *of == lane);
        let piece = if first { pieces.next() } else { pieces.next_back() };
        piece.map(|(_, head)| *head)
    };
    let joined = links.iter().enumerate().filter_map(|(at, (from, to))| {
        let (from, to) = (head(*from, false)?, head(*to, true)?);
        Some((
            at,
            match gutter.tracks[at] {
                None => down(from, to),
                Some(track) => around(gutter, track, letters, from, to),
            },
        ))
    });
    joined.collect()
}

fn down(from: Area, to: Area) -> Curve {
    let x = from.middle().x;
    line(&[Point { x, y: from.corner.y + from.height }, Point { x, y: to.corner.y }])
}

/// Out of a head to the left, along its track, and into the other head.
fn around(gutter: &Gutter, track: usize, letters: f64, from: Area, to: Area) -> Curve {
    let spacing = gutter.spacing(letters);
    let x = from.corner.x - (track as f64 + 1.3) * spacing;
    let below = from.corner.y < to.corner.y;
    // Several links leave and enter at places of their own.
    let place = 0.3 + 0.4 * (track as f64 + 0.5) / gutter.count.max(1) as f64;
    let (out, into) = if below { (1.0 - place * 0.9, place * 0.9) } else { (place, 1.0 - place) };
    let start = Point { x: from.corner.x, y: from.corner.y + from.height * out };
    let end = Point { x: to.corner.x, y: to.corner.y + to.height * into };
    let round = (letters * 0.7).min((end.y - start.y).abs() / 2.0).min(start.x - x);
    let sign = if end.y > start.y { 1.0 } else { -1.0 };
    let mut curve = line(&[start, Point { x: x + round, y: start.y }]);
    bend(&mut curve, Point { x, y: start.y }, Point { x, y: start.y + sign * round });
    curve.straight_to(Point { x, y: end.y - sign * round });
    bend(&mut curve, Point { x, y: end.y }, Point { x: x + round, y: end.y });
    curve.straight_to(end);
    curve
}

fn line(points: &[Point]) -> Curve {
    let mut curve = Curve { start: points[0], pieces: Vec::new() };
    points[1..].iter().for_each(|point| curve.straight_to(*point));
    curve
}

/// Round a corner.
fn bend(curve: &mut Curve, corner: Point, to: Point) {
    let from = curve.end();
    // A cubic draws a quarter of a circle with control points 0.5523 of the way to the corner.
    let near = |end: Point| Point {
        x: end.x + (corner.x - end.x) * 0.55,
        y: end.y + (corner.y - end.y) * 0.55,
    };
    curve.pieces.push([near(from), near(to), to]);
}
