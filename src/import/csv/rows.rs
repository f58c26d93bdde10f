//! The rows of a sheet with where their cells stand: of a text that separates cells by a sign, or of
//! cells that a workbook gave.

use super::grid::Grid;
use crate::data::sheets::separator;
use csv::{ReaderBuilder, StringRecord};
use std::ops::Range;

/// A blank row of more cells gives its memory back.
const WIDE: usize = 1 << 16;

/// A row with where its cells stand.
pub(super) struct SheetRow {
    pub(super) record: StringRecord,
    /// Where each cell begins, in 32 bits: a short file may have many millions.
    starts: Vec<u32>,
    end: usize,
    /// Are empty cells at its end left out?
    pub(super) may_be_short: bool,
}

impl SheetRow {
    /// Where a cell stands, with its quotes.
    pub(super) fn span(&self, cell: usize) -> Range<usize> {
        let end = self.starts.get(cell + 1).map_or(self.end, |next| *next as usize - 1);
        self.starts[cell] as usize..end
    }

    /// A cell without blanks around it; those in quotes are meant.
    pub(super) fn id(&self, cell: usize) -> &str {
        let text = &self.record[cell];
        let quoted = self.span(cell).len() > text.len();
        if quoted { text } else { text.trim() }
    }
}

/// A sheet whose rows can be walked more than once.
#[derive(Clone, Copy)]
pub(super) struct Cells<'t> {
    pub(super) content: &'t str,
    /// Bytes before `content` in the file.
    before: usize,
    pub(super) delimiter: u8,
    grid: Option<&'t Grid>,
    /// Does its header stand in another file?
    pub(super) is_headless: bool,
}

impl<'t> Cells<'t> {
    /// Those of a text; `before` bytes stand before it.
    pub(super) fn of_text(content: &'t str, before: usize) -> Self {
        let (delimiter, start) = separator(content);
        let (content, before) = (&content[start..], before + start);
        Self { content, before, delimiter, grid: None, is_headless: false }
    }

    #[cfg(feature = "xlsx")]
    /// Those of a workbook's sheet, whose text stands for it in messages.
    pub(super) fn of_grid(content: &'t str, grid: &'t Grid) -> Self {
        Self { content, before: 0, delimiter: b'\t', grid: Some(grid), is_headless: false }
    }

    /// The same where another file has the header.
    pub(super) fn without_header(self, delimiter: u8) -> Self {
        Self { delimiter, is_headless: true, ..self }
    }

    pub(super) fn rows(&self) -> SheetRows<'t> {
        let may_be_short = self.grid.is_some();
        let row =
            SheetRow { record: StringRecord::new(), starts: Vec::new(), end: 0, may_be_short };
        let source = match self.grid {
            Some(grid) => RowSource::Grid(grid, 0),
            None => RowSource::Text(Box::new(
                ReaderBuilder::new()
                    .has_headers(false)
                    .flexible(true)
                    .delimiter(self.delimiter)
                    .from_reader(self.content.as_bytes()),
            )),
        };
        SheetRows { cells: *self, source, row }
    }
}

enum RowSource<'t> {
    Text(Box<csv::Reader<&'t [u8]>>),
    /// A grid, and how many of its rows are taken.
    Grid(&'t Grid, usize),
}

/// The rows of a sheet, one after the other.
pub(super) struct SheetRows<'t> {
    pub(super) cells: Cells<'t>,
    source: RowSource<'t>,
    row: SheetRow,
}

impl SheetRows<'_> {
    /// Passes the header, if there is one.
    pub(super) fn skip_header(&mut self) {
        if !self.cells.is_headless {
            let _ = self.next();
        }
    }

    /// The next row that is not blank; where a cell is neither plain nor well quoted, its place.
    pub(super) fn next(&mut self) -> Option<Result<&SheetRow, Range<usize>>> {
        while self.read() {
            // A line of commas alone may have millions of cells, which nobody needs.
            if self.row.record.len() > WIDE && self.row.record.as_slice().is_empty() {
                (self.row.record, self.row.starts) = (StringRecord::new(), Vec::new());
                continue;
            }
            if let RowSource::Text(_) = self.source {
                let position = self.row.record.position().map_or(0, csv::Position::byte);
                let position = usize::try_from(position).unwrap_or(self.cells.content.len());
                if let Err(span) = self.find_cells(position) {
                    return Some(Err(span));
                }
            }
            if self.row.record.iter().any(|cell| !cell.trim().is_empty()) {
                return Some(Ok(&self.row));
            }
        }
        None
    }

    fn read(&mut self) -> bool {
        match &mut self.source {
            RowSource::Text(reader) => reader.read_record(&mut self.row.record).unwrap_or(false),
            RowSource::Grid(grid, taken) => {
                let Some(starts) = grid.row(*taken) else { return false };
                *taken += 1;
                self.row.starts.clear();
                self.row.starts.extend_from_slice(starts.cells);
                self.row.end = starts.end;
                self.row.record.clear();
                for at in 0..starts.cells.len() {
                    self.row.record.push_field(&Grid::cell(self.cells.content, self.row.span(at)));
                }
                true
            }
        }
    }

    /// Notes where the cells of the row at `position` begin. The reader forgives quotes that are
    /// never closed or have text behind them; here they are found out.
    fn find_cells(&mut self, position: usize) -> Result<(), Range<usize>> {
        let Cells { content, before, delimiter, .. } = self.cells;
        let text = content.as_bytes();
        let blank = text[position..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let mut at = position + blank.count();
        let row = &mut self.row;
        row.starts.clear();
        for cell in &row.record {
            row.starts.push((before + at) as u32);
            let quoted = text.get(at) == Some(&b'"');
            let inner = cell.bytes().filter(|byte| *byte == b'"').count();
            let end = at + cell.len() + if quoted { 2 + inner } else { 0 };
            let closed = !quoted || text.get(end - 1) == Some(&b'"');
            let behind = text.get(end).copied();
            let ends =
                behind.is_none_or(|sign| sign == delimiter || sign == b'\n' || sign == b'\r');
            if !closed || !ends || end > text.len() {
                return Err(before + at..before + at + 1);
            }
            row.end = before + end;
            at = end + 1;
        }
        Ok(())
    }
}
