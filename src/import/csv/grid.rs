//! The cells of a workbook's sheet, laid out as a text that messages can point into: a line a row, so
//! that the line is the row's number.

use std::borrow::Cow;
use std::ops::Range;

/// Stands for a line end within a cell: XML cannot hold it, so no cell does.
const LINE_END: char = '\u{b}';

/// How many cells a sheet may have, empty ones between others included.
const CELLS: usize = 16 << 20;

/// Where the cells of a sheet stand in its text.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    /// Where each begins, row after row.
    starts: Vec<u32>,
    /// How many cells there are before each row, and where its last one ends.
    rows: Vec<(u32, u32)>,
}

/// Where the cells of a row begin, and where the last one ends.
pub(super) struct GridRow<'g> {
    pub(super) cells: &'g [u32],
    pub(super) end: usize,
}

/// Why a cell cannot be laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Misplaced {
    /// There are more cells than a sheet may have.
    TooMany,
    /// It stands before the last one.
    OutOfOrder,
}

impl Grid {
    /// Adds a cell to the text: rows, and columns within each, must come in order.
    pub(crate) fn add(
        &mut self,
        text: &mut String,
        [row, column]: [usize; 2],
        cell: &str,
    ) -> Result<(), Misplaced> {
        if row >= CELLS || text.len() + cell.len() > u32::MAX as usize / 2 {
            return Err(Misplaced::TooMany);
        }
        while self.rows.len() <= row {
            if !self.rows.is_empty() {
                text.push('\n');
            }
            self.rows.push((self.starts.len() as u32, text.len() as u32));
        }
        let first = self.rows.last().map_or(0, |(first, _)| *first) as usize;
        if row + 1 < self.rows.len() || first + column < self.starts.len() {
            return Err(Misplaced::OutOfOrder);
        }
        if first + column >= CELLS {
            return Err(Misplaced::TooMany);
        }
        while self.starts.len() < first + column {
            self.begin(text, first);
        }
        self.begin(text, first);
        let cell = cell.replace("\r\n", "\n");
        text.extend(cell.chars().map(|c| if c == '\n' || c == '\r' { LINE_END } else { c }));
        if let Some((_, end)) = self.rows.last_mut() {
            *end = text.len() as u32;
        }
        Ok(())
    }

    fn begin(&mut self, text: &mut String, first: usize) {
        if self.starts.len() > first {
            text.push('\t');
        }
        self.starts.push(text.len() as u32);
    }

    pub(super) fn row(&self, at: usize) -> Option<GridRow<'_>> {
        let (first, end) = *self.rows.get(at)?;
        let next = self.rows.get(at + 1).map_or(self.starts.len(), |(next, _)| *next as usize);
        Some(GridRow { cells: &self.starts[first as usize..next], end: end as usize })
    }

    /// What a cell holds.
    pub(super) fn cell(text: &str, span: Range<usize>) -> Cow<'_, str> {
        let cell = &text[span];
        if cell.contains(LINE_END) { cell.replace(LINE_END, "\n").into() } else { cell.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::{CELLS, Grid, Misplaced};

    #[test]
    fn a_line_is_a_row_and_cells_keep_their_line_ends() {
        let (mut grid, mut text) = (Grid::default(), String::new());
        for (place, cell) in [([1, 0], "Topic"), ([1, 2], "Hours"), ([3, 1], "a\r\nb\tc")] {
            grid.add(&mut text, place, cell).expect("few cells");
        }
        assert_eq!(text, "\nTopic\t\tHours\n\n\ta\u{b}b\tc");
        let row = grid.row(3).expect("a row");
        assert_eq!(Grid::cell(&text, row.cells[1] as usize..row.end), "a\nb\tc");
        assert!(grid.row(0).is_some_and(|row| row.cells.is_empty()) && grid.row(4).is_none());
        assert_eq!(grid.add(&mut text, [4, CELLS], "far"), Err(Misplaced::TooMany));
        assert_eq!(grid.add(&mut text, [3, 0], "late"), Err(Misplaced::OutOfOrder));
    }
}
