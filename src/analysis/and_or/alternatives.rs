//! Which nodes stand in for one another: the options of one clause, or what one owns by edges with
//! the same `any-of`.

use super::clauses::{Clause, clauses};
use crate::graph::{Atlas, EdgeIndex, Flow, NodeIndex};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The alternatives of nodes, group by group: of thousands each stands in for all others.
#[derive(Debug, Default)]
pub struct Alternatives {
    /// Each by id.
    groups: Vec<Vec<NodeIndex>>,
    /// The groups that a node belongs to.
    of: HashMap<NodeIndex, Vec<usize>>,
}

/// For each of `nodes` that is one of several alternatives for a dependent, and not needed
/// outright by that dependent: the other alternatives among `nodes`. O(edges of the dependents).
#[must_use]
pub fn alternatives(atlas: &Atlas, nodes: &[NodeIndex], dependents: &[NodeIndex]) -> Alternatives {
    if atlas.has_no_alternatives() {
        return Alternatives::default();
    }
    let flow = Flow::all(atlas);
    let asked: BTreeSet<NodeIndex> = nodes.iter().copied().collect();
    let mut numbers: HashMap<Vec<NodeIndex>, usize> = HashMap::new();
    let mut found = Alternatives::default();
    for dependent in dependents {
        let (plain, choices): (Vec<Clause>, Vec<Clause>) =
            clauses(&flow, *dependent).into_iter().partition(Clause::is_plain);
        // What is needed outright is no choice: nothing stands in for it here.
        let outright: BTreeSet<NodeIndex> = plain.iter().flat_map(Clause::nodes).collect();
        let tied = choices.iter().filter(|clause| !clause.ties.is_empty());
        let tied: Vec<BTreeSet<NodeIndex>> = tied.map(|clause| clause.nodes().collect()).collect();
        let mut groups: BTreeMap<String, BTreeSet<NodeIndex>> = BTreeMap::new();
        for (edge, node) in flow.needs(*dependent).chain(owned(atlas, *dependent)) {
            if let Some(group) = atlas.edge(edge).any_of() {
                groups.entry(group.to_string()).or_default().insert(node);
            }
        }
        for group in groups.into_values().chain(tied) {
            let open = group.into_iter();
            let open = open.filter(|node| asked.contains(node) && !outright.contains(node));
            let open: Vec<NodeIndex> = open.collect();
            // Many dependents offer the same group: it is kept once, found by its members.
            if open.len() > 1 && !numbers.contains_key(&open) {
                numbers.insert(open.clone(), found.groups.len());
                for node in &open {
                    found.of.entry(*node).or_default().push(found.groups.len());
                }
                found.groups.push(open);
            }
        }
    }
    found
}

impl Alternatives {
    /// How many nodes of a node's groups are looked at to tell how many there are.
    const COUNTED: usize = 500;

    /// The first alternatives of a node by id, and how many more there are; at least so many where
    /// its groups are many and large.
    #[must_use]
    pub fn of(&self, node: NodeIndex, most: usize) -> (Vec<NodeIndex>, usize) {
        let groups = self.of.get(&node).into_iter().flatten().map(|at| &self.groups[*at]);
        let groups: Vec<&Vec<NodeIndex>> = groups.collect();
        // One group has each member once, so that its length counts them without a look at any.
        if let [only] = groups.as_slice() {
            let others = only.iter().copied().filter(|other| *other != node);
            let first: Vec<NodeIndex> = others.take(most).collect();
            let more = only.len() - 1 - first.len();
            return (first, more);
        }
        let mut left = Self::COUNTED;
        let mut others: BTreeSet<NodeIndex> = BTreeSet::new();
        let mut whole = 0;
        for group in groups {
            // The first ones of each are among the first ones of all.
            let looked = group.len().min(left.max(most + 1));
            left = left.saturating_sub(looked);
            others.extend(&group[..looked]);
            whole = whole.max(group.len());
        }
        others.remove(&node);
        let whole = others.len().max(whole.saturating_sub(1));
        let first: Vec<NodeIndex> = others.into_iter().take(most).collect();
        let more = whole - first.len();
        (first, more)
    }
}

/// What a node owns, with the edges that say so.
fn owned(atlas: &Atlas, node: NodeIndex) -> impl Iterator<Item = (EdgeIndex, NodeIndex)> {
    let owned = atlas.edges_from(node).into_iter().filter(|edge| atlas.relation_of(*edge).owns);
    owned.map(|edge| (edge, atlas.ends(edge).1))
}
