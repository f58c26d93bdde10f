//! What the elements of a document mean: the graph, its nodes and edges, and their data.

use super::data::{key_for, typed};
use super::{GraphmlDocument, GraphmlElement, stop};
use crate::diagnostic::{Diagnostic, shortened};
use crate::graph::{EdgeFacts, FilePlace, NodeFacts, Properties};
use crate::import::intake::{Stop, weight};
use crate::import::xml::Attributes;
use serde_json::Value;

impl GraphmlDocument<'_, '_> {
    pub(super) fn begin_graph(&mut self, attributes: &Attributes, at: usize) -> Result<(), Stop> {
        self.graphs += 1;
        if self.graphs > 1 {
            return Err(stop(at, "a second graph in one file is not read here")
                .help("put each graph into a file of its own"));
        }
        match attributes.get("edgedefault") {
            Some((word, _)) if word == "directed" => Ok(()),
            Some((word, place)) if word == "undirected" => {
                self.undirected = Some(*place);
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
            None => self.undirected,
        };
        if let Some(at) = undirected.filter(|_| is_edge) {
            let message = "this graph is undirected, but who needs whom has a direction";
            return Err(Stop::new(at..at + 1, Diagnostic::new("undirected", message)).help(
                "write edgedefault=\"directed\" if each edge's source needs its target, or the other way round",
            ));
        }
        self.item =
            Some(GraphmlElement { is_edge, attributes, properties: Properties::new(), place: at });
        Ok(())
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
                for (is_edge, defaults) in [false, true].into_iter().zip(&mut self.defaults) {
                    if key.is_for(is_edge) {
                        defaults.entry(key.name.clone()).or_insert_with(|| value.clone());
                    }
                }
            }
            Err(problem) => self.intake.problem(at..at + 1, problem),
        }
    }

    pub(super) fn end_data(&mut self, at: usize) -> Result<(), Stop> {
        let (Some(collected), Some(item)) = (self.collected.take(), self.item.as_mut()) else {
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
            Err(problem) => self.intake.problem(at..at + 1, problem),
        }
        Ok(())
    }

    /// Lays the defaults under what the item says itself.
    fn add_defaults(&mut self, item: &mut GraphmlElement, at: usize) -> Result<(), Stop> {
        let defaults = &self.defaults[usize::from(item.is_edge)];
        for (name, default) in defaults {
            if !item.properties.contains_key(name) {
                let one = Properties::from([(name.clone(), default.clone())]);
                self.expansion.spend(weight(&one), at)?;
                item.properties.extend(one);
            }
        }
        Ok(())
    }

    pub(super) fn end_item(&mut self, at: usize) -> Result<(), Stop> {
        let Some(mut item) = self.item.take() else { return Ok(()) };
        self.add_defaults(&mut item, at)?;
        let what = if item.is_edge { "edge" } else { "node" };
        let mut part = |name: &str| -> Option<(String, FilePlace)> {
            let Some((id, at)) = item.attributes.remove(name) else {
                let message = format!("this {what} has no `{name}`");
                let at = item.place;
                self.intake.problem(at..at + 1, Diagnostic::new("missing-member", message));
                return None;
            };
            let fit = self.intake.is_id(&id, "an id", at..at + id.len() + 2);
            fit.then(|| (id, self.intake.place(at)))
        };
        let whole =
            if item.is_edge { (part("source"), part("target")) } else { (part("id"), None) };
        let GraphmlElement { attributes, mut properties, is_edge, .. } = item;
        for (name, (value, _)) in attributes {
            properties.entry(name).or_insert(value.into());
        }
        match whole {
            (Some((from, place)), Some((to, end))) => self.intake.edge(EdgeFacts {
                from,
                to,
                properties,
                place,
                end_places: [place, end],
                ..EdgeFacts::default()
            }),
            (Some((id, place)), None) if !is_edge => {
                self.intake.node(NodeFacts { id, properties, place, ..NodeFacts::default() });
            }
            _ => {}
        }
        Ok(())
    }
}
