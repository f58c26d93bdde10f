//! JSON of others: node-link JSON, as networkx and d3 read it, and the JSON Graph Format. Both hold
//! any value, and of sources the ids.

use super::plain::{ExportItem, Holds, PlainGraph};
use super::{Saved, Saver, Subgraph};
use crate::data::json_graph;
use crate::data::roles::{ALIASES, KIND, LISTED, NAME, RELATION, SOURCES};
use crate::diagnostic::harmless_json;
use crate::graph::Atlas;
use serde_json::{Map, Value};

pub(super) const NODE_LINK: Saver = Saver {
    name: "node-link",
    extensions: &["node-link.json"],
    summary: "node-link JSON, as networkx and d3 read it, without schema and places in sources",
    save: |atlas, part| Ok(node_link(atlas, part)),
};

pub(super) const JSON_GRAPH: Saver = Saver {
    name: "json-graph",
    extensions: &["jgf.json", "jgf"],
    summary: "JSON Graph Format 2, without schema and places in sources",
    save: |atlas, part| Ok(json_graph(atlas, part)),
};

/// What graphify calls things: with those the file would be taken for one of its own.
const GRAPHIFY: [&str; 4] = ["_src", "_tgt", "source_file", "file_type"];

const IN_LINKS: Holds = Holds {
    words: &LISTED,
    lists: true,
    all: true,
    text: |text| !text.is_empty(),
    property: |name, is_edge| {
        let own = if is_edge { &["source", "target", "directed"][..] } else { &["id"] };
        !own.contains(&name) && !GRAPHIFY.contains(&name)
    },
};

const IN_METADATA: Holds = Holds {
    words: &json_graph::WORDS,
    property: |name, is_edge| {
        let own = if is_edge { &["source", "target", "directed"][..] } else { &["label"] };
        !own.contains(&name)
    },
    ..IN_LINKS
};

fn node_link(atlas: &Atlas, part: &Subgraph) -> Saved {
    let graph = PlainGraph::new(atlas, part, &IN_LINKS);
    let nodes = graph.nodes.iter().map(|node| {
        let mut members = Map::from_iter([("id".to_owned(), node.ids[0].into())]);
        members.extend(roles(node));
        members.extend(properties(node));
        members.into()
    });
    let links = graph.edges.iter().map(|edge| {
        let mut members = ends(edge);
        members.extend(roles(edge));
        members.extend(properties(edge));
        members.into()
    });
    let text = format!(
        "{{\"directed\": true, \"multigraph\": true, \"graph\": {{}},\n\"nodes\": [{}],\n\"links\": [{}]}}\n",
        lines(nodes),
        lines(links)
    );
    saved(text, graph)
}

fn json_graph(atlas: &Atlas, part: &Subgraph) -> Saved {
    let graph = PlainGraph::new(atlas, part, &IN_METADATA);
    let nodes = graph.nodes.iter().map(|node| {
        let mut members = Map::new();
        let mut metadata: Map<String, Value> = roles(node).collect();
        if let Some(name) = metadata.remove(NAME[0]) {
            members.insert(json_graph::WORDS.name[0].to_owned(), name);
        }
        metadata.extend(properties(node));
        let members = with_metadata(members, metadata);
        format!("{}: {members}", Value::from(node.ids[0]))
    });
    let nodes = nodes.collect::<Vec<String>>().join(",\n");
    let edges = graph.edges.iter().map(|edge| {
        let mut members = ends(edge);
        let mut metadata: Map<String, Value> = roles(edge).collect();
        members.extend(metadata.remove_entry(RELATION[0]));
        metadata.extend(properties(edge));
        with_metadata(members, metadata)
    });
    let text = format!(
        "{{\"graph\": {{\"directed\": true,\n\"nodes\": {{\n{nodes}\n}},\n\"edges\": [{}]}}}}\n",
        lines(edges)
    );
    saved(text, graph)
}

fn saved(text: String, graph: PlainGraph<'_>) -> Saved {
    let text = harmless_json(text);
    Saved { files: vec![("", text.into_bytes())], left_out: graph.losses.told() }
}

fn ends(edge: &ExportItem<'_>) -> Map<String, Value> {
    let ends = ["source", "target"].into_iter().zip(&edge.ids);
    ends.map(|(word, id)| (word.to_owned(), Value::from(*id))).collect()
}

/// What says what it is: a text, or a list where there may be several.
fn roles(item: &ExportItem<'_>) -> impl Iterator<Item = (String, Value)> {
    item.roles.iter().map(|(word, texts)| {
        let list = [ALIASES, SOURCES].contains(word) || *word == KIND[0] && texts.len() > 1;
        let value = if list { texts.clone().into() } else { texts.concat().into() };
        ((*word).to_owned(), value)
    })
}

fn properties(item: &ExportItem<'_>) -> impl Iterator<Item = (String, Value)> {
    item.properties.iter().map(|(name, value)| ((*name).to_owned(), value.clone()))
}

fn with_metadata(mut members: Map<String, Value>, metadata: Map<String, Value>) -> Value {
    if !metadata.is_empty() {
        members.insert("metadata".to_owned(), metadata.into());
    }
    members.into()
}

/// A value a line.
fn lines(values: impl Iterator<Item = Value>) -> String {
    let lines: Vec<String> = values.map(|value| format!("\n{value}")).collect();
    lines.join(",")
}
