//! The answer as a piece of graph to draw.

use super::{Answer, Body, Paths};
use crate::graph::{Atlas, EdgeIndex, NodeIndex, Strength};
use std::collections::{BTreeMap, BTreeSet};

/// A node to draw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureNode {
    /// The node.
    pub node: NodeIndex,
    /// Is it only recommended?
    pub recommended: bool,
    /// Is it on the way asked for?
    pub emphasised: bool,
}

/// An edge to draw; parallel edges of one relation are one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureEdge {
    /// From, as stored.
    pub from: NodeIndex,
    /// To, as stored.
    pub to: NodeIndex,
    /// The relation's name.
    pub relation: String,
    /// Is it only recommended?
    pub recommended: bool,
    /// Is it on the way asked for?
    pub emphasised: bool,
}

/// A piece of graph to draw.
#[derive(Debug, Clone)]
pub struct Picture<'g> {
    /// The graph it is a piece of.
    pub atlas: &'g Atlas,
    /// The nodes, in answer order.
    pub nodes: Vec<PictureNode>,
    /// The edges, in canonical order.
    pub edges: Vec<PictureEdge>,
}

impl Answer<'_> {
    /// The answer as a piece of graph; `None` for tables and values.
    #[must_use]
    pub fn picture(&self) -> Option<Picture<'_>> {
        let mut recommended = BTreeSet::new();
        let mut emphasised = BTreeSet::new();
        let (nodes, edges) = match &self.body {
            Body::Set(set) => {
                recommended.clone_from(&set.recommended);
                let mut nodes = set.nodes.clone();
                let mut edges = self.edges();
                if let Some(closure) = &set.closure {
                    // What was asked about belongs into the picture of what it needs.
                    let known: BTreeSet<NodeIndex> = nodes.iter().copied().collect();
                    let asked = closure.of.iter().filter(|node| !known.contains(node));
                    let asked: Vec<NodeIndex> = asked.copied().collect();
                    emphasised.extend(closure.of.iter().copied());
                    nodes.extend(asked);
                    edges = self.edges_among(&nodes, &set.over);
                    self.atlas.sort_edges(&mut edges);
                }
                (nodes, edges)
            }
            Body::Paths(Paths { walks: Some((nodes, edges)), .. }) => {
                emphasised.extend(self.nodes());
                (nodes.clone(), edges.clone())
            }
            Body::Plan(plan) => {
                recommended.clone_from(&plan.made.recommended);
                emphasised.extend(plan.goals.iter().copied());
                (plan.nodes(), self.edges())
            }
            Body::Paths(_) => (self.nodes(), self.edges()),
            Body::Card(node) => {
                emphasised.insert(*node);
                let edges = self.edges();
                let ends = edges.iter().flat_map(|edge| {
                    let (from, to) = self.atlas.ends(*edge);
                    [from, to]
                });
                let ends: BTreeSet<NodeIndex> = ends.chain([*node]).collect();
                (ends.into_iter().collect(), edges)
            }
            Body::Table(_) | Body::Value(_) => return None,
        };
        let nodes = nodes.into_iter().map(|node| PictureNode {
            node,
            recommended: recommended.contains(&node),
            emphasised: emphasised.contains(&node),
        });
        Some(Picture { atlas: &self.atlas, nodes: nodes.collect(), edges: self.merged(&edges) })
    }

    /// Parallel edges of one relation as one, required if one of them is.
    fn merged(&self, edges: &[EdgeIndex]) -> Vec<PictureEdge> {
        let on_way: BTreeSet<EdgeIndex> = match &self.body {
            Body::Paths(paths) if paths.walks.is_some() => self.edges().into_iter().collect(),
            _ => BTreeSet::new(),
        };
        let mut merged: BTreeMap<(NodeIndex, usize, NodeIndex), PictureEdge> = BTreeMap::new();
        for edge in edges {
            let (from, to) = self.atlas.ends(*edge);
            let facts = self.atlas.edge(*edge);
            let drawn = merged.entry((from, facts.relation, to)).or_insert_with(|| PictureEdge {
                from,
                to,
                relation: self.atlas.relation_of(*edge).name.clone(),
                recommended: true,
                emphasised: false,
            });
            drawn.recommended &= facts.strength == Strength::Recommended;
            drawn.emphasised |= on_way.contains(edge);
        }
        merged.into_values().collect()
    }
}
