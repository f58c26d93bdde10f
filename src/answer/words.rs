//! Facts in words: sources, values, amounts, edges as stored.

use crate::analysis::{Amount, UNIT};
use crate::graph::{Atlas, Citation, EdgeIndex, NodeIndex, statements};
use serde_json::{Number, Value};
use std::collections::BTreeMap;
use std::str::FromStr;

/// How it reads that something is of use, but not required.
pub const OPTIONAL: &str = "recommended (optional)";

/// An amount in words: with as many decimals as it has.
#[must_use]
pub fn amount(cost: Amount) -> String {
    let (whole, part) = (cost / UNIT, cost % UNIT);
    let text = format!("{whole}.{part:06}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// An amount as a number, exactly.
#[must_use]
pub fn number(cost: Amount) -> Value {
    Number::from_str(&amount(cost)).map_or(Value::Null, Value::Number)
}

/// Citations in short, a source once with all its lines: `roadmap:12,15 · talk:3`.
pub fn sources_in_words<'c>(citations: impl IntoIterator<Item = &'c Citation>) -> String {
    let mut lines: BTreeMap<&str, Vec<u64>> = BTreeMap::new();
    for citation in citations {
        let known = lines.entry(&citation.source).or_default();
        known.extend(citation.line.filter(|line| !known.contains(line)));
    }
    let words = lines.into_iter().map(|(source, mut lines)| {
        lines.sort_unstable();
        let lines: Vec<String> = lines.iter().map(u64::to_string).collect();
        if lines.is_empty() { source.to_owned() } else { format!("{source}:{}", lines.join(",")) }
    });
    words.collect::<Vec<String>>().join(" · ")
}

/// A value in words: text as it is, lists with commas or, where these are taken, semicolons, objects as `key value`.
#[must_use]
pub fn value_in_words(value: &Value) -> String {
    match value {
        Value::Null => "—".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().map(value_in_words).collect();
            let commas = items.iter().any(|item| item.contains(", "));
            items.join(if commas { "; " } else { ", " })
        }
        Value::Object(parts) => {
            let parts = parts.iter().map(|(key, value)| format!("{key} {}", value_in_words(value)));
            parts.collect::<Vec<String>>().join(", ")
        }
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// Details of a statement, by name: `scope basics; as tool`.
pub(super) fn details_in_words<'v>(
    details: impl IntoIterator<Item = (&'v str, &'v Value)>,
) -> String {
    let told = |(name, value)| format!("{name} {}", value_in_words(value));
    details.into_iter().map(told).collect::<Vec<String>>().join("; ")
}

/// What the edges of a hop say that the schema wants told on a path, each once.
#[must_use]
pub fn told_on_path(atlas: &Atlas, hop: &[EdgeIndex]) -> String {
    let fields = &atlas.schema().fields;
    let wanted = |name: &str| fields.get(name).is_some_and(|field| field.on_path);
    let mut told: Vec<(&str, &Value)> = Vec::new();
    for (name, value) in hop.iter().flat_map(|edge| atlas.edge(*edge).properties.iter()) {
        let said = statements(value).filter(|said| !said.is_null()).map(|said| (name, said));
        for said in said.filter(|_| wanted(name)) {
            if !told.contains(&said) {
                told.push(said);
            }
        }
    }
    details_in_words(told)
}

/// An edge in the direction of a hop, the arrow as it is stored: `mlops <-builds-on- llmops`.
#[must_use]
pub fn edge_as_stored(atlas: &Atlas, edge: EdgeIndex, left: NodeIndex) -> String {
    let (from, to) = atlas.ends(edge);
    let relation = &atlas.relation_of(edge).name;
    if from == left {
        format!("{} -{relation}-> {}", atlas.node(from).id, atlas.node(to).id)
    } else {
        format!("{} <-{relation}- {}", atlas.node(to).id, atlas.node(from).id)
    }
}

/// The layers of a statement in words; nothing where it is the first one's alone.
pub(super) fn later_layers(atlas: &Atlas, layers: &[usize]) -> String {
    if layers == [0] {
        return String::new();
    }
    let names: Vec<&str> = layers.iter().map(|layer| atlas.layers()[*layer].as_str()).collect();
    names.join(", ")
}
