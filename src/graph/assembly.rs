//! Checked facts to an [`Atlas`]: nodes by id, edges in an order that no shuffling of a file
//! changes.

use super::builder::{Builder, EdgeDraft, Named};
use super::{Atlas, Edge, Facts, FileLines, Node, NodeIndex, Schema, Strength};
use petgraph::graph::DiGraph;
use serde_json::Value;
use std::cmp::Ordering;
use std::sync::{Arc, Mutex, OnceLock};

/// Builds the atlas of facts in which nothing is wrong.
pub(super) fn assemble(mut builder: Builder) -> Atlas {
    let files = std::mem::take(&mut builder.files).into_iter();
    // Texts go before the graph comes: both may be large.
    let files = files.map(|text| FileLines::new(&text.name, &text.content)).collect();
    let mut graph = DiGraph::with_capacity(builder.nodes.len(), builder.edges.len());
    let position = add_nodes(&mut graph, std::mem::take(&mut builder.nodes), &builder.schema);
    let edges = std::mem::take(&mut builder.edges);
    add_edges(&mut graph, edges, &builder.relations, &position, &builder.schema);
    let facts = Facts {
        graph,
        schema: builder.schema,
        sources: builder.sources.into_values().collect(),
        layers: builder.layers,
        files,
        names: OnceLock::new(),
        indices: Mutex::default(),
    };
    Atlas { facts: Arc::new(facts), changes: None, learning_rank: Arc::default() }
}

/// Adds the nodes by id; where each number went.
fn add_nodes(graph: &mut DiGraph<Node, Edge>, nodes: Vec<Named>, schema: &Schema) -> Vec<u32> {
    let count = nodes.len();
    let mut drafts: Vec<_> = nodes
        .into_iter()
        .enumerate()
        .filter_map(|(number, named)| match named {
            Named::Only(_) => None,
            Named::Defined(draft) => Some((number, Some(draft))),
        })
        .collect();
    let mut order: Vec<(u128, u32)> = Vec::with_capacity(drafts.len());
    let id = |at: u32| drafts[at as usize].1.as_ref().map_or("", |draft| draft.facts.id.as_str());
    order.extend((0..drafts.len() as u32).map(|at| (beginning(id(at)), at)));
    order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| id(a.1).cmp(id(b.1))));
    let mut position = vec![0; count];
    for (_, at) in order {
        let (number, draft) = &mut drafts[at as usize];
        let Some(draft) = draft.take() else { continue };
        position[*number] = graph.node_count() as u32;
        let facts = draft.facts;
        let kinds = facts.kinds.iter().filter_map(|kind| schema.kind(kind));
        graph.add_node(Node {
            kinds: kinds.collect(),
            id: facts.id,
            name: facts.name,
            aliases: facts.aliases,
            layers: draft.layers,
            properties: facts.properties,
            sources: facts.sources,
            place: facts.place,
        });
    }
    position
}

/// The first bytes of an id as a number, which decides most comparisons.
fn beginning(id: &str) -> u128 {
    let mut bytes = [0; 16];
    let length = id.len().min(16);
    bytes[..length].copy_from_slice(&id.as_bytes()[..length]);
    u128::from_be_bytes(bytes)
}

/// Adds the edges in canonical order: by source, relation and target, then by what they say.
fn add_edges(
    graph: &mut DiGraph<Node, Edge>,
    mut drafts: Vec<EdgeDraft>,
    relations: &[String],
    position: &[u32],
    schema: &Schema,
) {
    let relation: Vec<usize> = relations.iter().filter_map(|name| schema.relation(name)).collect();
    let key = |(number, draft): (usize, &EdgeDraft)| {
        let [from, to] = draft.ends.map(|end| position[end as usize]);
        (from, relation[draft.relation as usize] as u32, to, number as u32)
    };
    let mut order: Vec<(u32, u32, u32, u32)> = drafts.iter().enumerate().map(key).collect();
    order.sort_unstable();
    for same in order.chunk_by_mut(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
        same.sort_by(|a, b| by_details(&drafts[a.3 as usize], &drafts[b.3 as usize]));
    }
    for (from, relation, to, number) in order {
        let draft = &mut drafts[number as usize];
        let own = draft.properties.get("strength").and_then(Value::as_str);
        let strength = match own {
            Some("required") => Strength::Required,
            Some("recommended") => Strength::Recommended,
            _ => schema.relations[relation as usize].strength,
        };
        let edge = Edge {
            relation: relation as usize,
            layer: draft.layer as usize,
            strength,
            place: draft.place(),
            properties: std::mem::take(&mut draft.properties),
            sources: std::mem::take(&mut draft.sources),
        };
        graph.add_edge(NodeIndex::new(from as usize), NodeIndex::new(to as usize), edge);
    }
}

/// The order of edges of the same relation between the same nodes.
fn by_details(a: &EdgeDraft, b: &EdgeDraft) -> Ordering {
    let details = |edge: &EdgeDraft| serde_json::to_string(&*edge.properties).unwrap_or_default();
    details(a)
        .cmp(&details(b))
        .then_with(|| a.sources.cmp(&b.sources))
        .then_with(|| a.layer.cmp(&b.layer))
}
