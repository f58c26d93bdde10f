//! Measures that rank nodes: a row each.

use super::{needed_by, opened_by};
use crate::graph::{Atlas, Flow, NodeIndex};

/// Tells the measure of one node after the other.
pub type Measuring<'g> = Box<dyn FnMut(NodeIndex) -> usize + 'g>;

/// A row of [`MEASURES`].
#[derive(Debug)]
pub struct Measure {
    /// Its word.
    pub name: &'static str,
    /// What it counts.
    pub summary: &'static str,
    /// Measures nodes of a graph; O(n + m) for each, or less.
    pub of: for<'g> fn(&'g Atlas) -> Measuring<'g>,
}

/// All measures.
pub const MEASURES: &[Measure] = &[
    Measure {
        name: "degree",
        summary: "edges that leave or reach it; one from a node to itself does both",
        of: |atlas| Box::new(|node| atlas.edges_from(node).len() + atlas.edges_to(node).len()),
    },
    Measure {
        name: "unlocks",
        summary: "what it opens, directly or not",
        of: |atlas| {
            let flow = Flow::new(atlas, &None, false);
            Box::new(move |node| opened_by(&flow, &[node], usize::MAX).len())
        },
    },
    Measure {
        name: "prereqs",
        summary: "what it needs, directly or not",
        of: |atlas| {
            let flow = Flow::new(atlas, &None, false);
            Box::new(move |node| needed_by(&flow, &[node], usize::MAX).len())
        },
    },
];
