//! An order of nodes.

use crate::graph::NodeIndex;

/// One order of all nodes, both ways.
#[derive(Debug)]
pub(crate) struct Ranked {
    /// The nodes in that order.
    pub(crate) nodes: Vec<NodeIndex>,
    /// The place of each node among them.
    pub(crate) rank: Vec<u32>,
}
