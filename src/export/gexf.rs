//! GEXF 1.3, as Gephi reads it: attributes with their types, then nodes and edges.

use super::keys::Keys;
use super::plain::{ExportItem, PlainGraph};
use super::xml::{HOLDS, escaped, ids};
use super::{Saved, Saver, Subgraph};
use crate::data::roles::{NAME, RELATION};
use crate::diagnostic::Diagnostic;
use crate::graph::Atlas;

pub(super) const SAVER: Saver = Saver {
    name: "gexf",
    extensions: &["gexf"],
    summary: "GEXF 1.3: plain values, without schema and places in sources",
    save,
};

fn save(atlas: &Atlas, part: &Subgraph) -> Result<Saved, Diagnostic> {
    let graph = PlainGraph::new(atlas, part, &HOLDS);
    let keys = Keys::of(&graph);
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n  <graph defaultedgetype=\"directed\">\n",
    );
    for (of, is_edge) in [("node", false), ("edge", true)] {
        let own = keys.iter().enumerate().filter(|(_, key)| key.is_edge == is_edge);
        let declared = own.map(|(at, key)| {
            let (name, kind) = (escaped(key.name), key.kind.name());
            format!("      <attribute id=\"{at}\" title=\"{name}\" type=\"{kind}\"/>\n")
        });
        let declared: String = declared.collect();
        if !declared.is_empty() {
            text.push_str(&format!(
                "    <attributes class=\"{of}\">\n{declared}    </attributes>\n"
            ));
        }
    }
    for (element, is_edge, items) in [("nodes", false, &graph.nodes), ("edges", true, &graph.edges)]
    {
        text.push_str(&format!("    <{element}>\n"));
        for (at, item) in items.iter().enumerate() {
            write(&mut text, item, &keys, is_edge.then_some(at))?;
        }
        text.push_str(&format!("    </{element}>\n"));
    }
    text.push_str("  </graph>\n</gexf>\n");
    Ok(Saved::one(text, graph.losses.told()))
}

/// A node, or the edge of a number.
fn write(
    text: &mut String,
    item: &ExportItem<'_>,
    keys: &Keys<'_>,
    edge: Option<usize>,
) -> Result<(), Diagnostic> {
    let ids = ids(item, "GEXF")?;
    let said = item.said(if edge.is_some() { RELATION[0] } else { NAME[0] });
    let element = match (ids.as_slice(), edge) {
        ([from, to], Some(number)) => {
            text.push_str(&format!(
                "      <edge id=\"{number}\" source=\"{from}\" target=\"{to}\""
            ));
            if let Some(label) = said.map(|label| escaped(&label)) {
                // Of several edges between two nodes Gephi keeps one of each kind.
                text.push_str(&format!(" kind=\"{label}\" label=\"{label}\""));
            }
            "edge"
        }
        _ => {
            let label = said.map_or_else(|| ids.concat(), |label| escaped(&label));
            text.push_str(&format!("      <node id=\"{}\" label=\"{label}\"", ids.concat()));
            "node"
        }
    };
    let data: Vec<(usize, String)> = keys.data(item, edge.is_some()).collect();
    if data.is_empty() {
        text.push_str("/>\n");
        return Ok(());
    }
    text.push_str("><attvalues>");
    for (key, value) in data {
        text.push_str(&format!("<attvalue for=\"{key}\" value=\"{}\"/>", escaped(&value)));
    }
    text.push_str(&format!("</attvalues></{element}>\n"));
    Ok(())
}
