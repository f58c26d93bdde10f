//! Which nodes stand in for one another: the options of one clause, or what one owns by edges with
//! the same `any-of`.

use super::clauses::{Clause, clauses};
use crate::graph::{Atlas, EdgeIndex, Flow, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// For each of `nodes` that is one of several alternatives for a dependent, and not needed
/// outright by that dependent: the other alternatives among `nodes`, by id. O(edges of the
/// dependents).
#[must_use]
pub fn alternatives(
    atlas: &Atlas,
    nodes: &[NodeIndex],
    dependents: &[NodeIndex],
) -> BTreeMap<NodeIndex, BTreeSet<NodeIndex>> {
    let flow = Flow::new(atlas, &None, false);
    let asked: BTreeSet<NodeIndex> = nodes.iter().copied().collect();
    let mut others: BTreeMap<NodeIndex, BTreeSet<NodeIndex>> = BTreeMap::new();
    for dependent in dependents {
        let (plain, choices): (Vec<Clause>, Vec<Clause>) =
            clauses(&flow, *dependent).into_iter().partition(Clause::is_plain);
        let outright: BTreeSet<NodeIndex> = plain.iter().flat_map(Clause::nodes).collect();
        let tied = choices.iter().filter(|clause| !clause.ties.is_empty());
        let tied = tied.map(|clause| clause.nodes().collect());
        let mut groups: BTreeMap<String, BTreeSet<NodeIndex>> = BTreeMap::new();
        for (edge, node) in flow.needs(*dependent).chain(owned(atlas, *dependent)) {
            if let Some(group) = atlas.edge(edge).any_of() {
                groups.entry(group.to_string()).or_default().insert(node);
            }
        }
        for group in groups.into_values().chain(tied.collect::<Vec<_>>()) {
            let open: BTreeSet<NodeIndex> = group
                .into_iter()
                .filter(|node| asked.contains(node) && !outright.contains(node))
                .collect();
            for node in open.iter().filter(|_| open.len() > 1) {
                let rest = open.iter().filter(|other| *other != node);
                others.entry(*node).or_default().extend(rest);
            }
        }
    }
    others
}

/// What a node owns, with the edges that say so.
fn owned(atlas: &Atlas, node: NodeIndex) -> impl Iterator<Item = (EdgeIndex, NodeIndex)> {
    let owned = atlas.edges_from(node).into_iter().filter(|edge| atlas.relation_of(*edge).owns);
    owned.map(|edge| (edge, atlas.ends(edge).1))
}
