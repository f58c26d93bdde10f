//! Measures that rank nodes: a row each.

use super::reached_counts;
use crate::graph::{Atlas, Flow, NodeIndex};
use crate::stop::raised;
use petgraph::Direction;
use std::sync::atomic::AtomicBool;

/// A row of [`MEASURES`].
#[derive(Debug)]
pub struct Measure {
    /// Its word.
    pub name: &'static str,
    /// What it counts.
    pub summary: &'static str,
    /// Does it follow the learning flow?
    pub flows: bool,
    /// Measures nodes of a graph, in their order; those that were measured before `stop` was raised.
    /// What flows may count what is required alone.
    pub of: MeasureFunction,
}

/// Values of nodes, by whether only what is required counts and what stops it.
type MeasureFunction = fn(&Atlas, &[NodeIndex], bool, &AtomicBool) -> Vec<Option<usize>>;

/// All measures.
pub const MEASURES: &[Measure] = &[
    Measure {
        name: "degree",
        summary: "edges that leave or reach it; one from a node to itself does both",
        flows: false,
        of: |atlas, nodes, _, stop| {
            let degree =
                |node: &NodeIndex| atlas.edges_from(*node).len() + atlas.edges_to(*node).len();
            nodes.iter().map(|node| (!raised(stop)).then(|| degree(node))).collect()
        },
    },
    Measure {
        name: "unlocks",
        summary: "what it opens, directly or not",
        flows: true,
        of: |atlas, nodes, only, stop| reached(atlas, nodes, Direction::Outgoing, only, stop),
    },
    Measure {
        name: "prereqs",
        summary: "what it needs, directly or not",
        flows: true,
        of: |atlas, nodes, only, stop| reached(atlas, nodes, Direction::Incoming, only, stop),
    },
];

fn reached(
    atlas: &Atlas,
    nodes: &[NodeIndex],
    direction: Direction,
    required_only: bool,
    stop: &AtomicBool,
) -> Vec<Option<usize>> {
    reached_counts(&Flow::new(atlas, &None, required_only), nodes, direction, stop)
}
