//! Who owns what: the nodes of a kind that a node has by relations that the schema calls owning.

use crate::graph::{Atlas, EdgeIndex, Flow, KindId, NodeIndex};
use petgraph::visit::Reversed;

/// What a member has of a kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Owned {
    /// The nodes, by id.
    pub nodes: Vec<NodeIndex>,
    /// The prerequisites they were found at, if not at the member itself.
    pub through: Vec<NodeIndex>,
}

/// Nodes of `kind` that `member` owns; if there are none, those that own it. By id.
#[must_use]
pub fn owned(atlas: &Atlas, member: NodeIndex, kind: KindId) -> Vec<NodeIndex> {
    let collect = |edges: Vec<EdgeIndex>, outward: bool| {
        let mut nodes: Vec<NodeIndex> = edges
            .into_iter()
            .filter(|edge| atlas.relation_of(*edge).owns)
            .map(|edge| if outward { atlas.ends(edge).1 } else { atlas.ends(edge).0 })
            .filter(|node| *node != member && atlas.is_kind(*node, kind))
            .collect();
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    };
    let outwards = collect(atlas.edges_from(member), true);
    if outwards.is_empty() { collect(atlas.edges_to(member), false) } else { outwards }
}

/// The same, and if there are none and the member is no milestone, what its nearest
/// prerequisites have. O(n + m).
#[must_use]
pub fn owned_of(atlas: &Atlas, member: NodeIndex, kind: KindId) -> Owned {
    let nodes = owned(atlas, member, kind);
    if !nodes.is_empty() || atlas.is_milestone(member) {
        return Owned { nodes, through: Vec::new() };
    }
    let flow = Flow::new(atlas, &None, false);
    // The member itself is no answer to a question about it.
    let theirs = |node: NodeIndex| {
        owned(atlas, node, kind).into_iter().filter(move |found| *found != member)
    };
    let has_any = |node: NodeIndex| theirs(node).next().is_some();
    let mut through = super::nearest_level(Reversed(&flow), member, has_any);
    through.sort_unstable();
    let nodes = through.iter().flat_map(|node| theirs(*node)).collect();
    Owned { nodes: super::first_by_id(nodes), through }
}
