//! What was loaded and is never changed: the graph, its vocabulary, and where all of it comes from.

use super::edge::{EdgeClass, EdgeWeight};
use super::index::IndexCache;
use super::names::Names;
use super::node::{FileLines, Node, Source};
use super::schema::Schema;
use super::{EdgeIndex, NodeIndex};
use petgraph::graph::DiGraph;
use std::sync::OnceLock;

#[derive(Debug)]
pub(super) struct Store {
    pub(super) graph: DiGraph<Node, EdgeWeight>,
    /// What edges say beyond their ends.
    pub(super) classes: Vec<EdgeClass>,
    pub(super) schema: Schema,
    pub(super) sources: Vec<Source>,
    pub(super) layers: Vec<String>,
    pub(super) files: Vec<FileLines>,
    pub(super) notes: Vec<String>,
    pub(super) names: OnceLock<Names>,
    pub(super) indices: IndexCache,
}

impl Store {
    /// The ends of an edge: from, to.
    pub(super) fn ends(&self, edge: EdgeIndex) -> (NodeIndex, NodeIndex) {
        self.graph.edge_endpoints(edge).unwrap_or_default()
    }

    /// What an edge says beyond its ends.
    pub(super) fn class(&self, edge: EdgeIndex) -> &EdgeClass {
        &self.classes[self.graph[edge].class as usize]
    }
}
