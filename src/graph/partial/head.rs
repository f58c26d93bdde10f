//! What is kept of a graph beside its nodes and edges, and how names are looked up.

use crate::diagnostic::Note;
use crate::graph::folding::{composed, fold};
use crate::graph::node::{Node, Source};
use crate::graph::properties::FieldUses;
use crate::graph::schema::Schema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// What is kept of a graph beside its nodes and edges.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Head {
    /// Nodes and edges.
    pub(crate) counts: [u64; 2],
    pub(crate) schema: Schema,
    pub(crate) sources: Vec<Source>,
    pub(crate) layers: Vec<String>,
    pub(crate) notes: Vec<Note>,
    /// Files, and how many of their lines end.
    pub(crate) files: Vec<(String, u32)>,
    /// Is the learning order kept?
    pub(crate) ranked: bool,
    pub(crate) field_uses: FieldUses,
    /// The rows of answers that count everything, by verb.
    pub(crate) tables: BTreeMap<String, Vec<Vec<Value>>>,
}

/// What a name is looked up by: folded, or as it is where folding leaves nothing.
pub(crate) fn key_of(name: &str) -> String {
    let folded = fold(name);
    let key = if folded.is_empty() { composed(name).into_owned() } else { folded };
    // No database's text holds it.
    key.replace('\0', "\u{fffd}")
}

/// What a node is looked up by, each once.
pub(crate) fn keys_of(node: &Node) -> Vec<String> {
    let names = node.name.iter().chain(&node.aliases).map(String::as_str);
    let mut keys: Vec<String> = names.chain([node.id.as_str()]).map(key_of).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
