//! A grid of character cells on which lines join, cross and turn by themselves.

use super::clusters::clusters;
use unicode_width::UnicodeWidthStr;

/// How a line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stroke {
    Plain,
    Dashed,
    Heavy,
    Double,
}

/// The sides on which a cell's line goes on.
const UP: u8 = 1;
const RIGHT: u8 = 2;
const DOWN: u8 = 4;
const LEFT: u8 = 8;

/// What joins these sides, by their sum.
const JOINTS: [char; 16] =
    [' ', '│', '─', '└', '│', '│', '┌', '├', '─', '┘', '─', '┴', '┐', '┤', '┬', '┼'];

#[derive(Debug, Clone, Default)]
struct GridCell {
    /// The sides of the lines in it, and are they all dashed?
    sides: u8,
    plain: bool,
    /// A character that hides them, with the accents and joiners that belong to it; a wide one leaves the
    /// next cell to itself.
    over: Option<String>,
    covered: bool,
}

/// The grid.
pub(super) struct Canvas {
    width: i64,
    cells: Vec<GridCell>,
}

impl Canvas {
    pub(super) fn new(width: usize, height: usize) -> Self {
        // Room for what rounding moves beyond the edge.
        let width = width + 2;
        Self { width: width as i64, cells: vec![GridCell::default(); width * (height + 2)] }
    }

    fn at(&mut self, x: i64, y: i64) -> Option<&mut GridCell> {
        let inside = (0..self.width).contains(&x) && y >= 0;
        inside.then(|| self.cells.get_mut((y * self.width + x) as usize)).flatten()
    }

    fn join(&mut self, x: i64, y: i64, sides: u8, line: Stroke) {
        if let Some(cell) = self.at(x, y) {
            cell.sides |= sides;
            cell.plain |= line != Stroke::Dashed;
        }
    }

    /// A line in a row from cell to cell, both included.
    pub(super) fn across(&mut self, y: i64, from: i64, to: i64, line: Stroke) {
        for x in from..=to {
            let left = if x > from { LEFT } else { 0 };
            let right = if x < to { RIGHT } else { 0 };
            // A line of one cell goes through it.
            let sides = if from == to { 0 } else { left | right };
            self.join(x, y, sides, line);
        }
        self.join(from, y, if from == to { 0 } else { RIGHT }, line);
    }

    /// A line in a column.
    pub(super) fn up_or_down(&mut self, x: i64, from: i64, to: i64, line: Stroke) {
        let (top, bottom) = (from.min(to), from.max(to));
        for y in top..=bottom {
            let up = if y > top { UP } else { 0 };
            let down = if y < bottom { DOWN } else { 0 };
            self.join(x, y, up | down, line);
        }
    }

    /// A box with lines of text in its middle.
    pub(super) fn boxed(
        &mut self,
        (x, y): (i64, i64),
        width: i64,
        lines: &[String],
        line: Stroke,
        looped: bool,
    ) {
        let [corners, across, down] = match line {
            Stroke::Plain => ["┌┐└┘", "─", "│"],
            Stroke::Dashed => ["┌┐└┘", "╌", "╎"],
            Stroke::Heavy => ["┏┓┗┛", "━", "┃"],
            Stroke::Double => ["╔╗╚╝", "═", "║"],
        };
        let corner: Vec<char> = corners.chars().collect();
        let (inner, bottom) =
            (across.repeat((width - 2).max(0) as usize), y + 1 + lines.len() as i64);
        self.put((x, y), &format!("{}{inner}{}", corner[0], corner[1]));
        self.put((x, bottom), &format!("{}{inner}{}", corner[2], corner[3]));
        for (at, text) in lines.iter().enumerate() {
            let row = y + 1 + at as i64;
            let room = (width - 2 - text.width() as i64).max(0);
            let left = " ".repeat((room / 2) as usize);
            let right = " ".repeat((room - room / 2) as usize);
            self.put((x, row), &format!("{down}{left}{text}{right}{down}"));
        }
        if looped {
            self.put((x + width - 2, y), "↺");
        }
    }

    /// Words over whatever is there.
    pub(super) fn words(&mut self, at: (i64, i64), text: &str) {
        self.put(at, text);
    }

    /// The head of an arrow; where one already points the other way, both.
    pub(super) fn head(&mut self, (x, y): (i64, i64), rightward: bool) {
        if let Some(cell) = self.at(x, y) {
            let head = match (rightward, cell.over.as_deref()) {
                (true, Some("◀")) | (false, Some("▶")) | (_, Some("◆")) => "◆",
                (true, _) => "▶",
                (false, _) => "◀",
            };
            cell.over = Some(head.to_owned());
        }
    }

    fn put(&mut self, (mut x, y): (i64, i64), text: &str) {
        for cluster in clusters(text) {
            let wide = cluster.width() as i64;
            if let Some(cell) = self.at(x, y) {
                (cell.over, cell.covered) = (Some(cluster.to_owned()), false);
            }
            if wide == 2
                && let Some(cell) = self.at(x + 1, y)
            {
                cell.covered = true;
            }
            x += wide;
        }
    }

    /// The lines of the grid, without blanks at their ends, nor blank lines at the end.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        for row in self.cells.chunks(self.width as usize) {
            for cell in row.iter().filter(|cell| !cell.covered) {
                match cell {
                    GridCell { over: Some(over), .. } => text.push_str(over),
                    GridCell { sides, plain, .. } => text.push(line(*sides, *plain)),
                }
            }
            text.truncate(text.trim_end_matches(' ').len());
            text.push('\n');
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }
}

/// What a cell shows whose lines go on to these sides.
fn line(sides: u8, plain: bool) -> char {
    match sides {
        // There are no joints of dashed and plain lines: one plain line makes all of it plain.
        _ if plain => JOINTS[usize::from(sides)],
        0 => ' ',
        sides if sides & (UP | DOWN) == 0 => '╌',
        sides if sides == UP | DOWN => '╎',
        sides => JOINTS[usize::from(sides)],
    }
}
