//! Nodes beside one another: what they share and what only one of them has.

use crate::graph::{
    Atlas, Citation, EdgeIndex, End, KindId, NodeIndex, RelationId, cited_statements,
};
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// What is compared: a property, or a relation in one direction.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// A property.
    Field(String),
    /// What an edge of this relation between two of the nodes says of them, under what it says of
    /// neither alone.
    Between(RelationId, String),
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

/// What an edge says of which node.
type Sides = Vec<(usize, Value)>;

/// Every aspect on which one of `nodes` has anything, with what each has, in their order.
/// O(statements about them).
#[must_use]
pub fn compared(atlas: &Atlas, nodes: &[NodeIndex]) -> Vec<(Aspect, Vec<Said>)> {
    let kind = |node: NodeIndex| atlas.node(node).kinds.first().copied();
    let mut aspects: BTreeMap<Aspect, Vec<Said>> = BTreeMap::new();
    let mut told: BTreeSet<EdgeIndex> = BTreeSet::new();
    for (edge, aspect, sides) in between(atlas, nodes) {
        told.insert(edge);
        for (at, text) in sides {
            let said =
                aspects.entry(aspect.clone()).or_insert_with(|| vec![Said::new(); nodes.len()]);
            said[at]
                .entry(Entry::Value(text))
                .or_default()
                .extend_from_slice(atlas.edge(edge).sources);
        }
    }
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
            if told.contains(&edge) {
                continue;
            }
            let aspect = Aspect::Outward(facts.relation, kind(other));
            say(aspect, Entry::Node(other), facts.sources.to_vec());
        }
        for edge in in_order(atlas, atlas.edges_to(*node)) {
            let facts = atlas.edge(edge);
            let other = atlas.ends(edge).0;
            if told.contains(&edge) {
                continue;
            }
            // Symmetric edges are one aspect, whichever way they are stored.
            let symmetric = atlas.relation_of(edge).alternative;
            let aspect = if symmetric { Aspect::Outward } else { Aspect::Inward };
            let aspect = aspect(facts.relation, kind(other));
            say(aspect, Entry::Node(other), facts.sources.to_vec());
        }
    }
    aspects.into_iter().collect()
}

/// The edges between two of the nodes that say something of one end alone: each with its aspect,
/// and what it says of which node. What they say otherwise names the aspect.
fn between(atlas: &Atlas, nodes: &[NodeIndex]) -> Vec<(EdgeIndex, Aspect, Sides)> {
    let place: BTreeMap<NodeIndex, usize> =
        nodes.iter().enumerate().map(|(at, node)| (*node, at)).collect();
    let mut found = Vec::new();
    for edge in nodes.iter().flat_map(|node| in_order(atlas, atlas.edges_from(*node))) {
        let (from, to) = atlas.ends(edge);
        let (Some(from), Some(to)) = (place.get(&from), place.get(&to)) else { continue };
        let (mut sides, mut names) = (Vec::new(), Vec::new());
        for (name, value) in atlas.edge(edge).properties.iter() {
            match atlas.schema().fields.get(name).and_then(|field| field.about) {
                Some(End::Source) => sides.push((*from, value.clone())),
                Some(End::Target) => sides.push((*to, value.clone())),
                None => names.extend(value.as_str()),
            }
        }
        if from != to && !sides.is_empty() {
            found.push((edge, Aspect::Between(atlas.edge(edge).relation, names.join(", ")), sides));
        }
    }
    found
}

/// Edges by the order they give, then as they stand.
fn in_order(atlas: &Atlas, mut edges: Vec<EdgeIndex>) -> Vec<EdgeIndex> {
    edges.sort_by_cached_key(|edge| atlas.edge(*edge).list_position());
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

/// What all of several sets have.
#[must_use]
pub fn shared_by_all<T: Ord + Copy>(sets: &[BTreeSet<T>]) -> BTreeSet<T> {
    let [first, rest @ ..] = sets else { return BTreeSet::new() };
    let all = first.iter().filter(|node| rest.iter().all(|set| set.contains(node)));
    all.copied().collect()
}
