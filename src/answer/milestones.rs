//! Nodes under the milestones that need them.

use crate::analysis::{first_needing, learning_rank};
use crate::graph::{Atlas, Flow, NodeIndex, Relations};

/// Nodes under the milestones that need them.
pub(crate) type Groups = Vec<(Option<NodeIndex>, Vec<NodeIndex>)>;

/// The nodes under the first milestone, in learning order, that is among `candidates` and needs
/// them by way of nodes that are `inside`; the rest stand ungrouped at the end.
pub(super) fn under_milestones(
    atlas: &Atlas,
    over: &Relations,
    nodes: &[NodeIndex],
    candidates: impl Iterator<Item = NodeIndex>,
    inside: impl Fn(NodeIndex) -> bool,
) -> Groups {
    let rank = learning_rank(atlas);
    let mut milestones: Vec<NodeIndex> =
        candidates.filter(|node| atlas.is_milestone(*node)).collect();
    milestones.sort_unstable_by_key(|node| rank[node.index()]);
    milestones.dedup();
    let claimed = first_needing(&Flow::over(atlas, over), &milestones, inside);
    let group = |node: &NodeIndex| claimed[node.index()].map_or(u32::MAX, |by| rank[by.index()]);
    let mut nodes = nodes.to_vec();
    nodes.sort_by_key(group);
    let groups = nodes.chunk_by(|a, b| claimed[a.index()] == claimed[b.index()]);
    groups.map(|nodes| (claimed[nodes[0].index()], nodes.to_vec())).collect()
}
