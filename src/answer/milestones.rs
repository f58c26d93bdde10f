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
    let milestones = candidates.filter(|node| atlas.is_milestone(*node)).collect();
    under(&Flow::over(atlas, over), learning_rank(atlas), nodes, milestones, inside)
}

/// So many nodes at least stand under a need, and one in so many of all.
const FEWEST: usize = 4;
const SHARE: usize = 10;

/// These groups; where there is no milestone and much to part, the nodes under those direct needs of the goals
/// that need much themselves which none before them needs; the rest stand ungrouped at the end.
/// O(needs × nodes).
pub(super) fn or_under_needs(
    atlas: &Atlas,
    over: &Relations,
    groups: Groups,
    goals: &[NodeIndex],
) -> Groups {
    let nodes = match groups.as_slice() {
        [(None, nodes)] if nodes.len() > FEWEST * 3 => nodes,
        _ => return groups,
    };
    let (flow, rank) = (Flow::over(atlas, over), learning_rank(atlas));
    let mut open_to = vec![false; flow.atlas().node_bound()];
    nodes.iter().for_each(|node| open_to[node.index()] = true);
    goals.iter().for_each(|goal| open_to[goal.index()] = false);
    let inside = open_to.clone();
    let direct = goals.iter().flat_map(|goal| flow.needs(*goal).map(|(_, need)| need));
    let mut needs: Vec<NodeIndex> = direct.filter(|need| inside[need.index()]).collect();
    needs.sort_unstable_by_key(|node| rank[node.index()]);
    needs.dedup();
    let enough = FEWEST.max(nodes.len() / SHARE);
    needs.retain(|need| {
        let (mut own, mut open) = (Vec::new(), vec![*need]);
        while let Some(node) = open.pop() {
            if std::mem::take(&mut open_to[node.index()]) {
                own.push(node);
                open.extend(flow.needs(node).map(|(_, need)| need));
            }
        }
        // What it does not head a lane of is open to needs behind it.
        let heads = own.len() >= enough;
        own.iter().for_each(|node| open_to[node.index()] = !heads);
        heads
    });
    under(&flow, rank, nodes, needs, |node| inside[node.index()])
}

fn under(
    flow: &Flow<'_>,
    rank: &[u32],
    nodes: &[NodeIndex],
    mut heads: Vec<NodeIndex>,
    inside: impl Fn(NodeIndex) -> bool,
) -> Groups {
    heads.sort_unstable_by_key(|node| rank[node.index()]);
    heads.dedup();
    let claimed = first_needing(flow, &heads, inside);
    let group = |node: &NodeIndex| claimed[node.index()].map_or(u32::MAX, |by| rank[by.index()]);
    let mut nodes = nodes.to_vec();
    nodes.sort_by_key(group);
    let groups = nodes.chunk_by(|a, b| claimed[a.index()] == claimed[b.index()]);
    groups.map(|nodes| (claimed[nodes[0].index()], nodes.to_vec())).collect()
}
