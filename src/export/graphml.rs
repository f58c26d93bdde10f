//! `GraphML`: keys with their types, then nodes and edges with what they say.

use super::keys::Keys;
use super::plain::{ExportItem, PlainGraph};
use super::xml::{HOLDS, escaped, ids};
use super::{Saved, Saver, Subgraph};
use crate::diagnostic::Diagnostic;
use crate::graph::Atlas;

pub(super) const SAVER: Saver = Saver {
    name: "graphml",
    extensions: &["graphml"],
    summary: "GraphML: plain values, without schema and places in sources",
    save,
};

fn save(atlas: &Atlas, part: &Subgraph) -> Result<Saved, Diagnostic> {
    let graph = PlainGraph::new(atlas, part, &HOLDS);
    let keys = Keys::of(&graph);
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    for (at, key) in keys.iter().enumerate() {
        let (of, kind) = (if key.is_edge { "edge" } else { "node" }, key.kind.name());
        let name = escaped(key.name);
        text.push_str(&format!(
            "  <key id=\"d{at}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>\n"
        ));
    }
    text.push_str("  <graph edgedefault=\"directed\">\n");
    for (is_edge, items) in [(false, &graph.nodes), (true, &graph.edges)] {
        for item in items {
            write(&mut text, item, &keys, is_edge)?;
        }
    }
    text.push_str("  </graph>\n</graphml>\n");
    Ok(Saved::one(text, graph.losses.told()))
}

fn write(
    text: &mut String,
    item: &ExportItem<'_>,
    keys: &Keys<'_>,
    is_edge: bool,
) -> Result<(), Diagnostic> {
    let ids = ids(item, "GraphML")?;
    let (element, ends) = match ids.as_slice() {
        [from, to] => ("edge", format!("source=\"{from}\" target=\"{to}\"")),
        ids => ("node", format!("id=\"{}\"", ids.concat())),
    };
    text.push_str(&format!("    <{element} {ends}"));
    let data: Vec<(usize, String)> = keys.data(item, is_edge).collect();
    if data.is_empty() {
        text.push_str("/>\n");
        return Ok(());
    }
    text.push('>');
    for (key, value) in data {
        text.push_str(&format!("<data key=\"d{key}\">{}</data>", escaped(&value)));
    }
    text.push_str(&format!("</{element}>\n"));
    Ok(())
}
