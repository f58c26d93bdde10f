//! A sheet as it stands in a text: where its cells are, and what replaces them.

use super::{HeaderMeanings, Patch};
use crate::data::sheets::{quoted, separator};
use crate::diagnostic::{Diagnostic, nearest, shortened};
use std::ops::Range;

/// A sheet as it stands in a text.
pub(super) struct EditedSheet<'t> {
    text: &'t str,
    separator: char,
    pub(super) header: Vec<String>,
    /// What headers are said to mean.
    said: Vec<Option<&'static str>>,
    pub(super) rows: Vec<EditedRow>,
}

pub(super) struct EditedRow {
    /// With its line end.
    pub(super) range: Range<usize>,
    cells: Vec<Range<usize>>,
}

impl<'t> EditedSheet<'t> {
    pub(super) fn read(text: &'t str, said: HeaderMeanings<'_>) -> Option<Self> {
        let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
        let (sign, start) = separator(&text[at..]);
        at += start;
        let (header, said_of, separator) = (Vec::new(), Vec::new(), sign.into());
        let mut sheet = Self { text, separator, header, said: said_of, rows: Vec::new() };
        while at < text.len() {
            let row = sheet.next_row(at);
            at = row.range.end;
            if text[row.range.clone()].trim().is_empty() {
                continue;
            }
            if sheet.header.is_empty() {
                sheet.header = row.cells.iter().map(|cell| sheet.plain(cell)).collect();
                sheet.said = sheet.header.iter().map(|header| said(header)).collect();
            } else {
                sheet.rows.push(row);
            }
        }
        (!sheet.header.is_empty()).then_some(sheet)
    }

    fn next_row(&self, start: usize) -> EditedRow {
        let text = self.text;
        let (mut cells, mut begin, mut quoted) = (Vec::new(), start, false);
        for (offset, letter) in text[start..].char_indices() {
            let at = start + offset;
            match letter {
                // Only a cell that begins with a quote is in quotes; one within them is doubled, and
                // so turns it twice. Elsewhere it is a sign like any other: `5" disk`.
                '"' if text[begin..].starts_with('"') => quoted = !quoted,
                '\n' if !quoted => {
                    let end = text[begin..at].trim_end_matches('\r').len() + begin;
                    cells.push(begin..end);
                    return EditedRow { range: start..at + 1, cells };
                }
                _ if letter == self.separator && !quoted => {
                    cells.push(begin..at);
                    begin = at + 1;
                }
                _ => {}
            }
        }
        cells.push(begin..text.len());
        EditedRow { range: start..text.len(), cells }
    }

    /// A cell without its quotes.
    fn plain(&self, cell: &Range<usize>) -> String {
        let text = self.text[cell.clone()].trim();
        match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(inner) => inner.replace("\"\"", "\""),
            None => text.to_owned(),
        }
    }

    /// Another text in a cell; none where the row has no such cell.
    pub(super) fn set(&self, row: &EditedRow, column: usize, text: &str) -> Option<Patch> {
        let range = row.cells.get(column).cloned()?;
        Some(Patch { range, text: quoted(text, &[self.separator]) })
    }

    pub(super) fn cell(&self, row: &EditedRow, column: usize) -> String {
        row.cells.get(column).map(|cell| self.plain(cell)).unwrap_or_default()
    }

    /// The columns that are said to mean this, or else those whose header tells it.
    pub(super) fn meaning(&self, said: &str, tells: impl Fn(&str) -> bool) -> Vec<usize> {
        let columns = || 0..self.header.len();
        let meant: Vec<usize> = columns().filter(|at| self.said[*at] == Some(said)).collect();
        if !meant.is_empty() {
            return meant;
        }
        columns().filter(|at| self.said[*at].is_none() && tells(&self.header[*at])).collect()
    }

    /// The first of these columns that is there, whatever type it declares.
    pub(super) fn column(&self, names: &[&str]) -> Option<usize> {
        let is = |at: usize, name: &str| {
            let header = &self.header[at];
            let bare = if name.starts_with(':') { header } else { bare(header) };
            match self.said[at] {
                None | Some("property") => bare.eq_ignore_ascii_case(name),
                Some(said) => said == name,
            }
        };
        names.iter().find_map(|name| (0..self.header.len()).find(|at| is(*at, name)))
    }

    pub(super) fn ends(&self) -> Option<(usize, usize)> {
        let pairs = [["from", "to"], ["source", "target"], [":start_id", ":end_id"]];
        pairs.into_iter().find_map(|[from, to]| self.column(&[from]).zip(self.column(&[to])))
    }

    /// The column of a field, which must be there: a new one would change every row.
    pub(super) fn wanted(&self, name: &str, field: &str) -> Result<usize, Diagnostic> {
        let other = match field {
            "name" => "label",
            "kind" => "type",
            _ => field,
        };
        self.column(&[field, other]).ok_or_else(|| {
            let message = format!("the sheet {name} has no column `{}`", shortened(field));
            let names =
                self.header.iter().zip(&self.said).filter_map(|(header, said)| match said {
                    Some("ignored") => None,
                    None | Some("property") => Some(bare(header)),
                    Some(said) => Some(*said),
                });
            let columns = names.collect::<Vec<&str>>().into_iter();
            let near = nearest(field, columns.clone());
            let all = columns.collect::<Vec<&str>>().join(", ");
            Diagnostic::new("no-column", message)
                .suggest(near.first(), &format!("it has {all}; add the column to its first line"))
        })
    }

    pub(super) fn added(
        &self,
        name: &str,
        (column, id): (usize, &str),
        said: &[(String, String)],
    ) -> Result<Patch, Diagnostic> {
        let mut cells = vec![String::new(); self.header.len()];
        id.clone_into(&mut cells[column]);
        for (field, text) in said.iter().filter(|(field, text)| field != "kind" || !text.is_empty())
        {
            cells[self.wanted(name, field)?].clone_from(text);
        }
        Ok(self.row(&cells))
    }

    /// A row behind all others.
    pub(super) fn row(&self, cells: &[String]) -> Patch {
        let end = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell, &[self.separator])).collect();
        let row = cells.join(&self.separator.to_string());
        let last = self.rows.last().map_or_else(
            || self.text.find('\n').map_or(self.text.len(), |at| at + 1),
            |row| row.range.end,
        );
        // The last line may lack its end, which then comes first.
        let open = !self.text[..last].ends_with('\n');
        let text = if open { format!("{end}{row}") } else { format!("{row}{end}") };
        Patch { range: last..last, text }
    }
}

/// A header without the type that it declares.
fn bare(header: &str) -> &str {
    header.split(':').next().unwrap_or(header).trim()
}
