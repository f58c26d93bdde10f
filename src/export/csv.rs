//! CSV: a sheet of nodes and a sheet of edges, with headers of our own or those that Neo4j's bulk
//! import wants. Every column of a property says its type, so that a
//! zip code stays a text and nothing is taken for something else. Cells are written as they are: what
//! a spreadsheet would take for a formula is an id or a text of the graph.

use super::losses::Loss;
use super::plain::{ExportItem, Holds, PlainGraph};
use super::{Saved, Saver, Subgraph, cannot_hold};
use crate::data::roles::{ALIASES, JOINED, KIND, NAME, RELATION, SOURCES};
use crate::data::sheets::quoted;
use crate::diagnostic::Diagnostic;
use crate::graph::Atlas;
use serde_json::Value;
use std::collections::BTreeMap;

pub(super) const SAVER: Saver = Saver {
    name: "csv",
    extensions: &["csv"],
    summary: "two sheets, of nodes and of edges: plain values, without schema and places in sources",
    save: |atlas, part| save(atlas, part, &PLAIN),
};

/// What `neo4j-admin database import` reads.
pub(super) const NEO4J: Saver = Saver {
    name: "neo4j",
    extensions: &["neo4j.csv"],
    summary: "two sheets for Neo4j's bulk import, or a folder of them: what CSV holds",
    save: |atlas, part| save(atlas, part, &BULK),
};

/// What stands above the columns that say what a row is.
struct Heads {
    id: &'static str,
    ends: [&'static str; 2],
    kind: &'static str,
    relation: &'static str,
}

const PLAIN: Heads = Heads { id: "id", ends: ["from", "to"], kind: KIND[0], relation: RELATION[0] };
const BULK: Heads =
    Heads { id: ":ID", ends: [":START_ID", ":END_ID"], kind: ":LABEL", relation: ":TYPE" };

impl Heads {
    fn of(&self, word: &'static str, is_edge: bool) -> &'static str {
        match word {
            word if !is_edge && word == KIND[0] => self.kind,
            word if is_edge && word == RELATION[0] => self.relation,
            other => other,
        }
    }
}

const HOLDS: Holds = Holds {
    words: &JOINED,
    lists: true,
    all: false,
    text: |text| !text.trim().is_empty(),
    property: |name, is_edge| {
        let is = |other: &&str| name.eq_ignore_ascii_case(other);
        let ends = ["from", "to"].iter().any(is);
        let taken = if is_edge { ends } else { ["id", "source", "target"].iter().any(is) || ends };
        !taken && !name.contains(':') && !name.is_empty() && name.trim() == name
    },
};

fn save(atlas: &Atlas, part: &Subgraph, called: &Heads) -> Result<Saved, Diagnostic> {
    let mut graph = PlainGraph::new(atlas, part, &HOLDS);
    let mut sheets = Vec::new();
    let node_words: &[&str] = &[KIND[0], NAME[0], ALIASES, SOURCES];
    let edge_words: &[&str] = &[RELATION[0], SOURCES];
    for (heads, words, is_edge) in
        [(&[called.id][..], node_words, false), (&called.ends, edge_words, true)]
    {
        let items = if is_edge { &graph.edges } else { &graph.nodes };
        let told =
            |item: &ExportItem<'_>| item.roles.iter().map(|(word, _)| *word).collect::<Vec<_>>();
        let words: Vec<&str> = words
            .iter()
            .copied()
            .filter(|word| items.iter().any(|item| told(item).contains(word)))
            .collect();
        let columns = columns(items);
        let mut changed = Vec::new();
        let above: Vec<&str> = words.iter().map(|word| called.of(word, is_edge)).collect();
        let mut sheet = header(heads, &above, &columns);
        for item in items {
            sheet.push_str(&row(item, &words, &columns, &mut changed)?);
        }
        for what in &changed {
            graph.losses.count(Loss::Mixed, what);
        }
        sheets.push(sheet);
    }
    let edges = sheets.pop().unwrap_or_default();
    let nodes = sheets.pop().unwrap_or_default();
    Ok(Saved {
        files: vec![("", nodes.into_bytes()), ("-edges", edges.into_bytes())],
        left_out: graph.losses.told(),
    })
}

/// The type of a column, as its header says it.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.to_string().parse::<i64>().is_ok() => "int",
        Value::Number(_) => "float",
        Value::Array(list) => match list.first().map_or("string", kind) {
            "boolean" => "boolean[]",
            "int" | "float" => "float[]",
            _ => "string[]",
        },
        _ => "string",
    }
}

/// The columns of properties with their types: text where values differ.
fn columns<'g>(items: &[ExportItem<'g>]) -> BTreeMap<&'g str, &'static str> {
    let mut columns: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, value) in items.iter().flat_map(|item| &item.properties) {
        let kind = kind(value);
        let known = columns.entry(name).or_insert(kind);
        *known = match (*known, kind) {
            (one, other) if one == other => one,
            ("int" | "float", "int" | "float") => "float",
            _ => "string",
        };
    }
    columns
}

fn header(heads: &[&str], words: &[&str], columns: &BTreeMap<&str, &'static str>) -> String {
    let plain = heads.iter().chain(words).map(|word| (*word).to_owned());
    let typed = columns.iter().map(|(name, kind)| cell(&format!("{name}:{kind}")));
    plain.chain(typed).collect::<Vec<String>>().join(",") + "\n"
}

fn row(
    item: &ExportItem<'_>,
    words: &[&str],
    columns: &BTreeMap<&str, &'static str>,
    changed: &mut Vec<String>,
) -> Result<String, Diagnostic> {
    if let Some(id) = item.ids.iter().find(|id| id.trim().is_empty()) {
        return Err(cannot_hold("CSV", id, "a cell of blanks says nothing"));
    }
    let mut cells: Vec<String> = item.ids.iter().map(|id| cell(id)).collect();
    for word in words {
        cells.push(item.said(word).map(|text| cell(&text)).unwrap_or_default());
    }
    let mut properties = item.properties.iter().peekable();
    for (name, kind) in columns {
        // Properties and columns are both sorted by name, so one pass over a row fills its cells.
        let value = properties.next_if(|(own, _)| own == name).map(|(_, value)| value);
        if value.is_some_and(|value| *kind == "string" && !value.is_string()) {
            changed.push(format!("{name} of {}", item.ids[0]));
        }
        cells.push(value.map(|value| cell(&words_of(value))).unwrap_or_default());
    }
    Ok(cells.join(",") + "\n")
}

fn words_of(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(words_of).collect::<Vec<String>>().join(";"),
        other => other.to_string(),
    }
}

/// A cell, whatever sign a reader takes for the one between cells.
fn cell(text: &str) -> String {
    quoted(text, &[',', ';', '|', '\t'])
}
