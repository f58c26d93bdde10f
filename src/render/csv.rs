//! `csv`: one row a line, by RFC 4180; for spreadsheets.

use super::Format;
use crate::answer::value_in_words;
use crate::diagnostic::{Diagnostic, visible};
use serde_json::Value;

pub(super) const FORMAT: Format = Format {
    name: "csv",
    extensions: &["csv"],
    summary: "comma-separated values, one row a line",
    single: false,
    notes: false,
    write: |answer, _| {
        let table = answer.table();
        let mut writer = ::csv::Writer::from_writer(Vec::new());
        let heading: Vec<String> = table.columns.iter().map(|name| harmless(name)).collect();
        let rows = table.rows.iter().map(|row| row.iter().map(cell).collect());
        for record in std::iter::once(heading).chain(rows) {
            writer.write_record(record).map_err(|error| failed(&error))?;
        }
        writer.into_inner().map_err(|error| failed(&error))
    },
};

fn failed(error: &dyn std::fmt::Display) -> Diagnostic {
    Diagnostic::new("io", error.to_string())
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Number(number) => number.to_string(),
        value => harmless(&value_in_words(value)),
    }
}

/// A text that no spreadsheet takes for a formula and no terminal for a command.
fn harmless(text: &str) -> String {
    // Line ends and tabs are data in a quoted cell.
    let pieces = text.split_inclusive(['\n', '\t']);
    let shown = pieces.map(|piece| {
        let (words, end) = match piece.strip_suffix(['\n', '\t']) {
            Some(words) => (words, &piece[words.len()..]),
            None => (piece, ""),
        };
        visible(words) + end
    });
    let shown: String = shown.collect();
    if shown.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{shown}") } else { shown }
}
