//! What a flowchart says, gathered before it goes to the builder: nodes are made where they are
//! first named and described anywhere.

use super::cursor::MermaidLink;
use super::stop;
use crate::graph::{EdgeFacts, NodeFacts, Properties};
use crate::import::intake::{Expansion, Intake, Stop, no_direction};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// What an edge takes, roughly, in bytes.
const EDGE: usize = 256;

struct NodeSaid {
    id: String,
    at: usize,
    name: Option<String>,
    /// The innermost subgraph that it was named in first.
    subgraph: Option<usize>,
    properties: Properties,
}

struct ChartSubgraph {
    id: String,
    title: String,
    /// The one around it.
    outer: Option<usize>,
}

struct EdgeSaid {
    ends: [usize; 2],
    places: [usize; 2],
    relation: String,
}

#[derive(Default)]
pub(super) struct Chart {
    nodes: Vec<NodeSaid>,
    by_id: HashMap<String, usize>,
    subgraphs: Vec<ChartSubgraph>,
    /// The subgraphs that are open, the innermost last.
    open: Vec<usize>,
    edges: Vec<EdgeSaid>,
    /// Names of links, which are no nodes.
    links: HashSet<String>,
    expansion: Expansion,
}

impl Chart {
    /// The node of this name, which is in the open subgraph if it was in none.
    pub(super) fn node(&mut self, id: &str, at: usize) -> usize {
        let open = self.open.last().copied();
        if let Some(known) = self.by_id.get(id) {
            let subgraph = &mut self.nodes[*known].subgraph;
            *subgraph = subgraph.or(open);
            return *known;
        }
        self.by_id.insert(id.to_owned(), self.nodes.len());
        let properties = Properties::new();
        self.nodes.push(NodeSaid { id: id.to_owned(), at, name: None, subgraph: open, properties });
        self.nodes.len() - 1
    }

    pub(super) fn name(&mut self, node: usize, name: String) {
        self.nodes[node].name = Some(name).filter(|name| !name.is_empty());
    }

    /// Says something of a node, if there is a text.
    pub(super) fn say(&mut self, node: usize, property: &str, text: &str) {
        if !text.is_empty() {
            self.nodes[node].properties.insert(property.to_owned(), text.into());
        }
    }

    pub(super) fn known(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    pub(super) fn name_link(&mut self, id: &str) {
        self.links.insert(id.to_owned());
    }

    pub(super) fn is_link(&self, id: &str) -> bool {
        self.links.contains(id)
    }

    pub(super) fn begin_subgraph(&mut self, id: String, title: String) {
        let outer = self.open.last().copied();
        self.open.push(self.subgraphs.len());
        self.subgraphs.push(ChartSubgraph { id, title, outer });
    }

    /// Was one open?
    pub(super) fn end_subgraph(&mut self) -> bool {
        self.open.pop().is_some()
    }

    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Edges from each node on the left to each on the right.
    pub(super) fn edges(
        &mut self,
        left: &[(usize, usize)],
        right: &[(usize, usize)],
        link: &MermaidLink,
        span: Range<usize>,
    ) -> Result<(), Stop> {
        if link.invisible {
            return Ok(());
        }
        if link.arrows == [false, false] {
            let stop = Stop::new(span, no_direction("this line has no arrow"));
            return Err(stop.help("write `-->`, or `~~~` where nothing is meant"));
        }
        let relation = link.text.clone().unwrap_or_default();
        let products = left.len().saturating_mul(right.len()).saturating_mul(2);
        self.expansion.spend((EDGE + relation.len()).saturating_mul(products), span.start)?;
        for (from, start) in left {
            for (to, end) in right {
                let relation = || relation.clone();
                if link.arrows[1] {
                    let (ends, places) = ([*from, *to], [*start, *end]);
                    self.edges.push(EdgeSaid { ends, places, relation: relation() });
                }
                if link.arrows[0] {
                    let (ends, places) = ([*to, *from], [*end, *start]);
                    self.edges.push(EdgeSaid { ends, places, relation: relation() });
                }
            }
        }
        Ok(())
    }

    /// Hands everything over. A subgraph that edges touch is a node.
    pub(super) fn bring(self, intake: &mut Intake<'_>, before: usize) -> Result<(), Stop> {
        let Self { nodes, subgraphs, edges, mut expansion, .. } = self;
        let titles: HashMap<&str, &ChartSubgraph> =
            subgraphs.iter().map(|group| (group.id.as_str(), group)).collect();
        for edge in edges {
            let [from, to] = edge.ends.map(|node| nodes[node].id.clone());
            let end_places = edge.places.map(|at| intake.place(before + at));
            let (relation, place) = (edge.relation, end_places[0]);
            let facts = EdgeFacts { from, relation, to, place, end_places, ..EdgeFacts::default() };
            intake.edge(facts);
        }
        for NodeSaid { id, at, name, subgraph, mut properties } in nodes {
            let group = titles.get(id.as_str());
            let kinds = group.map(|_| "subgraph".to_owned()).into_iter().collect();
            // A subgraph lies in the one around it.
            let around = group.map_or(subgraph, |group| group.outer);
            if let Some(around) = around {
                let title = &subgraphs[around].title;
                expansion.spend(title.len(), at)?;
                properties.insert("subgraph".to_owned(), title.as_str().into());
            }
            let name = name.or_else(|| group.map(|group| group.title.clone()));
            let name = name.filter(|name| *name != id);
            let place = intake.place(before + at);
            intake.node(NodeFacts { id, kinds, name, properties, place, ..NodeFacts::default() });
        }
        Ok(())
    }
}

/// A subgraph's title that says nothing.
pub(super) fn nameless(at: usize) -> Stop {
    stop(at..at + 1, "this subgraph has no name")
}
