//! Changes to the text of a graph file: what is changed is put where it belongs, in the manner of its
//! neighbours, and every other byte stays.

mod csv;
mod json;
mod sheet;
#[cfg(test)]
mod tests;
mod topics;

use crate::diagnostic::{Diagnostic, Note};
use serde_json::Value;
use std::ops::Range;

/// A change to a graph.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum FileChange {
    /// A new node.
    Add {
        /// Its id.
        id: String,
        /// Its kind.
        kind: String,
        /// What is said of it: `name`, or a property.
        fields: Vec<(String, Value)>,
    },
    /// Something said of a node, instead of what was.
    Set {
        /// The node's id.
        id: String,
        /// `name`, `kind`, or a property.
        field: String,
        /// The new value.
        value: Value,
    },
    /// A node gone, and the edges that touch it.
    Remove {
        /// The node's id.
        id: String,
    },
    /// A new edge.
    Link {
        /// From, relation, to.
        edge: [String; 3],
    },
    /// An edge gone.
    Unlink {
        /// From, relation, to.
        edge: [String; 3],
    },
}

/// Which notations of files can be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Notation {
    Json,
    Csv,
}

/// A piece of a text that is replaced.
struct Patch {
    range: Range<usize>,
    text: String,
}

/// What headers of sheets are said to mean.
pub(crate) type HeaderMeanings<'a> = &'a dyn Fn(&str) -> Option<&'static str>;

/// The text with a change; `None` if the change is none of this file's: it lacks what is to be changed,
/// or has no place for it.
///
/// # Errors
/// The text is no native JSON and no sheet, or a sheet has no column for what is said.
pub(crate) fn changed(
    name: &str,
    text: &str,
    change: &FileChange,
    said: HeaderMeanings<'_>,
) -> Result<Option<String>, Diagnostic> {
    let extension = name.rsplit_once('.').map(|(_, end)| end.to_lowercase()).unwrap_or_default();
    let notation = match extension.as_str() {
        "csv" | "tsv" => Notation::Csv,
        _ if text.trim_start_matches('\u{feff}').trim_start().starts_with('{') => Notation::Json,
        _ => return Err(not_editable(name)),
    };
    let patches = match notation {
        Notation::Json => json::patches(name, text, change)?,
        Notation::Csv => csv::patches(name, text, change, said)?,
    };
    Ok((!patches.is_empty()).then(|| patched(text, patches)))
}

fn not_editable(name: &str) -> Diagnostic {
    let message = format!("{name} is neither native JSON nor a sheet, so it is not changed here");
    Diagnostic::new("not-editable", message).help(Note::naming(
        "`",
        "save",
        " graph.json` writes the graph as native JSON, which can be changed",
    ))
}

fn patched(text: &str, mut patches: Vec<Patch>) -> String {
    // Places are those of the text as it was, and no two patches overlap: one walk lays them all.
    patches.sort_by_key(|patch| patch.range.start);
    let (mut result, mut at) = (String::with_capacity(text.len()), 0);
    for Patch { range, text: new } in patches {
        result.push_str(&text[at..range.start]);
        result.push_str(&new);
        at = range.end;
    }
    result.push_str(&text[at..]);
    result
}
