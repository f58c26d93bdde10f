//! Sheets: a row of its own for what is new, a cell for what is set.

use super::{FileChange, Patch};
use crate::diagnostic::{Diagnostic, nearest, shortened};
use serde_json::Value;
use std::ops::Range;

/// A sheet as it stands in a text.
struct Sheet<'t> {
    text: &'t str,
    separator: char,
    header: Vec<String>,
    rows: Vec<Row>,
}

struct Row {
    /// With its line end.
    range: Range<usize>,
    cells: Vec<Range<usize>>,
}

pub(super) fn patches(
    name: &str,
    text: &str,
    change: &FileChange,
) -> Result<Vec<Patch>, Diagnostic> {
    let Some(sheet) = Sheet::read(text) else { return Ok(Vec::new()) };
    let id = sheet.column(&["id", ":id"]);
    let ends = sheet.ends();
    let edges = ends.zip(sheet.column(&["kind", "relation", "type", ":type"]));
    let at = |row: &Row, column: usize, wanted: &str| sheet.cell(row, column) == wanted;
    let mut patches = Vec::new();
    let mut gone =
        |row: &Row| patches.push(Patch { range: row.range.clone(), text: String::new() });
    match change {
        FileChange::Add { id: own, kind, fields } if id.is_some() => {
            let mut cells = vec![("id".to_owned(), own.clone()), ("kind".to_owned(), kind.clone())];
            cells.extend(fields.iter().map(|(field, value)| (field.clone(), words(value))));
            return Ok(vec![sheet.added(name, &cells)?]);
        }
        FileChange::Link { edge: [from, kind, to] } => {
            let Some(((start, end), relation)) = edges else { return Ok(Vec::new()) };
            let mut cells = vec![String::new(); sheet.header.len()];
            for (column, text) in [(start, from), (relation, kind), (end, to)] {
                cells[column].clone_from(text);
            }
            return Ok(vec![sheet.row(&cells)]);
        }
        FileChange::Unlink { edge: [from, kind, to] } => {
            let Some(((start, end), relation)) = edges else { return Ok(Vec::new()) };
            let is =
                |row: &&Row| at(row, start, from) && at(row, relation, kind) && at(row, end, to);
            sheet.rows.iter().filter(is).for_each(&mut gone);
        }
        FileChange::Remove { id: own } => {
            let columns = [id, ends.map(|(from, _)| from), ends.map(|(_, to)| to)];
            let is = |row: &&Row| columns.iter().flatten().any(|column| at(row, *column, own));
            sheet.rows.iter().filter(is).for_each(&mut gone);
        }
        FileChange::Set { id: own, field, value } => {
            let Some(id) = id.filter(|_| ends.is_none()) else { return Ok(Vec::new()) };
            for row in sheet.rows.iter().filter(|row| at(row, id, own)) {
                let column = sheet.wanted(name, field)?;
                if let Some(range) = row.cells.get(column).cloned() {
                    patches.push(Patch { range, text: sheet.quoted(&words(value)) });
                }
            }
        }
        FileChange::Add { .. } => {}
    }
    Ok(patches)
}

fn words(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl<'t> Sheet<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let first = text.lines().next()?;
        let outside = || first.split('"').step_by(2).flat_map(str::chars);
        let count = |sign: char| outside().filter(|letter| *letter == sign).count();
        let separator = ['|', ';', '\t', ','].into_iter().max_by_key(|sign| count(*sign))?;
        let mut sheet = Self { text, separator, header: Vec::new(), rows: Vec::new() };
        let mut at = text.len() - text.trim_start_matches('\u{feff}').len();
        while at < text.len() {
            let row = sheet.next_row(at);
            at = row.range.end;
            if text[row.range.clone()].trim().is_empty() {
                continue;
            }
            if sheet.header.is_empty() {
                sheet.header = row.cells.iter().map(|cell| sheet.plain(cell)).collect();
            } else {
                sheet.rows.push(row);
            }
        }
        (!sheet.header.is_empty()).then_some(sheet)
    }

    fn next_row(&self, start: usize) -> Row {
        let (mut cells, mut begin, mut quoted) = (Vec::new(), start, false);
        for (offset, letter) in self.text[start..].char_indices() {
            let at = start + offset;
            match letter {
                '"' => quoted = !quoted,
                '\n' if !quoted => {
                    let end = self.text[begin..at].trim_end_matches('\r').len() + begin;
                    cells.push(begin..end);
                    return Row { range: start..at + 1, cells };
                }
                _ if letter == self.separator && !quoted => {
                    cells.push(begin..at);
                    begin = at + 1;
                }
                _ => {}
            }
        }
        cells.push(begin..self.text.len());
        Row { range: start..self.text.len(), cells }
    }

    /// A cell without its quotes.
    fn plain(&self, cell: &Range<usize>) -> String {
        let text = self.text[cell.clone()].trim();
        match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
            Some(inner) => inner.replace("\"\"", "\""),
            None => text.to_owned(),
        }
    }

    fn cell(&self, row: &Row, column: usize) -> String {
        row.cells.get(column).map(|cell| self.plain(cell)).unwrap_or_default()
    }

    /// The first of these columns that is there, whatever type it declares.
    fn column(&self, names: &[&str]) -> Option<usize> {
        let is = |header: &String, name: &str| {
            let bare = if name.starts_with(':') { header } else { bare(header) };
            bare.eq_ignore_ascii_case(name)
        };
        names.iter().find_map(|name| self.header.iter().position(|header| is(header, name)))
    }

    fn ends(&self) -> Option<(usize, usize)> {
        let pairs = [["from", "to"], ["source", "target"], [":start_id", ":end_id"]];
        pairs.into_iter().find_map(|[from, to]| self.column(&[from]).zip(self.column(&[to])))
    }

    /// The column of a field, which must be there: a new one would change every row.
    fn wanted(&self, name: &str, field: &str) -> Result<usize, Diagnostic> {
        let other = match field {
            "name" => "label",
            "kind" => "type",
            _ => field,
        };
        self.column(&[field, other]).ok_or_else(|| {
            let message = format!("the sheet {name} has no column `{}`", shortened(field));
            let columns = self.header.iter().map(|header| bare(header));
            let near = nearest(field, columns.clone());
            let all = columns.collect::<Vec<&str>>().join(", ");
            Diagnostic::new("no-column", message)
                .suggest(near.first(), &format!("it has {all}; add the column to its first line"))
        })
    }

    fn added(&self, name: &str, said: &[(String, String)]) -> Result<Patch, Diagnostic> {
        let mut cells = vec![String::new(); self.header.len()];
        for (field, text) in said {
            let column = match field.as_str() {
                "id" => self.column(&["id", ":id"]).unwrap_or_default(),
                "kind" if text.is_empty() => continue,
                field => self.wanted(name, field)?,
            };
            cells[column].clone_from(text);
        }
        Ok(self.row(&cells))
    }

    /// A row behind all others.
    fn row(&self, cells: &[String]) -> Patch {
        let end = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        let cells: Vec<String> = cells.iter().map(|cell| self.quoted(cell)).collect();
        let row = cells.join(&self.separator.to_string());
        let last = self.rows.last().map_or_else(
            || self.text.find('\n').map_or(self.text.len(), |at| at + 1),
            |row| row.range.end,
        );
        let open = !self.text[..last].ends_with('\n');
        let text = if open { format!("{end}{row}") } else { format!("{row}{end}") };
        Patch { range: last..last, text }
    }

    fn quoted(&self, text: &str) -> String {
        let special = text.contains([self.separator, '"', '\n', '\r']) || text.trim() != text;
        if special { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
    }
}

/// A header without the type that it declares.
fn bare(header: &str) -> &str {
    header.split(':').next().unwrap_or(header).trim()
}
