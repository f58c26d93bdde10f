//! Between which levels a journey's nodes lie: what is beyond them leads to no end of it, or no start
//! leads there, and no search looks at it.

use super::itinerary::{Itinerary, has};
use crate::graph::{Flow, NodeIndex, TopologicalLevel, TopologicalLevels};

/// The levels that a journey can touch, where they are known.
#[derive(Debug, Clone)]
pub(super) struct Bounds<'g> {
    levels: TopologicalLevels<'g>,
    /// From the least of the starts' to the greatest of the ends'.
    depth: [u32; 2],
    /// From the least of the ends' to the greatest of the starts'.
    height: [u32; 2],
}

impl<'g> Bounds<'g> {
    pub(super) fn new(flow: &Flow<'g>, itinerary: &Itinerary) -> Option<Self> {
        let levels = flow.levels()?;
        let of = |nodes: &[NodeIndex]| -> Vec<TopologicalLevel> {
            nodes.iter().map(|node| levels.of(*node)).collect()
        };
        let (from, to) = (of(itinerary.from()), of(itinerary.to()));
        let depth = [
            from.iter().map(|level| level.depth).min()?,
            to.iter().map(|level| level.depth).max()?,
        ];
        let height = [
            to.iter().map(|level| level.height).min()?,
            from.iter().map(|level| level.height).max()?,
        ];
        Some(Self { levels, depth, height })
    }

    /// Can the node be on the way? On the outermost levels only the ends are, and what shares their
    /// place.
    #[inline]
    pub(super) fn hold(&self, itinerary: &Itinerary, node: NodeIndex) -> bool {
        let TopologicalLevel { depth, height, cyclic } = self.levels.of(node);
        let within = |value: u32, [least, greatest]: [u32; 2]| least <= value && value <= greatest;
        let inside = |value: u32, [least, greatest]: [u32; 2]| least < value && value < greatest;
        within(depth, self.depth)
            && within(height, self.height)
            && (inside(depth, self.depth) && inside(height, self.height)
                || cyclic
                || has(itinerary.from(), node)
                || has(itinerary.to(), node))
    }
}
