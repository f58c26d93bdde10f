//! The nearest miss: a way that would be one if few things were different.

use super::path::Path;
use crate::graph::{Atlas, EdgeIndex, Flow, NodeIndex, Prerequisite, Relations};
use fixedbitset::FixedBitSet;
use petgraph::visit::NodeIndexable;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap, HashMap};

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

/// A path with its faults.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Miss {
    /// The path, by one edge each hop.
    pub path: Path,
    /// What is wrong with it.
    pub faults: Vec<Fault>,
}

/// The shortest path between two sets by edges of any relation, or of these, in any direction.
#[must_use]
pub fn undirected_path(
    atlas: &Atlas,
    from: &[NodeIndex],
    to: &[NodeIndex],
    over: &Relations,
) -> Option<Path> {
    let taken = |edge: EdgeIndex| {
        over.as_ref().is_none_or(|over| over.contains(&atlas.edge(edge).relation))
    };
    let way = way(&Flow::all(atlas), from, to, &[], (0, &taken));
    way.map(|miss| miss.path)
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

/// How one came to a node: from where, by which edge, with what fault; not at all at the start.
type Step = Option<(NodeIndex, EdgeIndex, Option<Fault>)>;

/// The way by edges that are `taken` with the least sum of faults, each of this `weight`, then
/// the fewest steps: Dijkstra's algorithm.
fn way(
    flow: &Flow<'_>,
    from: &[NodeIndex],
    to: &[NodeIndex],
    avoid: &[NodeIndex],
    (weight, taken): (usize, &dyn Fn(EdgeIndex) -> bool),
) -> Option<Miss> {
    let marked = |nodes: &[NodeIndex]| -> FixedBitSet {
        let mut marks = FixedBitSet::with_capacity(flow.node_bound());
        marks.extend(nodes.iter().map(|node| node.index()));
        marks
    };
    let (avoided, wanted) = (marked(avoid), marked(to));
    let avoids = |node: NodeIndex| usize::from(avoided.contains(node.index()));
    let mut came: HashMap<NodeIndex, Step> = HashMap::new();
    // What it costs and how one came there decide between ways, so that the smallest ids win.
    let starts = from.iter().map(|node| Reverse((avoids(*node), 0, *node, None)));
    let mut heap: BinaryHeap<Reverse<(usize, usize, NodeIndex, Step)>> = starts.collect();
    while let Some(Reverse((faults, steps, node, step))) = heap.pop() {
        if came.contains_key(&node) {
            continue;
        }
        came.insert(node, step);
        if wanted.contains(node.index()) {
            return Some(walked_back(&came, &avoided, node));
        }
        for (edge, next, fault) in moves(flow, node).into_iter().filter(|(edge, ..)| taken(*edge)) {
            if !came.contains_key(&next) {
                let wrong = usize::from(fault.is_some()) + avoids(next);
                let step = Some((node, edge, fault));
                heap.push(Reverse((faults + weight * wrong, steps + 1, next, step)));
            }
        }
    }
    None
}

/// Every edge at a node as a step, with what is wrong with it.
fn moves(flow: &Flow<'_>, node: NodeIndex) -> Vec<(EdgeIndex, NodeIndex, Option<Fault>)> {
    let atlas: &Atlas = flow.atlas();
    let mut moves: Vec<_> = flow.opens(node).map(|(edge, next)| (edge, next, None)).collect();
    // Each edge is one step only, by its least fault: none, then turned, then what else it is.
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

fn walked_back(came: &HashMap<NodeIndex, Step>, avoided: &FixedBitSet, end: NodeIndex) -> Miss {
    let mut miss = Miss::default();
    let mut here = Some(end);
    while let Some(node) = here {
        miss.path.nodes.push(node);
        let step = came.get(&node).copied().flatten();
        miss.path.hops.extend(step.map(|(_, edge, _)| vec![edge]));
        miss.faults.extend(step.and_then(|(.., fault)| fault));
        miss.faults.extend(avoided.contains(node.index()).then_some(Fault::Avoided(node)));
        here = step.map(|(before, ..)| before);
    }
    miss.path.nodes.reverse();
    miss.path.hops.reverse();
    miss.faults.reverse();
    miss
}
