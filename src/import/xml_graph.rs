//! What `GraphML` and GEXF have in common: one directed graph, whose nodes and edges have attributes,
//! data of declared types, and defaults.

use super::intake::{Expansion, Intake, Stop, no_direction, weight};
use super::xml::{Attributes, Elements, Xml};
use crate::diagnostic::{Diagnostic, Text};
use crate::graph::{Builder, FilePlace, Properties};
use std::sync::Arc;

/// Reads a document, which holds what it finds as its graph.
pub(super) fn read<'b, D: Elements>(mut document: D, graph_of: fn(&mut D) -> &mut XmlGraph<'b>) {
    let graph = graph_of(&mut document);
    let (xml, (content, before)) = (Xml::new(&graph.intake, graph.code), graph.intake.content());
    let walked = xml.walk(&mut document);
    let graph = graph_of(&mut document);
    let read = walked.and_then(|()| match graph.graphs {
        0 => Err(graph.stop(before + content.len(), "this document has no `graph`")),
        _ => Ok(()),
    });
    if let Err(stop) = read {
        graph.intake.stopped(stop, 0);
    }
}

/// A node or an edge that is being read.
pub(super) struct XmlItem {
    pub(super) is_edge: bool,
    pub(super) attributes: Attributes,
    pub(super) properties: Properties,
    place: usize,
}

/// The graph of a document.
pub(super) struct XmlGraph<'b> {
    pub(super) intake: Intake<'b>,
    /// The code of its problems.
    code: &'static str,
    /// What nodes and what edges have that do not say otherwise.
    pub(super) defaults: [Properties; 2],
    /// Where it is said that edges have no direction.
    pub(super) undirected: Option<usize>,
    pub(super) item: Option<XmlItem>,
    graphs: usize,
    expansion: Expansion,
}

impl<'b> XmlGraph<'b> {
    pub(super) fn new(
        (builder, text, layer): (&'b mut Builder, &'b Arc<Text>, &str),
        code: &'static str,
    ) -> Self {
        Self {
            intake: Intake::new(builder, text, layer),
            code,
            defaults: [Properties::new(), Properties::new()],
            undirected: None,
            item: None,
            graphs: 0,
            expansion: Expansion::default(),
        }
    }

    fn stop(&self, at: usize, message: &str) -> Stop {
        Stop::new(at..at + 1, Diagnostic::new(self.code, message))
    }

    /// A `graph` begins, of which a file holds one.
    pub(super) fn begin(&mut self, at: usize) -> Result<(), Stop> {
        self.graphs += 1;
        if self.graphs > 1 {
            let stop = self.stop(at, "a second graph in one file is not read here");
            return Err(stop.help("put each graph into a file of its own"));
        }
        Ok(())
    }

    /// A node or an edge begins: an edge must not be `undirected`, which the attribute `default` of
    /// the graph says of those that say nothing.
    pub(super) fn begin_item(
        &mut self,
        attributes: Attributes,
        is_edge: bool,
        at: usize,
        (undirected, default): (Option<usize>, &str),
    ) -> Result<(), Stop> {
        if let Some(at) = undirected.filter(|_| is_edge) {
            let help = format!(
                "write {default}=\"directed\" if each edge's source needs its target, or the other way round"
            );
            return Err(Stop::new(at..at + 1, no_direction("this graph is undirected")).help(&help));
        }
        self.item = Some(XmlItem { is_edge, attributes, properties: Properties::new(), place: at });
        Ok(())
    }

    /// The node or edge that ends, with the defaults laid under what it says itself; what these
    /// take is told at `at`, or else where it begins.
    pub(super) fn end_item(&mut self, at: Option<usize>) -> Result<Option<XmlItem>, Stop> {
        let Some(mut item) = self.item.take() else { return Ok(None) };
        for (name, default) in &self.defaults[usize::from(item.is_edge)] {
            if !item.properties.contains_key(name) {
                let one = Properties::from([(name.clone(), default.clone())]);
                // A default is copied into each item: so a small file could grow beyond all memory.
                self.expansion.spend(weight(&one), at.unwrap_or(item.place))?;
                item.properties.extend(one);
            }
        }
        Ok(Some(item))
    }

    /// An id that must be there, and where it stands; if it is missing, that is noted.
    pub(super) fn id(&mut self, item: &mut XmlItem, name: &str) -> Option<(String, FilePlace)> {
        let Some((id, at)) = item.attributes.remove(name) else {
            let what = if item.is_edge { "edge" } else { "node" };
            let message = format!("this {what} has no `{name}`");
            let problem = Diagnostic::new("missing-member", message);
            self.intake.problem(item.place..item.place + 1, problem);
            return None;
        };
        let fit = self.intake.is_id(&id, "an id", at..at + id.len() + 2);
        fit.then(|| (id, self.intake.place(at)))
    }
}
