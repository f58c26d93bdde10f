//! The roadmap's geometry: lanes below one another, each a head and a grid of cards in reading order,
//! with letters as large as the sheet allows, on as many sheets as it takes.

use super::geometry::{Area, Curve, Point};
use super::lane_links::{Gutter, curves};
use super::text::{text_width, wrapped};

/// What a lane says.
#[derive(Debug, Clone, Default)]
pub struct LaneText {
    /// The name at its head.
    pub title: String,
    /// What stands below it.
    pub summary: String,
    /// Its cards.
    pub cards: Vec<CardText>,
}

/// What a card says.
#[derive(Debug, Clone, Default)]
pub struct CardText {
    /// Its name.
    pub name: String,
    /// What stands at its end.
    pub aside: String,
    /// Is room kept for a mark?
    pub marked: bool,
}

/// What it is to fit on.
#[derive(Debug, Clone, Copy)]
pub struct Sheet {
    /// How wide a sheet is.
    pub width: f64,
    /// How high, if that is bounded.
    pub height: Option<f64>,
    /// How large letters are at least and at most.
    pub letters: [f64; 2],
    /// May it go on on another sheet? Else what does not fit makes the sheet higher.
    pub pages: bool,
}

/// A piece of text with its base line's beginning, or its end.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedText {
    /// The text.
    pub text: String,
    /// Where its base line begins; where it ends, of what stands at an end.
    pub at: Point,
}

/// A card in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedCard {
    /// Which card of its lane.
    pub card: usize,
    /// Its box.
    pub area: Area,
    /// Its name, line by line.
    pub lines: Vec<PlacedText>,
    /// What stands at its end.
    pub aside: Option<PlacedText>,
    /// The middle of its mark, if it has one.
    pub mark: Option<Point>,
}

/// A lane, or what stands of it on a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct PlacedLane {
    /// Which lane.
    pub lane: usize,
    /// Does it go on here from another sheet?
    pub continued: bool,
    /// All of it.
    pub area: Area,
    /// Its head.
    pub head: Area,
    /// The name, line by line.
    pub title: Vec<PlacedText>,
    /// What stands below it.
    pub summary: Vec<PlacedText>,
    /// Its cards, in order.
    pub cards: Vec<PlacedCard>,
}

/// A sheet of a roadmap.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RoadmapScene {
    /// How far it reaches.
    pub size: Point,
    /// How large its letters are.
    pub letters: f64,
    /// The lanes on it.
    pub lanes: Vec<PlacedLane>,
    /// The links between lanes that both stand on it, by index.
    pub links: Vec<(usize, Curve)>,
}

/// How much letters shrink from try to try.
const STEP: f64 = 0.5;
const MANY: usize = 2_000;
/// Lines of a card's name at most, and of a head's.
const MOST_LINES: usize = 4;

/// The sheets of a roadmap: the largest letters with which all fits on one; where none do, the
/// smallest, and more sheets or a higher one. Links join lanes by index, the first being needed first.
/// O(cards × sizes × columns).
#[must_use]
pub fn roadmap(lanes: &[LaneText], links: &[(usize, usize)], sheet: &Sheet) -> Vec<RoadmapScene> {
    let gutter = Gutter::new(links);
    let room = sheet.height.unwrap_or(f64::INFINITY);
    let [least, most] = sheet.letters;
    let cards: usize = lanes.iter().map(|lane| lane.cards.len()).sum();
    let sizes = ((most - least) / STEP).max(0.0).floor() as usize;
    // So many cards fit no sheet; only the smallest letters are tried.
    let sizes = (usize::from(cards > MANY) * (sizes + 1)..=sizes)
        .map(|step| most - STEP * step as f64)
        .chain([least]);
    let mut best: Option<MeasuredLanes> = None;
    for letters in sizes {
        let tried = MeasuredLanes::best(lanes, sheet.width, letters, &gutter);
        let fits = tried.height() <= room;
        best = Some(tried);
        if fits {
            break;
        }
    }
    // Where one sheet is not enough anyway, letters need not be the smallest.
    if sheet.pages && best.as_ref().is_some_and(|best| best.height() > room) {
        let between = f64::midpoint(least, most);
        best = Some(MeasuredLanes::best(lanes, sheet.width, between, &gutter));
    }
    let Some(measured) = best else { return Vec::new() };
    let room = if sheet.pages { room } else { f64::INFINITY };
    let mut scenes = measured.placed(room);
    for scene in &mut scenes {
        let heads: Vec<_> = scene.lanes.iter().map(|lane| (lane.lane, lane.head)).collect();
        scene.links = curves(&heads, links, &gutter, measured.grid.letters);
    }
    scenes
}

/// What follows from the size of the letters and the number of columns.
#[derive(Debug, Clone, Copy)]
struct RoadmapGrid {
    letters: f64,
    width: f64,
    /// Left of the heads, for links.
    gutter: f64,
    head: f64,
    columns: usize,
    card: f64,
    gap: f64,
    pad: f64,
    line: f64,
    between: f64,
}

impl RoadmapGrid {
    fn new(width: f64, letters: f64, gutter: f64, columns: usize) -> Option<Self> {
        let (gap, pad) = (letters * 0.5, letters * 0.62);
        let head = (letters * 10.5).min(width * 0.3);
        let inner = width - gutter - head - pad * 2.0;
        let card = (inner - gap * (columns - 1) as f64) / columns as f64;
        let (line, between) = (letters * 1.26, letters * 1.15);
        let fits = columns == 1 || card >= letters * 9.4;
        fits.then_some(Self {
            letters,
            width,
            gutter,
            head,
            columns,
            card,
            gap,
            pad,
            line,
            between,
        })
    }

    fn width_of(&self, text: &str) -> f64 {
        text_width(text, self.letters)
    }

    /// The lines of a card, and whether its aside stands in the last of them.
    fn lines(&self, card: &CardText) -> (Vec<String>, bool) {
        let mark = if card.marked { self.letters * 1.3 } else { 0.0 };
        let limit = self.card - 2.2 * self.pad - mark;
        let lines = wrapped(&card.name, limit, MOST_LINES, |text| self.width_of(text));
        let last = lines.last().map_or(0.0, |line| self.width_of(line));
        let beside = last + self.letters * 0.7 + self.width_of(&card.aside) <= limit + mark;
        let beside = beside && (lines.len() > 1 || !card.marked);
        (lines, card.aside.is_empty() || beside)
    }

    fn card_height(&self, card: &CardText) -> f64 {
        let (lines, beside) = self.lines(card);
        (lines.len() + usize::from(!beside)) as f64 * self.line + self.pad
    }

    fn head_lines(&self, lane: &LaneText) -> [Vec<String>; 2] {
        let limit = self.head - 2.0 * self.pad;
        let size = self.title();
        let title = wrapped(&lane.title, limit, MOST_LINES, |text| text_width(text, size));
        let summary = wrapped(&lane.summary, limit, 3, |text| self.width_of(text));
        [title, summary]
    }

    fn title(&self) -> f64 {
        self.letters * 1.12
    }

    fn head_height(&self, lane: &LaneText) -> f64 {
        let [title, summary] = self.head_lines(lane);
        let summary = summary.iter().filter(|line| !line.is_empty()).count();
        (title.len() as f64 * 1.12 + summary as f64) * self.line + 2.0 * self.pad
    }
}

/// Lanes with the heights of their rows, before they are placed.
struct MeasuredLanes<'a> {
    lanes: &'a [LaneText],
    grid: RoadmapGrid,
    rows: Vec<Vec<f64>>,
    heads: Vec<f64>,
}

impl<'a> MeasuredLanes<'a> {
    /// The number of columns that makes it lowest, of equally low ones the fewest.
    fn best(lanes: &'a [LaneText], width: f64, letters: f64, gutter: &Gutter) -> Self {
        let gutter = gutter.width(letters);
        let grids = (1..).map_while(|columns| RoadmapGrid::new(width, letters, gutter, columns));
        let longest = lanes.iter().map(|lane| lane.cards.len()).max().unwrap_or(0).max(1);
        let mut best: Option<Self> = None;
        // Few columns are wide and high; the lowest has one of the larger numbers.
        for grid in grids.take(longest) {
            let tried = Self::new(lanes, grid);
            if best.as_ref().is_none_or(|best| tried.height() < best.height() - 1e-6) {
                best = Some(tried);
            }
        }
        best.unwrap_or_else(|| Self { lanes: &[], grid: EMPTY, rows: vec![], heads: vec![] })
    }

    fn new(lanes: &'a [LaneText], grid: RoadmapGrid) -> Self {
        let row = |cards: &[CardText]| {
            cards.iter().map(|card| grid.card_height(card)).fold(0.0, f64::max)
        };
        let rows = lanes.iter().map(|lane| lane.cards.chunks(grid.columns).map(row).collect());
        let heads = lanes.iter().map(|lane| grid.head_height(lane)).collect();
        Self { lanes, grid, rows: rows.collect(), heads }
    }

    /// The height of so many rows of a lane with its head.
    fn lane_height(&self, lane: usize, rows: &[f64]) -> f64 {
        let RoadmapGrid { gap, pad, .. } = self.grid;
        let gaps = gap * rows.len().saturating_sub(1) as f64;
        (rows.iter().sum::<f64>() + gaps + 2.0 * pad).max(self.heads[lane])
    }

    fn height(&self) -> f64 {
        let lanes = self.rows.iter().enumerate();
        let lanes = lanes.map(|(at, rows)| self.lane_height(at, rows)).sum::<f64>();
        lanes + self.grid.between * self.rows.len().saturating_sub(1) as f64
    }

    /// The lanes on sheets of a height; a lane that fits on none is broken between rows.
    fn placed(&self, room: f64) -> Vec<RoadmapScene> {
        let mut scenes = vec![self.sheet()];
        let mut top = 0.0;
        for (lane, rows) in self.rows.iter().enumerate() {
            let mut done = 0;
            loop {
                let left = &rows[done..];
                let fitting = self.fitting(lane, left, room - top);
                // It begins a sheet rather than be broken, if a whole sheet holds it.
                let whole = fitting == left.len();
                let elsewhere = self.lane_height(lane, left) <= room;
                // One row in front of a break would look lost.
                if top > 0.0 && !whole && (elsewhere || fitting < 2) {
                    scenes.push(self.sheet());
                    top = 0.0;
                    continue;
                }
                let taken = if whole { left.len() } else { fitting.max(1) };
                let placed = self.lane(lane, done, &left[..taken], top);
                top = placed.area.corner.y + placed.area.height + self.grid.between;
                if let Some(scene) = scenes.last_mut() {
                    scene.size.y = top - self.grid.between;
                    scene.lanes.push(placed);
                }
                done += taken;
                if done >= rows.len() {
                    break;
                }
                scenes.push(self.sheet());
                top = 0.0;
            }
        }
        scenes
    }

    fn sheet(&self) -> RoadmapScene {
        let RoadmapGrid { width, letters, .. } = self.grid;
        RoadmapScene { size: Point { x: width, y: 0.0 }, letters, ..RoadmapScene::default() }
    }

    /// How many of these rows fit into a room.
    fn fitting(&self, lane: usize, rows: &[f64], room: f64) -> usize {
        let fits = |count: &usize| self.lane_height(lane, &rows[..*count]) <= room + 1e-6;
        (0..=rows.len()).take_while(fits).last().unwrap_or(0)
    }

    /// Rows of a lane from the one at `from` on.
    fn lane(&self, lane: usize, from: usize, rows: &[f64], top: f64) -> PlacedLane {
        let grid = &self.grid;
        let corner = Point { x: grid.gutter, y: top };
        let height = self.lane_height(lane, rows);
        let head = Area { corner, width: grid.head, height };
        let mut cards = Vec::new();
        let mut y = top + grid.pad;
        for (row, high) in rows.iter().enumerate() {
            let first = (from + row) * grid.columns;
            let left = corner.x + grid.head + grid.pad;
            let these = self.lanes[lane].cards.iter().enumerate().skip(first).take(grid.columns);
            cards.extend(these.enumerate().map(|(column, (at, card))| {
                let x = left + column as f64 * (grid.card + grid.gap);
                let area = Area { corner: Point { x, y }, width: grid.card, height: *high };
                placed_card(grid, card, at, area)
            }));
            y += high + grid.gap;
        }
        let [title, summary] = self.head_text(lane, head);
        let area = Area { corner, width: grid.width - grid.gutter, height };
        PlacedLane { lane, continued: from > 0, area, head, title, summary, cards }
    }

    fn head_text(&self, lane: usize, head: Area) -> [Vec<PlacedText>; 2] {
        let grid = &self.grid;
        let x = head.corner.x + grid.pad;
        let mut y = head.corner.y + grid.pad;
        let [title, summary] = grid.head_lines(&self.lanes[lane]);
        let mut placed = |lines: Vec<String>, line: f64, size: f64| {
            let lines = lines.into_iter().filter(|text| !text.is_empty()).map(|text| {
                // From the middle of a line down to where letters stand: half a capital, which is
                // 0.73 high.
                let at = Point { x, y: y + line / 2.0 + size * 0.36 };
                y += line;
                PlacedText { text, at }
            });
            lines.collect::<Vec<PlacedText>>()
        };
        let title = placed(title, grid.line * 1.12, grid.title());
        [title, placed(summary, grid.line, grid.letters)]
    }
}

const EMPTY: RoadmapGrid = RoadmapGrid {
    letters: 0.0,
    width: 0.0,
    gutter: 0.0,
    head: 0.0,
    columns: 1,
    card: 0.0,
    gap: 0.0,
    pad: 0.0,
    line: 0.0,
    between: 0.0,
};

fn placed_card(grid: &RoadmapGrid, text: &CardText, card: usize, area: Area) -> PlacedCard {
    let (lines, beside) = grid.lines(text);
    let right = area.corner.x + area.width - grid.pad * 0.8;
    let spare = area.height - grid.card_height(text);
    let first = area.corner.y + (spare + grid.pad + grid.line) / 2.0 + grid.letters * 0.36;
    let base = |line: usize| first + grid.line * line as f64;
    let last = lines.len() - usize::from(beside);
    let aside = (!text.aside.is_empty())
        .then(|| PlacedText { text: text.aside.clone(), at: Point { x: right, y: base(last) } });
    let middle = Point { x: right - grid.letters * 0.4, y: base(0) - grid.letters * 0.36 };
    let lines = lines.into_iter().enumerate().map(|(line, text)| PlacedText {
        text,
        at: Point { x: area.corner.x + grid.pad * 1.4, y: base(line) },
    });
    PlacedCard { card, area, lines: lines.collect(), aside, mark: text.marked.then_some(middle) }
}

#[cfg(test)]
#[path = "roadmap_tests.rs"]
mod tests;
