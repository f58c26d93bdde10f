//! What a DOT file says, gathered before it goes to the builder: nodes are made where they are
//! first named and described anywhere.

use super::AttributeList;
use super::label::{Owner, expansion, shown};
use crate::graph::{EdgeFacts, NodeFacts, Properties};
use crate::import::intake::{Expansion, Intake, Stop, weight};
use serde_json::Value;
use std::collections::HashMap;

/// What Graphviz calls a graph without a name.
const NAMELESS: &str = "%3";
/// What an edge takes, roughly, in bytes.
const EDGE: usize = 256;

struct DotNode {
    id: String,
    at: usize,
    properties: Properties,
}

struct DotEdge {
    ends: [usize; 2],
    places: [usize; 2],
    properties: Properties,
}

#[derive(Default)]
pub(super) struct DotFacts {
    /// Does a later edge between the same nodes add to the earlier one?
    pub(super) strict: bool,
    /// The graph's name.
    pub(super) graph: String,
    nodes: Vec<DotNode>,
    by_id: HashMap<String, usize>,
    edges: Vec<DotEdge>,
    /// Edges that later ones between the same nodes add to: in a strict graph all, else those
    /// of the same `key`.
    by_ends: HashMap<([usize; 2], Option<Value>), usize>,
    expansion: Expansion,
}

impl DotFacts {
    /// Takes note of bytes that the file does not hold itself.
    pub(super) fn expand(&mut self, bytes: usize, at: usize) -> Result<(), Stop> {
        self.expansion.spend(bytes, at)
    }

    /// The node of this name, made with the defaults that hold here if it is new.
    pub(super) fn node(
        &mut self,
        id: &str,
        at: usize,
        defaults: &Properties,
        subgraph: Option<&str>,
    ) -> Result<usize, Stop> {
        if let Some(known) = self.by_id.get(id) {
            return Ok(*known);
        }
        self.expand(weight(defaults), at)?;
        let mut properties = defaults.clone();
        if let Some(name) = subgraph {
            properties.entry("subgraph".to_owned()).or_insert_with(|| name.into());
        }
        self.by_id.insert(id.to_owned(), self.nodes.len());
        self.nodes.push(DotNode { id: id.to_owned(), at, properties });
        Ok(self.nodes.len() - 1)
    }

    pub(super) fn describe(&mut self, node: usize, attributes: &AttributeList) {
        self.nodes[node].properties.extend(attributes.iter().cloned());
    }

    /// Edges from each node on the left to each on the right.
    pub(super) fn edges(
        &mut self,
        ends: [&[usize]; 2],
        ports: [Option<&str>; 2],
        places: [usize; 2],
        defaults: &Properties,
        attributes: &AttributeList,
    ) -> Result<(), Stop> {
        let mut properties = Properties::new();
        for (name, port) in ["tailport", "headport"].into_iter().zip(ports) {
            properties.extend(port.map(|port| (name.to_owned(), port.into())));
        }
        properties.extend(attributes.iter().cloned());
        // A `key` among the defaults is none, says Graphviz.
        let key = properties.get("key").filter(|_| !self.strict).cloned();
        let said = weight(&properties);
        for (name, value) in defaults {
            properties.entry(name.clone()).or_insert_with(|| value.clone());
        }
        let products = ends[0].len() * ends[1].len();
        let defaulted = weight(&properties) - said;
        let made = (EDGE + said).saturating_mul(products.saturating_sub(1));
        self.expand(defaulted.saturating_mul(products).saturating_add(made), places[1])?;
        let merges = self.strict || key.is_some();
        for from in ends[0] {
            for to in ends[1] {
                let ends = [*from, *to];
                if merges {
                    let known =
                        *self.by_ends.entry((ends, key.clone())).or_insert(self.edges.len());
                    if let Some(known) = self.edges.get_mut(known) {
                        known.properties.extend(properties.clone());
                        continue;
                    }
                }
                self.edges.push(DotEdge { ends, places, properties: properties.clone() });
            }
        }
        Ok(())
    }

    /// Hands everything over.
    pub(super) fn bring(mut self, intake: &mut Intake<'_>, before: usize) -> Result<(), Stop> {
        let graph = if self.graph.is_empty() { NAMELESS.to_owned() } else { self.graph };
        for edge in self.edges {
            let [from, to] = edge.ends.map(|node| self.nodes[node].id.clone());
            let end_places = edge.places.map(|at| intake.place(before + at));
            let mut properties = edge.properties;
            if let Some(Value::String(label)) = properties.get_mut("label") {
                let owner = Owner::Edge(&from, &to);
                self.expansion.spend(expansion(label, &owner, &graph), edge.places[0])?;
                *label = shown(label, &owner, &graph);
            }
            intake.edge(EdgeFacts {
                from,
                to,
                properties,
                place: end_places[0],
                end_places,
                ..EdgeFacts::default()
            });
        }
        for node in self.nodes {
            let mut properties = node.properties;
            if let Some(Value::String(label)) = properties.get_mut("label") {
                let owner = Owner::Node(&node.id);
                self.expansion.spend(expansion(label, &owner, &graph), node.at)?;
                *label = shown(label, &owner, &graph);
                if *label == node.id {
                    properties.remove("label");
                }
            }
            let place = intake.place(before + node.at);
            intake.node(NodeFacts { id: node.id, properties, place, ..NodeFacts::default() });
        }
        Ok(())
    }
}
