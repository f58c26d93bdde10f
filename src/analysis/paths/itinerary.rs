//! What a journey is asked for, apart from the graph that it goes through.

use crate::analysis::sorted_unique;
use crate::graph::{NodeIndex, Relations};
use std::collections::BTreeSet;

/// From, stops, to; what to pass and what to avoid on the way.
#[derive(Debug, Clone, Default)]
pub struct Itinerary {
    /// From, the stops between, to: at least two sets, of each of which one node suffices.
    pub stops: Vec<Vec<NodeIndex>>,
    /// What to pass on the way, in any order: of each set one.
    pub via: Vec<Vec<NodeIndex>>,
    /// What to avoid.
    pub avoid: BTreeSet<NodeIndex>,
    /// By which relations.
    pub over: Relations,
}

impl Itinerary {
    /// How many sets `via` may name: a bit each of what has been passed.
    pub const VIA_LIMIT: usize = 8;

    /// From one set to another.
    #[must_use]
    pub fn between(from: Vec<NodeIndex>, to: Vec<NodeIndex>) -> Self {
        Self { stops: vec![from, to], ..Self::default() }
    }

    /// Where it starts.
    #[must_use]
    pub fn from(&self) -> &[NodeIndex] {
        self.stops.first().map_or(&[], Vec::as_slice)
    }

    /// Where it ends.
    #[must_use]
    pub fn to(&self) -> &[NodeIndex] {
        self.stops.last().map_or(&[], Vec::as_slice)
    }

    /// Has it neither stops on the way nor nodes to pass?
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.stops.len() == 2 && self.via.is_empty()
    }

    /// Each leg alone, with what to avoid and without what to pass.
    pub fn legs(&self) -> impl Iterator<Item = Self> {
        self.stops.windows(2).map(|ends| self.by_stops(ends.to_vec()))
    }

    /// The way back, without what to pass.
    #[must_use]
    pub fn reversed(&self) -> Self {
        self.by_stops(self.stops.iter().rev().cloned().collect())
    }

    fn by_stops(&self, stops: Vec<Vec<NodeIndex>>) -> Self {
        Self { stops, via: Vec::new(), avoid: self.avoid.clone(), over: self.over.clone() }
    }

    /// The same without a node.
    #[must_use]
    pub fn without(&self, node: NodeIndex) -> Self {
        let mut itinerary = self.clone();
        itinerary.avoid.insert(node);
        itinerary
    }

    /// The same by way of one more node, unless it passes too many already.
    #[must_use]
    pub fn by_way_of(&self, node: NodeIndex) -> Self {
        let mut itinerary = self.clone();
        if itinerary.via.len() < Self::VIA_LIMIT {
            itinerary.via.push(vec![node]);
        }
        itinerary
    }

    /// The same, each set by id and without doubles.
    pub(super) fn in_order(self) -> Self {
        let sorted = |sets: Vec<Vec<NodeIndex>>| sets.into_iter().map(sorted_unique).collect();
        Self { stops: sorted(self.stops), via: sorted(self.via), ..self }
    }
}

/// Is the node in a set, which stands by id?
pub(super) fn has(set: &[NodeIndex], node: NodeIndex) -> bool {
    set.binary_search(&node).is_ok()
}
