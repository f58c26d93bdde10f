//! Checked facts to an [`Atlas`]: nodes by id, edges in an order that no shuffling of a file
//! changes.

use super::builder::Builder;
use super::draft::{EdgeDraft, Named, Shared};
use crate::graph::atlas::Facts;
use crate::graph::csr::Csr;
use crate::graph::edge::Stamp;
use crate::graph::names::beginning;
use crate::graph::{Atlas, EdgeWeight, FileLines, KindId, Node, NodeIndex, Schema, Strength};
use petgraph::graph::DiGraph;
use serde_json::Value;
use std::cmp::Ordering;
use std::sync::{Arc, Mutex, OnceLock};

type Graph = DiGraph<Node, EdgeWeight>;

/// Builds the atlas of facts in which nothing is wrong.
pub(super) fn assemble(builder: Builder) -> Atlas {
    let Builder { nodes, edges, shared, relations, mut stamps, schema, files, .. } = builder;
    // Texts go before the graph comes: both may be large.
    let files = files.into_iter().map(|text| FileLines::new(&text.name, &text.content)).collect();
    let mut graph = Graph::with_capacity(nodes.len(), edges.len());
    let position = add_nodes(&mut graph, nodes, &shared, &schema);
    for stamp in &mut stamps {
        let name = &relations.items()[stamp.relation];
        stamp.relation = schema.relation(name).unwrap_or_default();
        let own = stamp.properties.get("strength").and_then(Value::as_str);
        stamp.strength = match own {
            Some("required") => Strength::Required,
            Some("recommended") => Strength::Recommended,
            _ => {
                schema.relations.get(stamp.relation).map_or(Strength::Required, |own| own.strength)
            }
        };
    }
    add_edges(&mut graph, edges, &position, &stamps);
    let facts = Facts {
        graph,
        stamps,
        schema,
        sources: builder.sources.into_values().collect(),
        layers: builder.layers,
        files,
        notes: builder.notes,
        names: OnceLock::new(),
        indices: Mutex::default(),
    };
    Atlas { facts: Arc::new(facts), changes: None, learning_rank: Arc::default() }
}

/// Adds the nodes by id; where each number went.
fn add_nodes(
    graph: &mut Graph,
    mut nodes: Vec<Named>,
    shared: &Shared,
    schema: &Schema,
) -> Vec<u32> {
    let mut order: Vec<(u128, u32)> = Vec::with_capacity(nodes.len());
    order.extend((0..).zip(&nodes).map(|(at, node)| (beginning(node.id()), at)));
    let id = |at: u32| nodes[at as usize].id();
    order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| id(a.1).cmp(id(b.1))));
    let kinds: Vec<Option<KindId>> =
        shared.kinds.items().iter().map(|name| schema.kind(name)).collect();
    let kinds = |set: &Arc<[usize]>| set.iter().filter_map(|kind| *kinds.get(*kind)?).collect();
    let kinds: Vec<Arc<[KindId]>> = shared.sets.items().iter().map(kinds).collect();
    let mut position = vec![0; nodes.len()];
    for (_, at) in order {
        let named = std::mem::replace(&mut nodes[at as usize], Named::Only(Box::default()));
        let Named::Defined(draft) = named else { continue };
        position[at as usize] = graph.node_count() as u32;
        graph.add_node(Node {
            id: draft.id,
            kinds: Arc::clone(&kinds[draft.kinds as usize]),
            name: draft.name,
            aliases: draft.aliases,
            layers: Arc::clone(&shared.sets.items()[draft.layers as usize]),
            properties: draft.properties,
            sources: draft.sources,
            place: draft.place,
        });
    }
    position
}

/// Adds the edges in canonical order: by source, relation and target, then by what they say.
fn add_edges(graph: &mut Graph, drafts: Vec<EdgeDraft>, position: &[u32], stamps: &[Stamp]) {
    let entries = drafts.iter().map(|EdgeDraft { ends, stamp, offset }| {
        let [from, to] = ends.map(|end| NodeIndex::new(position[end as usize] as usize));
        (from, to, EdgeWeight { stamp: *stamp, offset: *offset })
    });
    let mut by_source = Csr::from_entries(graph.node_count(), entries);
    drop(drafts);
    let stamp = |edge: &EdgeWeight| &stamps[edge.stamp as usize];
    by_source.sort_rows(|(a_to, a), (b_to, b)| {
        let (a, b) = (stamp(a), stamp(b));
        (a.relation, a_to).cmp(&(b.relation, b_to)).then_with(|| by_details(a, b))
    });
    for from in 0..by_source.len() {
        let (targets, weights) = by_source.entries(from);
        for (to, weight) in targets.iter().zip(weights) {
            graph.add_edge(NodeIndex::new(from), *to, *weight);
        }
    }
}

/// The order of edges of the same relation between the same nodes.
fn by_details(a: &Stamp, b: &Stamp) -> Ordering {
    let details = |stamp: &Stamp| serde_json::to_string(&stamp.properties).unwrap_or_default();
    (details(a).cmp(&details(b)))
        .then_with(|| a.sources.cmp(&b.sources))
        .then_with(|| a.layer.cmp(&b.layer))
}
