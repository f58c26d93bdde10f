//! `csv`: one row a line, by RFC 4180; for spreadsheets.

use super::harmless::kept;
use super::{Format, Look};
use crate::answer::value_in_words;
use serde_json::Value;

pub(super) const FORMAT: Format = Format {
    name: "csv",
    extensions: &["csv"],
    summary: "comma-separated values, one row a line",
    write: |answer, look| {
        let table = answer.table();
        let heading: Vec<String> =
            table.columns.iter().map(|name| guarded(words(name, look), look)).collect();
        let columns: Vec<bool> =
            table.columns.iter().map(|name| ID_COLUMNS.contains(&name.as_str())).collect();
        let rows = table.rows.iter().map(|row| {
            row.iter().zip(&columns).map(|(value, is_id)| cell(value, *is_id, look)).collect()
        });
        let lines = std::iter::once(heading).chain(rows).map(|record: Vec<String>| line(&record));
        Ok(lines.collect::<String>().into_bytes())
    },
    ..Format::PLAIN
};

/// Cells in one line. Quotes are for what would be read in another way without them: separators,
/// and blanks at an end, which other programs cut off.
fn line(cells: &[String]) -> String {
    let written = cells.iter().map(|cell| {
        let bare = !cell.contains([',', '"', '\r', '\n']) && cell.trim() == cell;
        let lost = cell.is_empty() && cells.len() == 1;
        if bare && !lost { cell.clone() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
    });
    written.collect::<Vec<String>>().join(",") + "\n"
}

/// Columns that hold ids: another program finds nodes by them, so they are never changed.
const ID_COLUMNS: [&str; 2] = ["id", "nodes"];

fn cell(value: &Value, is_id: bool, look: &Look<'_>) -> String {
    match value {
        Value::Null => String::new(),
        Value::Number(number) => number.to_string(),
        value if is_id => words(&value_in_words(value), look),
        value => guarded(words(&value_in_words(value), look), look),
    }
}

/// The text; line ends and tabs are data in a quoted cell.
fn words(text: &str, look: &Look<'_>) -> String {
    let pieces = text.split_inclusive(['\n', '\t']);
    let shown = pieces.map(|piece| match piece.strip_suffix(['\n', '\t']) {
        Some(words) => kept(words, look).into_owned() + &piece[words.len()..],
        None => kept(piece, look).into_owned(),
    });
    shown.collect()
}

/// A text that no spreadsheet takes for a formula: what begins like one, also in full width, gets an
/// apostrophe in front.
fn guarded(text: String, look: &Look<'_>) -> String {
    const SIGNS: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];
    let begins = look.guard_formulas && text.starts_with(SIGNS);
    if begins { format!("'{text}") } else { text }
}
