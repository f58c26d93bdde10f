//! What the elements of a document mean: the graph, its nodes and edges, and their data.

use super::data::{key_for, typed};
use super::{GraphmlDocument, stop};
use crate::diagnostic::{Diagnostic, shortened};
use crate::graph::{EdgeFacts, NodeFacts};
use crate::import::intake::Stop;
use crate::import::xml::Attributes;
use crate::import::xml_graph::XmlItem;
use serde_json::Value;

impl GraphmlDocument<'_> {
    pub(super) fn begin_graph(&mut self, attributes: &Attributes, at: usize) -> Result<(), Stop> {
        self.graph.begin(at)?;
        match attributes.get("edgedefault") {
            Some((word, _)) if word == "directed" => Ok(()),
            Some((word, place)) if word == "undirected" => {
                self.graph.undirected = Some(*place);
                Ok(())
            }
            _ => Err(stop(at, "this graph does not say whether it is directed")
                .help("write edgedefault=\"directed\" if each edge's source needs its target")),
        }
    }

    pub(super) fn begin_item(
        &mut self,
        mut attributes: Attributes,
        is_edge: bool,
        at: usize,
    ) -> Result<(), Stop> {
        let directed = if is_edge { attributes.remove("directed") } else { None };
        let undirected = match directed.as_ref().map(|(word, at)| (word.trim(), *at)) {
            Some(("true" | "1", _)) => None,
            Some(("false" | "0", at)) => Some(at),
            Some((word, at)) => {
                let message = format!("`directed` is true or false, not `{}`", shortened(word));
                return Err(stop(at, message).help("1 and 0 are as good"));
            }
            None => self.graph.undirected,
        };
        self.graph.begin_item(attributes, is_edge, at, (undirected, "edgedefault"))
    }

    pub(super) fn begin_data(&mut self, mut attributes: Attributes, at: usize) -> Result<(), Stop> {
        let key = attributes.remove("key").ok_or_else(|| stop(at, "this data names no key"))?;
        if !self.keys.contains_key(&key.0) {
            let message = format!("no `key` declares `{}`", shortened(&key.0));
            return Err(stop(key.1, message));
        }
        self.collect(Some(key));
        Ok(())
    }

    pub(super) fn end_default(&mut self, at: usize) {
        let Some(collected) = self.collected.take() else { return };
        // The key that was declared last.
        let declared = self.declared.as_ref().and_then(|id| self.keys.get(id)?.last());
        let Some(key) = declared.filter(|key| !key.says_nothing(&collected.text)) else { return };
        match typed(&key.name, &key.kind, &collected.text) {
            Ok(value) => {
                for (is_edge, defaults) in [false, true].into_iter().zip(&mut self.graph.defaults) {
                    if key.is_for(is_edge) {
                        defaults.entry(key.name.clone()).or_insert_with(|| value.clone());
                    }
                }
            }
            Err(problem) => self.graph.intake.problem(at..at + 1, problem),
        }
    }

    pub(super) fn end_data(&mut self, at: usize) -> Result<(), Stop> {
        let (Some(collected), Some(item)) = (self.collected.take(), &mut self.graph.item) else {
            return Ok(());
        };
        let Some((id, place)) = collected.key else { return Ok(()) };
        let Some(key) = key_for(&self.keys, &id, item.is_edge) else { return Ok(()) };
        if key.says_nothing(&collected.text) {
            return Ok(());
        }
        match typed(&key.name, &key.kind, &collected.text) {
            Ok(Value::String(label)) if key.drawing => {
                item.properties.entry("label".to_owned()).or_insert(label.trim().into());
            }
            Ok(value) => {
                if item.properties.insert(key.name.clone(), value).is_some() {
                    let message = format!("`{}` is said twice here", shortened(&key.name));
                    return Err(Stop::new(
                        place..place + 1,
                        Diagnostic::new("duplicate-key", message),
                    ));
                }
            }
            Err(problem) => self.graph.intake.problem(at..at + 1, problem),
        }
        Ok(())
    }

    pub(super) fn end_item(&mut self, at: usize) -> Result<(), Stop> {
        let Some(mut item) = self.graph.end_item(Some(at))? else { return Ok(()) };
        let is_edge = item.is_edge;
        let mut part = |name: &str| self.graph.id(&mut item, name);
        let whole = if is_edge { (part("source"), part("target")) } else { (part("id"), None) };
        let XmlItem { attributes, mut properties, .. } = item;
        for (name, (value, _)) in attributes {
            properties.entry(name).or_insert(value.into());
        }
        match whole {
            (Some((from, place)), Some((to, end))) => self.graph.intake.edge(EdgeFacts {
                from,
                to,
                properties,
                place,
                end_places: [place, end],
                ..EdgeFacts::default()
            }),
            (Some((id, place)), None) if !is_edge => {
                self.graph.intake.node(NodeFacts { id, properties, place, ..NodeFacts::default() });
            }
            _ => {}
        }
        Ok(())
    }
}
