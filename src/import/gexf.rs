//! GEXF, as Gephi and networkx write it: one directed graph, its attributes with their types. What is
//! drawn, when something was there, and ids of edges are left out; graphs inside nodes are refused.

use super::graphml::typed;
use super::intake::Stop;
use super::xml::{Attributes, Element, Elements};
use super::xml_graph::{XmlGraph, XmlItem, read};
use super::{Importer, Reads};
use crate::data::roles::{NAME, RELATION};
use crate::diagnostic::{Diagnostic, shortened};
use crate::graph::{EdgeFacts, NodeFacts, Properties};
use serde_json::Value;
use std::collections::BTreeMap;

pub(super) const IMPORTER: Importer = Importer {
    name: "gexf",
    extensions: &["gexf"],
    summary: "GEXF, directed",
    reads: Reads::Text {
        recognises: |content| content.starts_with('<') && begins(content),
        read: |builder, text, layer, _| {
            let document = GexfDocument::new(XmlGraph::new((builder, text, layer), "bad-gexf"));
            read(document, |document| &mut document.graph);
        },
    },
};

/// How far the outermost element is looked for.
const HEAD: usize = 4096;

fn begins(content: &str) -> bool {
    let head = &content.as_bytes()[..content.len().min(HEAD)];
    head.windows(5).any(|window| window == b"<gexf")
}

fn stop(at: usize, message: impl Into<String>) -> Stop {
    Stop::new(at..at + 1, Diagnostic::new("bad-gexf", message))
}

/// What an `attribute` element declares.
struct Declared {
    name: String,
    kind: &'static str,
}

struct GexfDocument<'b> {
    graph: XmlGraph<'b>,
    /// What nodes and what edges have, by id.
    declared: [BTreeMap<String, Declared>; 2],
    /// Are the open `attributes` those of edges?
    of_edges: bool,
    /// The attribute whose declaration is open, and the text of its default.
    open: Option<(String, String)>,
}

impl<'b> GexfDocument<'b> {
    fn new(graph: XmlGraph<'b>) -> Self {
        let declared = [BTreeMap::new(), BTreeMap::new()];
        Self { graph, declared, of_edges: false, open: None }
    }

    fn begin_graph(&mut self, attributes: &Attributes, at: usize) -> Result<(), Stop> {
        self.graph.begin(at)?;
        self.graph.undirected = match attributes.get("defaultedgetype") {
            Some((word, _)) if word == "directed" => None,
            Some((_, place)) => Some(*place),
            None => Some(at),
        };
        Ok(())
    }

    fn declare(&mut self, attributes: &Attributes, at: usize) -> Result<(), Stop> {
        let said = |name: &str| attributes.get(name).map(|(value, _)| value.clone());
        let id = said("id").ok_or_else(|| stop(at, "this attribute has no `id`"))?;
        let name = said("title").filter(|name| !name.is_empty()).unwrap_or_else(|| id.clone());
        let kind = match said("type").unwrap_or_default().as_str() {
            "integer" | "long" | "short" | "byte" => "long",
            "float" | "double" | "bigdecimal" | "biginteger" => "double",
            "boolean" => "boolean",
            _ => "string",
        };
        let declared = Declared { name, kind };
        let own = &mut self.declared[usize::from(self.of_edges)];
        if own.insert(id.clone(), declared).is_some() {
            let message = format!("the attribute `{}` is declared twice", shortened(&id));
            return Err(stop(at, message));
        }
        self.open = Some((id, String::new()));
        Ok(())
    }

    fn end_default(&mut self, at: usize) {
        let Some((id, text)) = &mut self.open else { return };
        let text = std::mem::take(text);
        let own = &self.declared[usize::from(self.of_edges)];
        let Some(declared) = own.get(id).filter(|_| !text.trim().is_empty()) else { return };
        match typed(&declared.name, declared.kind, &text) {
            Ok(value) => {
                let defaults = &mut self.graph.defaults[usize::from(self.of_edges)];
                defaults.insert(declared.name.clone(), value);
            }
            Err(problem) => self.graph.intake.problem(at..at + 1, problem),
        }
    }

    fn begin_item(&mut self, attributes: Attributes, is_edge: bool, at: usize) -> Result<(), Stop> {
        let own = attributes.get("type").filter(|_| is_edge);
        let undirected = match own.map(|(word, place)| (word.to_lowercase(), *place)) {
            Some((word, _)) if word == "directed" => None,
            Some((word, place)) if word != "undirected" && word != "mutual" => {
                let message = format!("`{}` is no direction of an edge", shortened(&word));
                return Err(stop(place, message).help("`type` is directed or undirected"));
            }
            Some((_, place)) => Some(place),
            None => self.graph.undirected,
        };
        self.graph.begin_item(attributes, is_edge, at, (undirected, "defaultedgetype"))
    }

    fn value(&mut self, mut attributes: Attributes, at: usize) -> Result<(), Stop> {
        let Some(item) = &mut self.graph.item else { return Ok(()) };
        let key = attributes.remove("for").or_else(|| attributes.remove("id"));
        let (key, place) = key.ok_or_else(|| stop(at, "this value is for no attribute"))?;
        let Some(declared) = self.declared[usize::from(item.is_edge)].get(&key) else {
            return Err(stop(place, format!("no `attribute` declares `{}`", shortened(&key))));
        };
        let (text, place) = attributes.remove("value").unwrap_or_default();
        if text.trim().is_empty() && declared.kind != "string" {
            return Ok(());
        }
        match typed(&declared.name, declared.kind, &text) {
            Ok(value) => drop(item.properties.insert(declared.name.clone(), value)),
            Err(problem) => self.graph.intake.problem(place..place + text.len() + 2, problem),
        }
        Ok(())
    }

    fn end_item(&mut self) -> Result<(), Stop> {
        match self.graph.end_item(None)? {
            Some(item) if item.is_edge => self.bring_edge(item),
            Some(item) => self.bring_node(item),
            None => {}
        }
        Ok(())
    }

    fn bring_node(&mut self, mut item: XmlItem) {
        let Some((id, place)) = self.graph.id(&mut item, "id") else { return };
        let XmlItem { mut attributes, mut properties, .. } = item;
        let name = text(&mut attributes, "label").filter(|label| *label != id);
        if let Some(name) = &name {
            drop_same(&mut properties, NAME[0], name);
        }
        properties.extend(text(&mut attributes, "pid").map(|id| ("pid".to_owned(), id.into())));
        self.graph.intake.node(NodeFacts { id, name, properties, place, ..NodeFacts::default() });
    }

    fn bring_edge(&mut self, mut item: XmlItem) {
        let ends = ["source", "target"].map(|name| self.graph.id(&mut item, name));
        let [Some((from, place)), Some((to, end))] = ends else { return };
        let XmlItem { mut attributes, mut properties, .. } = item;
        let (kind, label) = (text(&mut attributes, "kind"), text(&mut attributes, "label"));
        let relation = kind.or_else(|| label.clone()).unwrap_or_default();
        drop_same(&mut properties, RELATION[0], &relation);
        if let Some(label) = label.filter(|label| *label != relation) {
            properties.entry("label".to_owned()).or_insert(label.into());
        }
        if let Some((weight, at)) = attributes.remove("weight") {
            match typed("weight", "double", &weight) {
                Ok(value) => drop(properties.entry("weight".to_owned()).or_insert(value)),
                Err(problem) => self.graph.intake.problem(at..at + weight.len() + 2, problem),
            }
        }
        let (sources, end_places) = (Vec::new(), [place, end]);
        let edge = EdgeFacts { from, relation, to, properties, sources, place, end_places };
        self.graph.intake.edge(edge);
    }
}

/// An attribute that says something.
fn text(attributes: &mut Attributes, name: &str) -> Option<String> {
    attributes.remove(name).map(|(text, _)| text).filter(|text| !text.trim().is_empty())
}

/// Takes a property away that repeats what the format has a place for.
fn drop_same(properties: &mut Properties, name: &str, said: &str) {
    if properties.get(name).and_then(Value::as_str) == Some(said) {
        properties.remove(name);
    }
}

impl Elements for GexfDocument<'_> {
    fn begin(&mut self, parent: Option<&str>, element: &Element<'_, '_>) -> Result<bool, Stop> {
        let Element { name, at, .. } = *element;
        match (parent, name) {
            (None, "gexf")
            | (Some("graph"), "nodes" | "edges")
            | (Some("node" | "edge"), "attvalues") => {}
            (Some("attribute"), "default") => {
                if let Some((_, default)) = &mut self.open {
                    default.clear();
                }
            }
            (Some("gexf"), "graph") => self.begin_graph(&element.attributes()?, at)?,
            (Some("graph"), "attributes") => {
                let attributes = element.attributes()?;
                self.of_edges = attributes.get("class").is_some_and(|(class, _)| class == "edge");
            }
            (Some("attributes"), "attribute") => self.declare(&element.attributes()?, at)?,
            (Some("nodes"), "node") | (Some("edges"), "edge") => {
                self.begin_item(element.attributes()?, name == "edge", at)?;
            }
            (Some("attvalues"), "attvalue") => self.value(element.attributes()?, at)?,
            (Some("node"), "nodes" | "edges") => {
                return Err(stop(at, "a graph inside a node is not read here")
                    .help("ungroup the nodes, or load the graphs one by one"));
            }
            (None, _) => {
                let message = format!("this XML is no GEXF, but begins with `{}`", shortened(name));
                return Err(stop(at, message));
            }
            // What is drawn, when it was there, and what the file says of itself.
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn text(&mut self, text: &str, passed_over: bool) {
        if let Some((_, default)) = self.open.as_mut().filter(|_| !passed_over) {
            default.push_str(text);
        }
    }

    fn end(&mut self, name: &str, at: usize) -> Result<(), Stop> {
        match name {
            "default" => self.end_default(at),
            "attribute" => self.open = None,
            "node" | "edge" => return self.end_item(),
            _ => {}
        }
        Ok(())
    }
}
