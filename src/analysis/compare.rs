//! Nodes beside one another: what they share and what only one of them has.

use crate::graph::{Atlas, Citation, EdgeIndex, KindId, NodeIndex, RelationId, cited_statements};
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What is compared: a property, or a relation in one direction.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// A property.
    Field(String),
    /// What edges of this relation lead to, by its first kind.
    Outward(RelationId, Option<KindId>),
    /// Where edges of this relation come from, by its first kind.
    Inward(RelationId, Option<KindId>),
}

/// What one node says on an aspect, in its order, with who says so.
pub type Said = IndexMap<Entry, Vec<Citation>>;

/// One thing said.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Entry {
    /// A property's value.
    Value(Value),
    /// A node at the other end.
    Node(NodeIndex),
}

/// Every aspect on which one of `nodes` has anything, with what each has, in their order.
/// O(statements about them).
#[must_use]
pub fn compared(atlas: &Atlas, nodes: &[NodeIndex]) -> Vec<(Aspect, Vec<Said>)> {
    let kind = |node: NodeIndex| atlas.node(node).kinds.first().copied();
    let mut aspects: BTreeMap<Aspect, Vec<Said>> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        let mut say = |aspect: Aspect, entry: Entry, cited: Vec<Citation>| {
            let said = aspects.entry(aspect).or_insert_with(|| vec![Said::new(); nodes.len()]);
            said[at].entry(entry).or_default().extend(cited);
        };
        for (name, value) in atlas.node(*node).properties.iter() {
            for (value, cited) in cited_statements(value) {
                say(Aspect::Field(name.to_owned()), Entry::Value(value.clone()), cited);
            }
        }
        for edge in in_order(atlas, atlas.edges_from(*node)) {
            let facts = atlas.edge(edge);
            let other = atlas.ends(edge).1;
            let aspect = Aspect::Outward(facts.relation, kind(other));
            say(aspect, Entry::Node(other), facts.sources.to_vec());
        }
        for edge in in_order(atlas, atlas.edges_to(*node)) {
            let facts = atlas.edge(edge);
            let other = atlas.ends(edge).0;
            let aspect = Aspect::Inward(facts.relation, kind(other));
            say(aspect, Entry::Node(other), facts.sources.to_vec());
        }
    }
    aspects.into_iter().collect()
}

/// Edges by the order they give, then as they stand.
fn in_order(atlas: &Atlas, mut edges: Vec<EdgeIndex>) -> Vec<EdgeIndex> {
    edges.sort_by_cached_key(|edge| atlas.edge(*edge).standing());
    edges
}

/// What all of several lists have, in the first one's order, with everyone who says so.
#[must_use]
pub fn shared(lists: &[Said]) -> Said {
    let Some(first) = lists.first() else { return Said::new() };
    let common = first.keys().filter_map(|entry| {
        let mut cited = Vec::new();
        for said in lists {
            cited.extend(said.get(entry)?.iter().cloned());
        }
        Some((entry.clone(), cited))
    });
    common.collect()
}

/// Of several sets of nodes: what all have, and what each has beyond that.
#[must_use]
pub fn shared_nodes(sets: &[BTreeSet<NodeIndex>]) -> BTreeSet<NodeIndex> {
    let [first, rest @ ..] = sets else { return BTreeSet::new() };
    let all = first.iter().filter(|node| rest.iter().all(|set| set.contains(node)));
    all.copied().collect()
}
