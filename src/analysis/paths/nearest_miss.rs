//! The nearest miss: a way that would be one if few things were different.

use crate::graph::{Atlas, EdgeIndex, Flow, NodeIndex, Prerequisite, Relations};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

/// What is wrong with a step of a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// The question left the edge's relation or strength out.
    LeftOut(EdgeIndex),
    /// The edge goes the other way.
    Reversed(EdgeIndex),
    /// The edge says nothing about what one needs first.
    NoFlow(EdgeIndex),
    /// The step comes to a node that the question avoids.
    Avoided(NodeIndex),
}

/// A way with its faults.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The nodes.
    pub nodes: Vec<NodeIndex>,
    /// The edge of each step.
    pub edges: Vec<EdgeIndex>,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
}

/// The shortest way between two sets by edges of any relation, or of these, in any direction.
#[must_use]
pub fn joined(
    atlas: &Atlas,
    from: &[NodeIndex],
    to: &[NodeIndex],
    over: &Relations,
) -> Option<Miss> {
    let taken = |edge: EdgeIndex| {
        over.as_ref().is_none_or(|over| over.contains(&atlas.edge(edge).relation))
    };
    way(&Flow::all(atlas), from, to, &[], (0, &taken))
}

/// The way from one of `from` to one of `to` with the fewest faults, then the fewest steps, then
/// the smallest ids, by edges of any relation in any direction; `None` if nothing joins them.
/// O((n + m) log n).
#[must_use]
pub fn nearest_miss(
    flow: &Flow<'_>,
    from: &[NodeIndex],
    to: &[NodeIndex],
    avoid: &[NodeIndex],
) -> Option<Miss> {
    way(flow, from, to, avoid, (1, &|_| true))
}

/// How one came to a node: from where, by which edge, with what faults; not at all at the start.
type Step = Option<(NodeIndex, EdgeIndex, Vec<Fault>)>;
/// How one came to each node.
type Came = BTreeMap<NodeIndex, Step>;
/// A node to look at: the faults and steps so far, and how one came to it.
type Head = (usize, usize, NodeIndex, Step);

/// The way by edges that are `taken` with the least sum of faults, each of this `weight`, then
/// the fewest steps.
fn way(
    flow: &Flow<'_>,
    from: &[NodeIndex],
    to: &[NodeIndex],
    avoid: &[NodeIndex],
    (weight, taken): (usize, &dyn Fn(EdgeIndex) -> bool),
) -> Option<Miss> {
    let atlas = flow.atlas();
    let marked = |nodes: &[NodeIndex]| {
        let mut marks = vec![false; atlas.graph().node_count()];
        for node in nodes {
            marks[node.index()] = true;
        }
        marks
    };
    let (avoided, wanted) = (marked(avoid), marked(to));
    let mut came: Came = BTreeMap::new();
    let mut heap: BinaryHeap<Reverse<Head>> = BinaryHeap::new();
    heap.extend(from.iter().map(|node| {
        let faults = usize::from(avoided[node.index()]);
        Reverse((faults, 0, *node, None))
    }));
    while let Some(Reverse((faults, steps, node, way))) = heap.pop() {
        if came.contains_key(&node) {
            continue;
        }
        came.insert(node, way);
        if wanted[node.index()] {
            return Some(walked_back(&came, &avoided, node));
        }
        for (edge, next, fault) in moves(flow, node).into_iter().filter(|(edge, ..)| taken(*edge)) {
            let mut wrong: Vec<Fault> = fault.into_iter().collect();
            if avoided[next.index()] {
                wrong.push(Fault::Avoided(next));
            }
            if !came.contains_key(&next) {
                let way = Some((node, edge, wrong.clone()));
                heap.push(Reverse((faults + weight * wrong.len(), steps + 1, next, way)));
            }
        }
    }
    None
}

/// Every edge at a node as a step, with what is wrong with it.
fn moves(flow: &Flow<'_>, node: NodeIndex) -> Vec<(EdgeIndex, NodeIndex, Option<Fault>)> {
    let atlas: &Atlas = flow.atlas();
    let mut moves: Vec<_> = flow.opens(node).map(|(edge, next)| (edge, next, None)).collect();
    let mut used: BTreeSet<EdgeIndex> = moves.iter().map(|(edge, ..)| *edge).collect();
    for (edge, next) in flow.needs(node) {
        if used.insert(edge) {
            moves.push((edge, next, Some(Fault::Reversed(edge))));
        }
    }
    let all = atlas.edges_from(node).into_iter().chain(atlas.edges_to(node));
    for edge in all.collect::<Vec<_>>() {
        if !used.insert(edge) {
            continue;
        }
        let (from, to) = atlas.ends(edge);
        let next = if from == node { to } else { from };
        let opens = match atlas.relation_of(edge).prerequisite {
            Some(Prerequisite::Target) => Some(to == node),
            Some(Prerequisite::Source) => Some(from == node),
            _ => None,
        };
        let fault = match opens {
            Some(true) => Fault::LeftOut(edge),
            Some(false) => Fault::Reversed(edge),
            None => Fault::NoFlow(edge),
        };
        moves.push((edge, next, Some(fault)));
    }
    moves
}

fn walked_back(came: &Came, avoided: &[bool], end: NodeIndex) -> Miss {
    let mut miss = Miss { nodes: vec![end], edges: Vec::new(), faults: Vec::new() };
    let mut node = end;
    while let Some(Some((before, edge, faults))) = came.get(&node) {
        miss.nodes.push(*before);
        miss.edges.push(*edge);
        miss.faults.extend(faults);
        node = *before;
    }
    if avoided[node.index()] {
        miss.faults.push(Fault::Avoided(node));
    }
    miss.nodes.reverse();
    miss.edges.reverse();
    miss.faults.reverse();
    miss
}
