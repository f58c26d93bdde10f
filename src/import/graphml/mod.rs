//! `GraphML`, read as a stream: one directed graph of nodes and edges with typed data. What that
//! is not (nested graphs, hyperedges, undirected edges, entities of a document's own) is refused.

mod data;
mod elements;

pub(super) use self::data::typed;
use self::data::{DeclaredKeys, read_key};
use super::intake::Stop;
use super::xml::{Attribute, Element, Elements};
use super::xml_graph::{XmlGraph, read};
use super::{Importer, Reads};
use crate::diagnostic::{Diagnostic, shortened};

pub(super) const IMPORTER: Importer = Importer {
    name: "graphml",
    extensions: &["graphml", "xml"],
    summary: "GraphML, directed",
    reads: Reads::Text {
        recognises: |content| content.starts_with('<'),
        read: |builder, text, layer, _| {
            let document =
                GraphmlDocument::new(XmlGraph::new((builder, text, layer), "bad-graphml"));
            read(document, |document| &mut document.graph);
        },
    },
};

fn stop(at: usize, message: impl Into<String>) -> Stop {
    Stop::new(at..at + 1, Diagnostic::new("bad-graphml", message))
}

/// An element that does not belong where it stands.
fn misplaced(parent: Option<&str>, name: &str, at: usize) -> Stop {
    match (parent, name) {
        (None, _) => {
            let stop =
                stop(at, format!("this XML is no GraphML, but begins with `{}`", shortened(name)));
            if name == "gexf" { stop.help("GEXF is read from files called `.gexf`") } else { stop }
        }
        (Some("node" | "edge"), "graph") => {
            stop(at, "a graph inside a node or edge is not read here")
                .help("ungroup the nodes, or load the graphs one by one")
        }
        (Some("graph"), "hyperedge") => {
            stop(at, "a hyperedge is not read here: an edge has two ends")
        }
        (Some(parent), _) => {
            stop(at, format!("`{}` does not belong into `{parent}`", shortened(name)))
        }
    }
}

/// Text that is being collected: of which key, or of a key's default if none.
struct PendingText {
    key: Option<Attribute>,
    text: String,
    /// What yEd shows beside its drawing; text elsewhere in a drawing is not collected.
    drawn: bool,
}

struct GraphmlDocument<'b> {
    graph: XmlGraph<'b>,
    keys: DeclaredKeys,
    /// The key whose declaration is open.
    declared: Option<String>,
    collected: Option<PendingText>,
}

impl<'b> GraphmlDocument<'b> {
    fn new(graph: XmlGraph<'b>) -> Self {
        Self { graph, keys: DeclaredKeys::new(), declared: None, collected: None }
    }

    fn collect(&mut self, key: Option<Attribute>) {
        self.collected = Some(PendingText { key, text: String::new(), drawn: false });
    }
}

impl Elements for GraphmlDocument<'_> {
    fn begin(&mut self, parent: Option<&str>, element: &Element<'_, '_>) -> Result<bool, Stop> {
        let Element { name, at, .. } = *element;
        match (parent, name) {
            (None, "graphml") => {}
            (Some("graphml"), "key") => {
                self.declared = Some(read_key(&mut self.keys, &element.attributes()?, at)?);
            }
            (Some("key"), "default") => self.collect(None),
            (Some("graphml"), "graph") => self.begin_graph(&element.attributes()?, at)?,
            (Some("graph"), "node" | "edge") => {
                self.begin_item(element.attributes()?, name == "edge", at)?;
            }
            (Some("node" | "edge"), "data") => self.begin_data(element.attributes()?, at)?,
            // What yEd draws, inside its data; and what says nothing about nodes and edges.
            (Some("data"), _)
            | (Some("graphml" | "graph"), "data")
            | (Some("node"), "port")
            | (_, "desc") => return Ok(false),
            (parent, _) => return Err(misplaced(parent, name, at)),
        }
        Ok(true)
    }

    fn text(&mut self, text: &str, passed_over: bool) {
        if let Some(collected) = &mut self.collected
            && (!passed_over || collected.drawn)
        {
            collected.text.push_str(text);
        }
    }

    /// Of yEd's drawings the labels are read.
    fn passed_over(&mut self, name: &str, begins: bool) {
        if let Some(drawing) =
            self.collected.as_mut().filter(|_| ["NodeLabel", "EdgeLabel"].contains(&name))
        {
            drawing.drawn = begins && drawing.text.trim().is_empty();
        }
    }

    fn end(&mut self, name: &str, at: usize) -> Result<(), Stop> {
        match name {
            "key" => self.declared = None,
            "default" => self.end_default(at),
            "data" => self.end_data(at)?,
            "node" | "edge" => return self.end_item(at),
            _ => {}
        }
        Ok(())
    }
}
