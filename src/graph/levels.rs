//! Topological levels along a flow: how far a node lies from where it begins, and from where it ends. One node
//! can lead to another only from a lower level to a higher one, which is known without a search (the
//! level filter of Yıldırım, Chaoji and Zaki, "GRAIL: scalable reachability index for large graphs",
//! 2010). Worked out ahead for the paths of a snapshot.

use super::NodeIndex;
use super::blocks::Section;

/// Words of a level.
pub(super) const LEVEL: usize = 2;

/// Where a node lies along a flow, cycles condensed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TopologicalLevel {
    /// The steps of the longest way to it.
    pub(crate) depth: u32,
    /// The steps of the longest way from it.
    pub(crate) height: u32,
    /// Does it share its place with others, which it needs and which need it?
    pub(crate) cyclic: bool,
}

impl TopologicalLevel {
    /// As a snapshot has it.
    pub(super) fn words(self) -> [u32; LEVEL] {
        [self.depth << 1 | u32::from(self.cyclic), self.height]
    }
}

/// The levels of all nodes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TopologicalLevels<'g>(pub(super) &'g Section);

impl TopologicalLevels<'_> {
    /// The level of a node.
    #[inline]
    pub(crate) fn of(self, node: NodeIndex) -> TopologicalLevel {
        let start = node.index() * LEVEL;
        let words = self.0.words(start..start + LEVEL);
        TopologicalLevel { depth: words[0] >> 1, height: words[1], cyclic: words[0] & 1 == 1 }
    }
}
