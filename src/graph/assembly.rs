//! Checked facts to an [`Atlas`]: nodes by id, edges in an order that no shuffling of a file
//! changes.

use super::builder::{Builder, EdgeDraft, Named};
use super::numbers::beginning;
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
fn add_nodes(graph: &mut DiGraph<Node, Edge>, mut nodes: Vec<Named>, schema: &Schema) -> Vec<u32> {
    let mut order: Vec<(u128, u32)> = Vec::with_capacity(nodes.len());
    let id = |at: u32| nodes[at as usize].draft().map_or("", |draft| draft.facts.id.as_str());
    order.extend((0..nodes.len() as u32).map(|at| (beginning(id(at)), at)));
    order.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| id(a.1).cmp(id(b.1))));
    let mut position = vec![0; nodes.len()];
    for (_, at) in order {
        let named = std::mem::replace(&mut nodes[at as usize], Named::Only(Box::default()));
        let Named::Defined(draft) = named else { continue };
        position[at as usize] = graph.node_count() as u32;
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

/// Adds the edges in canonical order: by source, relation and target, then by what they say.
fn add_edges(
    graph: &mut DiGraph<Node, Edge>,
    mut drafts: Vec<EdgeDraft>,
    relations: &[String],
    position: &[u32],
    schema: &Schema,
) {
    let relation: Vec<usize> = relations.iter().filter_map(|name| schema.relation(name)).collect();
    // Source, relation, target and draft, 32 bits each: numbers sort faster than tuples.
    let key = |(number, draft): (usize, &EdgeDraft)| {
        let [from, to] = draft.ends.map(|end| position[end as usize]);
        let parts = [from, relation[draft.relation as usize] as u32, to, number as u32];
        parts.iter().fold(0, |key, part| key << 32 | u128::from(*part))
    };
    let draft_of = |key: u128| key as u32 as usize;
    let mut order: Vec<u128> = drafts.iter().enumerate().map(key).collect();
    order.sort_unstable();
    for same in order.chunk_by_mut(|a, b| a >> 32 == b >> 32) {
        if same.len() > 1 {
            same.sort_by(|a, b| by_details(&drafts[draft_of(*a)], &drafts[draft_of(*b)]));
        }
    }
    for key in order {
        let [from, relation, to] = [96, 64, 32].map(|shift| (key >> shift) as u32 as usize);
        let draft = &mut drafts[draft_of(key)];
        let own = draft.properties.get("strength").and_then(Value::as_str);
        let strength = match own {
            Some("required") => Strength::Required,
            Some("recommended") => Strength::Recommended,
            _ => schema.relations[relation].strength,
        };
        let edge = Edge {
            relation,
            layer: draft.layer as usize,
            strength,
            place: draft.place(),
            properties: std::mem::take(&mut draft.properties),
            sources: std::mem::take(&mut draft.sources),
        };
        graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), edge);
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
