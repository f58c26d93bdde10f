//! `csv`: one row a line, by RFC 4180; for spreadsheets.

use super::harmless::kept;
use super::{Format, Look};
use crate::answer::value_in_words;
use crate::data::sheets::quoted;
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

/// Cells in one line, which is not blank.
fn line(cells: &[String]) -> String {
    let written = cells.iter().map(|cell| quoted(cell, &[','])).collect::<Vec<String>>().join(",");
    if cells == [""] { "\"\"\n".to_owned() } else { written + "\n" }
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
