//! Which fields the nodes and edges of a graph have.

use crate::graph::{Atlas, PropertyList, statements};
use serde_json::Value;
use std::collections::BTreeMap;

/// How often a field is used.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldUse {
    /// By how many nodes.
    pub nodes: usize,
    /// By how many edges.
    pub edges: usize,
}

/// Every property in use, by name; parts of objects stand as `salary.amount`. O(properties), if
/// they were not counted ahead.
#[must_use]
pub fn field_uses(atlas: &Atlas) -> BTreeMap<String, FieldUse> {
    if let Some(counted) = atlas.field_uses() {
        let uses = counted.iter();
        let uses = uses.map(|(name, [nodes, edges])| {
            (name.clone(), FieldUse { nodes: *nodes, edges: *edges })
        });
        return uses.collect();
    }
    let mut uses: BTreeMap<String, FieldUse> = BTreeMap::new();
    for node in atlas.nodes() {
        for name in names(&atlas.node(node).properties) {
            uses.entry(name).or_default().nodes += 1;
        }
    }
    for edge in atlas.edges() {
        for name in names(atlas.edge(edge).properties) {
            uses.entry(name).or_default().edges += 1;
        }
    }
    uses
}

/// Has any node the field, be it `null` or an empty list? O(properties), if they were not counted
/// ahead.
#[must_use]
pub fn is_used_by_nodes(atlas: &Atlas, name: &str) -> bool {
    match atlas.field_uses() {
        Some(counted) => counted
            .binary_search_by(|(own, _)| own.as_str().cmp(name))
            .is_ok_and(|at| counted[at].1[0] > 0),
        None => atlas.nodes().any(|node| has_field(&atlas.node(node).properties, name)),
    }
}

/// The properties' names, each once, with those of the objects inside.
fn names(properties: &PropertyList) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (name, value) in properties.iter() {
        names.push(name.to_owned());
        let mut open: Vec<(String, &Value)> =
            statements(value).map(|said| (name.to_owned(), said)).collect();
        while let Some((path, value)) = open.pop() {
            for (part, inner) in value.as_object().into_iter().flatten() {
                let path = format!("{path}.{part}");
                names.push(path.clone());
                open.push((path, inner));
            }
        }
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// Is there anything at `path` in properties, be it `null` or an empty list?
#[must_use]
pub fn has_field(properties: &PropertyList, path: &str) -> bool {
    !field_values(properties, path).is_empty() || names(properties).iter().any(|name| name == path)
}

/// The values that `path` has in properties: each statement's, each member's of a list, those
/// of a part of an object by a dotted path. None where there is nothing, or `null`.
#[must_use]
pub fn field_values<'a>(properties: &'a PropertyList, path: &str) -> Vec<&'a Value> {
    let mut found = Vec::new();
    let mut ends: Vec<usize> = path.match_indices('.').map(|(at, _)| at).collect();
    ends.push(path.len());
    // The longest name wins: a property may have a full stop in its name.
    let named = ends.iter().rev().find_map(|end| Some((properties.get(&path[..*end])?, *end)));
    let Some((value, end)) = named else {
        return found;
    };
    let parts: Vec<&str> = path[end..].split('.').skip(1).collect();
    for said in statements(value) {
        let inner = parts.iter().try_fold(said, |value, part| value.get(part));
        match inner {
            Some(Value::Array(list)) => found.extend(list),
            Some(value) => found.push(value),
            None => {}
        }
    }
    found.retain(|value| !value.is_null());
    found
}
