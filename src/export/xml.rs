//! Texts as XML holds them.

use super::cannot_hold;
use super::plain::{Holds, Item};
use crate::data::roles::JOINED;
use crate::diagnostic::{Diagnostic, drives_terminal};

/// What formats of plain values in XML hold.
pub(super) const HOLDS: Holds = Holds {
    words: &JOINED,
    lists: false,
    all: false,
    text: is_xml,
    property: |name, _| is_xml(name),
};

/// The id of a node or the ends of an edge, as XML holds them.
pub(super) fn ids(item: &Item<'_>, format: &str) -> Result<Vec<String>, Diagnostic> {
    match item.ids.iter().find(|id| !is_xml(id)) {
        Some(id) => Err(cannot_hold(format, id, "XML has no such character")),
        None => Ok(item.ids.iter().map(|id| escaped(id)).collect()),
    }
}

/// Can XML hold the text? It has no control characters but tabs and line ends.
fn is_xml(text: &str) -> bool {
    let lacks = |letter: char| {
        letter < ' ' && !matches!(letter, '\t' | '\n' | '\r')
            || matches!(letter, '\u{fffe}' | '\u{ffff}')
    };
    !text.contains(lacks)
}

/// The text for an element or an attribute: line ends and tabs stay what they are, and
/// nothing drives a terminal.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            _ if drives_terminal(letter) => safe.push_str(&format!("&#{};", letter as u32)),
            _ => safe.push(letter),
        }
    }
    safe
}
