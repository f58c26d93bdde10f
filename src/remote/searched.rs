//! What a search looks at, as databases hold it.

use crate::graph::{Atlas, EdgeIndex, NodeIndex, PropertyList};
use crate::query::Sought;
use std::collections::{BTreeSet, HashMap};

/// A text as databases hold it.
pub(super) fn held(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// What a search looks at of a node.
pub(super) struct Searched {
    /// Its folded names, a line each.
    pub(super) names: String,
    /// What may nearly be what is sought.
    pub(super) words: BTreeSet<String>,
    /// Its texts, and those of edges that reach it.
    pub(super) texts: String,
}

/// What a search looks at of each node of a graph.
pub(super) fn searched(atlas: &Atlas) -> impl Fn(NodeIndex) -> Searched {
    let mut said: HashMap<NodeIndex, String> = HashMap::new();
    for edge in (0..atlas.edge_bound()).map(EdgeIndex::new) {
        let properties = atlas.edge(edge).properties;
        if !properties.is_empty() {
            add_texts(said.entry(atlas.ends(edge).1).or_default(), properties);
        }
    }
    move |node| {
        let facts = atlas.seen(node);
        let (names, words) = Sought::names(&facts);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut texts = said.get(&node).cloned().unwrap_or_default();
        add_texts(&mut texts, &facts.properties);
        Searched { names: held(&names.join("\n")), words, texts }
    }
}

fn add_texts(texts: &mut String, properties: &PropertyList) {
    for text in Sought::texts(properties) {
        texts.push_str(&held(&text));
        texts.push('\n');
    }
}
