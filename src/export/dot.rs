//! DOT, as Graphviz draws it: names and relations are labels where nothing else would be taken for
//! them. What quotes cannot hold stands between `<` and `>`.

use super::losses::Loss;
use super::plain::{ExportItem, Holds, PlainGraph};
use super::{Saved, Saver, Subgraph, cannot_hold};
use crate::data::roles::{JOINED, NAME, RELATION};
use crate::diagnostic::Diagnostic;
use crate::graph::Atlas;
use serde_json::Value;

pub(super) const SAVER: Saver = Saver {
    name: "dot",
    extensions: &["dot", "gv"],
    summary: "DOT of Graphviz: texts and plain numbers, without schema and places in sources",
    save,
};

/// What is drawn at a node or an edge.
const LABEL: &str = "label";
/// Edges of one key between two nodes are one.
const KEY: &str = "key";

const HOLDS: Holds = Holds {
    words: &JOINED,
    lists: false,
    all: false,
    text: |text| dot_word(text).is_some(),
    property: |name, is_edge| {
        name != LABEL && !(is_edge && name == KEY) && dot_word(name).is_some()
    },
};

fn save(atlas: &Atlas, part: &Subgraph) -> Result<Saved, Diagnostic> {
    let mut graph = PlainGraph::new(atlas, part, &HOLDS);
    let mut text = String::from("digraph {\n");
    let mut lost = Vec::new();
    for item in graph.nodes.iter().chain(&graph.edges) {
        let id = |id: &&str| {
            let why = "quotes cannot hold an odd `\\` before a quote or a line's end";
            dot_word(id).ok_or_else(|| cannot_hold("DOT", id, why))
        };
        let ids = item.ids.iter().map(id).collect::<Result<Vec<String>, Diagnostic>>()?;
        let said = attributes(item, &mut lost);
        let said = if said.is_empty() { said } else { format!(" [{said}]") };
        text.push_str(&format!("  {}{said}\n", ids.join(" -> ")));
    }
    lost.iter().for_each(|(loss, what)| graph.losses.count(*loss, what));
    Ok(Saved::one(text + "}\n", graph.losses.told()))
}

/// What an item says, and what of it is `lost`.
fn attributes(item: &ExportItem<'_>, lost: &mut Vec<(Loss, String)>) -> String {
    let is_edge = item.ids.len() > 1;
    let named = if is_edge { RELATION[0] } else { NAME[0] };
    let mut said = Vec::new();
    for (word, _) in &item.roles {
        let text = item.said(word).unwrap_or_default();
        let labelled = label(&text).filter(|_| *word == named && may_be_label(item, &text));
        let whole = || dot_word(&text).map(|text| (*word, text));
        match labelled.map(|label| (LABEL, label)).or_else(whole) {
            Some((word, text)) => said.push(format!("{word}={text}")),
            // Several texts, each of which it holds.
            None => lost.push((Loss::Text, text)),
        }
    }
    for (name, value) in &item.properties {
        let text = match value {
            Value::String(text) => dot_word(text),
            Value::Number(number) if is_numeral(&number.to_string()) => Some(number.to_string()),
            other => {
                lost.push((Loss::Untyped, format!("{name} of {}", item.ids[0])));
                dot_word(&other.to_string())
            }
        };
        said.extend(dot_word(name).zip(text).map(|(name, text)| format!("{name}={text}")));
    }
    said.join(", ")
}

/// Is a label read as this name, or this relation? Other words come before it, and a node whose
/// label is its id has no name.
fn may_be_label(item: &ExportItem<'_>, text: &str) -> bool {
    let words = if item.ids.len() > 1 { JOINED.relation } else { JOINED.name };
    text != item.ids[0] && !item.properties.iter().any(|(name, _)| words.contains(name))
}

/// A label that shows the text in one line; `None` if the text has several.
fn label(text: &str) -> Option<String> {
    let escaped = text.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;");
    (!text.contains(['\n', '\r'])).then(|| format!("\"{escaped}\""))
}

/// Is it a number as DOT writes them, without an exponent?
fn is_numeral(number: &str) -> bool {
    number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'.'))
}

/// A name or a value as DOT writes it. In quotes a backslash is one, but before a quote or a line's
/// end: there it must be one of a pair. What has another number of them stands between `<` and `>`,
/// if it has no such signs itself.
pub(crate) fn dot_word(text: &str) -> Option<String> {
    let mut backslashes = 0;
    let mut fits_quotes = true;
    for character in text.chars().chain(['"']) {
        if matches!(character, '"' | '\n' | '\r') {
            fits_quotes &= backslashes % 2 == 0;
        }
        backslashes = if character == '\\' { backslashes + 1 } else { 0 };
    }
    match text {
        _ if text.contains('\0') => None,
        _ if fits_quotes => Some(format!("\"{}\"", text.replace('"', "\\\""))),
        _ => (!text.contains(['<', '>'])).then(|| format!("<{text}>")),
    }
}
