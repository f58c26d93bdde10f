//! What can stand in for a node: the other options of a clause, and what is tied to it.

use super::clauses::{Clause, clauses};
use crate::analysis::sorted_unique;
use crate::graph::{EdgeIndex, Flow, NodeIndex};

/// Why one node can stand in for another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grounds {
    /// They are options of one clause.
    Options(Clause),
    /// These edges tie them.
    Ties(Vec<EdgeIndex>),
}

/// What can stand in for a node, by id: the other options of each clause that it is an option of,
/// and all that is tied to it. O(arcs of its dependents, with their logarithm).
#[must_use]
pub fn stand_ins(flow: &Flow<'_>, node: NodeIndex) -> Vec<NodeIndex> {
    let options = offers(flow, node).into_iter();
    let options = options.flat_map(|clause| clause.nodes().collect::<Vec<_>>());
    let mut found = sorted_unique(options.chain(ties(flow, node).map(|(_, end)| end)).collect());
    found.retain(|other| *other != node);
    found
}

/// Why `other` can stand in for a node.
#[must_use]
pub fn grounds(flow: &Flow<'_>, node: NodeIndex, other: NodeIndex) -> Vec<Grounds> {
    let clauses = offers(flow, node).into_iter();
    let clauses = clauses.filter(|clause| other != node && !clause.edges(other).is_empty());
    let mut found: Vec<Grounds> = clauses.map(Grounds::Options).collect();
    let mut edges: Vec<EdgeIndex> =
        ties(flow, node).filter(|(_, end)| *end == other).map(|(edge, _)| edge).collect();
    if !edges.is_empty() && other != node {
        flow.atlas().sort_edges(&mut edges);
        edges.dedup();
        found.push(Grounds::Ties(edges));
    }
    found
}

/// The clauses of which a node is one of several options, by dependent.
fn offers(flow: &Flow<'_>, node: NodeIndex) -> Vec<Clause> {
    let dependents = sorted_unique(flow.opens(node).map(|(_, dependent)| dependent).collect());
    let asked = dependents.into_iter().flat_map(|dependent| clauses(flow, dependent));
    asked.filter(|clause| !clause.is_plain() && !clause.edges(node).is_empty()).collect()
}

/// What is tied to a node, in either direction.
fn ties(flow: &Flow<'_>, node: NodeIndex) -> impl Iterator<Item = (EdgeIndex, NodeIndex)> {
    let ties = flow.ties();
    let arcs = ties.iter().flat_map(|ties| ties.needs(node).chain(ties.opens(node)));
    arcs.collect::<Vec<_>>().into_iter()
}
