//! Sheets: a row of its own for what is new, a cell for what is set.

use super::sheet::{EditedRow, EditedSheet};
use super::topics::TopicSheet;
use super::{FileChange, HeaderMeanings, Patch};
use crate::data::roles::NEEDS;
use crate::diagnostic::{Diagnostic, shortened};
use serde_json::Value;

pub(super) fn patches(
    name: &str,
    text: &str,
    change: &FileChange,
    said: HeaderMeanings<'_>,
) -> Result<Vec<Patch>, Diagnostic> {
    let Some(sheet) = EditedSheet::read(text, said) else { return Ok(Vec::new()) };
    let id = sheet.column(&["id", ":id"]);
    let ends = sheet.ends();
    if let Some((from, to)) = ends {
        return Ok(of_edges(&sheet, [from, to], change));
    }
    let Some(topics) = TopicSheet::of(&sheet, id) else { return Ok(Vec::new()) };
    let gone = |row: &EditedRow| Patch { range: row.range.clone(), text: String::new() };
    match change {
        FileChange::Add { id: own, kind, fields } => {
            if let Some(row) = topics.rows(&sheet, own).first() {
                let known = sheet.cell(row, topics.title);
                let message = format!("{name} has a row `{}` already", shortened(&known));
                return Err(Diagnostic::new("duplicate-id", message).about(own));
            }
            let mut cells = vec![("kind".to_owned(), kind.clone())];
            // A sheet without kinds calls its rows by its header: `.add topic Rust`.
            if kind.eq_ignore_ascii_case(&sheet.header[topics.title]) {
                cells.clear();
            }
            cells.extend(fields.iter().map(|(field, value)| (field.clone(), words(value))));
            Ok(vec![sheet.added(name, (topics.title, own), &cells)?])
        }
        FileChange::Link { edge } => topics.link(&sheet, edge),
        FileChange::Unlink { edge: [from, relation, to] } if relation == NEEDS => {
            Ok(topics.unlink(&sheet, &topics.rows(&sheet, from), to))
        }
        FileChange::Unlink { .. } => Ok(Vec::new()),
        FileChange::Remove { id: own } => {
            let rows = topics.rows(&sheet, own);
            let is_gone = |row: &&EditedRow| rows.iter().any(|gone| gone.range == row.range);
            let others: Vec<&EditedRow> = sheet.rows.iter().filter(|row| !is_gone(row)).collect();
            let mut patches = topics.unlink(&sheet, &others, own);
            patches.extend(rows.iter().map(|row| gone(row)));
            Ok(patches)
        }
        FileChange::Set { id: own, field, value } => {
            let rows = topics.rows(&sheet, own);
            if rows.is_empty() {
                return Ok(Vec::new());
            }
            Ok(set(&sheet, &rows, sheet.wanted(name, field)?, &words(value)))
        }
    }
}

/// Sets a cell of a topic: if that stands in several rows, in those that say something.
fn set(sheet: &EditedSheet<'_>, rows: &[&EditedRow], column: usize, text: &str) -> Vec<Patch> {
    let says = |row: &&&EditedRow| !sheet.cell(row, column).is_empty();
    let mut changed: Vec<&EditedRow> = rows.iter().filter(says).copied().collect();
    if changed.is_empty() {
        changed.extend(rows.first());
    }
    changed.into_iter().filter_map(|row| sheet.set(row, column, text)).collect()
}

/// Changes to a sheet of edges.
fn of_edges(sheet: &EditedSheet<'_>, [start, end]: [usize; 2], change: &FileChange) -> Vec<Patch> {
    let at = |row: &EditedRow, column: usize, wanted: &str| sheet.cell(row, column) == wanted;
    let gone = |is: &dyn Fn(&EditedRow) -> bool| {
        let rows = sheet.rows.iter().filter(|row| is(row));
        rows.map(|row| Patch { range: row.range.clone(), text: String::new() }).collect()
    };
    let relation = sheet.column(&["kind", "relation", "type", ":type"]);
    match (change, relation) {
        (FileChange::Link { edge: [from, kind, to] }, Some(relation)) => {
            let mut cells = vec![String::new(); sheet.header.len()];
            for (column, text) in [(start, from), (relation, kind), (end, to)] {
                cells[column].clone_from(text);
            }
            vec![sheet.row(&cells)]
        }
        (FileChange::Unlink { edge: [from, kind, to] }, Some(relation)) => {
            gone(&|row| at(row, start, from) && at(row, relation, kind) && at(row, end, to))
        }
        (FileChange::Remove { id }, _) => gone(&|row| at(row, start, id) || at(row, end, id)),
        _ => Vec::new(),
    }
}

fn words(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
