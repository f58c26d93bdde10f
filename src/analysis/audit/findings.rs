//! What is wrong or odd in a graph that loads: cycles where the schema forbids them, repeated
//! and redundant statements, names that mean two things, nodes that stand alone, statements
//! without a source.

use super::relation_graph::{RelationGraph, Witness};
use crate::diagnostic::bounded;
use crate::graph::{Atlas, EdgeIndex, FilePlace, NodeIndex, RelationId, Strength, fold};
use crate::stop::until;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The schema forbids it.
    Error,
    /// It is odd.
    Warning,
}

/// One problem of a graph.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// How bad.
    pub severity: Severity,
    /// Its stable short name.
    pub code: &'static str,
    /// The node or edge in question.
    pub id: String,
    /// What it is.
    pub message: String,
    /// Where it stands.
    pub place: FilePlace,
}

/// All problems, errors first, then by code and id; and were redundant edges looked for to the
/// end? O((n + m) log m), and for redundant edges and shortest cycles a bounded search. Once
/// `stop` is set, no more are looked for.
#[must_use]
pub fn findings(atlas: &Atlas, stop: &AtomicBool) -> (Vec<Finding>, bool) {
    let mut found = Vec::new();
    let mut finished = true;
    let mut of_relation: BTreeMap<RelationId, Vec<EdgeIndex>> = BTreeMap::new();
    for edge in until(stop, atlas.edges()) {
        let relation = atlas.edge(edge).relation;
        if atlas.schema().relations[relation].acyclic {
            of_relation.entry(relation).or_default().push(edge);
        }
    }
    for (relation, edges) in of_relation {
        finished &= acyclic(atlas, relation, &edges, stop, &mut found);
    }
    edges(atlas, stop, &mut found);
    names(atlas, stop, &mut found);
    citations(atlas, stop, &mut found);
    unconnected(atlas, stop, &mut found);
    found.sort();
    (found, finished)
}

fn edge_id(atlas: &Atlas, edge: EdgeIndex) -> String {
    let (from, to) = atlas.ends(edge);
    let relation = &atlas.relation_of(edge).name;
    format!("{} {relation} {}", atlas.node(from).id, atlas.node(to).id)
}

fn warning(code: &'static str, id: String, message: String, place: FilePlace) -> Finding {
    Finding { severity: Severity::Warning, code, id, message, place }
}

fn in_words(atlas: &Atlas, way: &[NodeIndex]) -> String {
    let ids: Vec<&str> = way.iter().map(|node| atlas.node(*node).id.as_str()).collect();
    ids.join(" → ")
}

/// Cycles of a relation that must have none; or else its edges that follow from others.
fn acyclic(
    atlas: &Atlas,
    relation: RelationId,
    edges: &[EdgeIndex],
    stop: &AtomicBool,
    found: &mut Vec<Finding>,
) -> bool {
    let mut graph = RelationGraph::new(atlas, relation, edges, stop);
    let name = &atlas.schema().relations[relation].name;
    let cycles = graph.cycles();
    for Witness { edge, way, more } in &cycles {
        let mut message = format!("`{name}` must have no cycle, but has {}", in_words(atlas, way));
        if *more > 0 {
            message.push_str(&format!("; {more} more nodes lie on cycles with these"));
        }
        found.push(Finding {
            severity: Severity::Error,
            code: "cycle",
            id: atlas.node(way[0]).id.clone(),
            message,
            place: atlas.edge(*edge).place,
        });
    }
    if !cycles.is_empty() {
        return true;
    }
    let (transitive, finished) = graph.transitive_edges();
    for Witness { edge, way, .. } in transitive {
        let message = format!("it follows from {}", in_words(atlas, &way));
        let place = atlas.edge(edge).place;
        found.push(warning("redundant-edge", edge_id(atlas, edge), message, place));
    }
    finished
}

/// Nodes that no edge touches, unless the graph has no edges at all.
fn unconnected(atlas: &Atlas, stop: &AtomicBool, found: &mut Vec<Finding>) {
    let edges = atlas.edges();
    if edges.is_empty() {
        return;
    }
    let mut touched = vec![false; atlas.node_bound()];
    for edge in until(stop, edges) {
        let (from, to) = atlas.ends(edge);
        touched[from.index()] = true;
        touched[to.index()] = true;
    }
    for index in until(stop, atlas.nodes()).filter(|index| !touched[index.index()]) {
        let node = atlas.node(index);
        let message = "no edge leads to it or from it".to_owned();
        found.push(warning("unconnected", node.id.clone(), message, node.place));
    }
}

fn edges(atlas: &Atlas, stop: &AtomicBool, found: &mut Vec<Finding>) {
    let mut before: Option<EdgeIndex> = None;
    for edge in until(stop, atlas.edges()) {
        let facts = atlas.edge(edge);
        let (from, to) = atlas.ends(edge);
        if from == to {
            let message = "it points from a node to itself".to_owned();
            found.push(warning("self-loop", edge_id(atlas, edge), message, facts.place));
        }
        // Edges stand in canonical order, so equal ones are neighbours.
        let repeats = before.is_some_and(|before| {
            let other = atlas.edge(before);
            atlas.ends(before) == (from, to)
                && other.relation == facts.relation
                && other.properties == facts.properties
        });
        if repeats {
            let message = "stated twice; give one edge both sources".to_owned();
            found.push(warning("repeated-edge", edge_id(atlas, edge), message, facts.place));
        }
        if let Some(word) = facts.properties.get("strength").and_then(|word| word.as_str())
            && Strength::named(word).is_none()
        {
            let message =
                format!("strength `{word}` is neither required nor recommended and was ignored");
            found.push(warning("unknown-strength", edge_id(atlas, edge), message, facts.place));
        }
        before = Some(edge);
    }
}

/// How many meanings of a name are told.
const MEANINGS: usize = 12;

fn names(atlas: &Atlas, stop: &AtomicBool, found: &mut Vec<Finding>) {
    let mut meanings: Vec<(String, NodeIndex)> = Vec::new();
    for index in until(stop, atlas.nodes()) {
        let node = atlas.node(index);
        let forms = [node.id.as_str(), node.name()].into_iter();
        let forms = forms.chain(node.aliases.iter().map(String::as_str));
        meanings.extend(forms.map(|form| (fold(form), index)));
    }
    meanings.retain(|(folded, _)| !folded.is_empty());
    meanings.sort_unstable();
    meanings.dedup();
    let shared = meanings.chunk_by(|(one, _), (other, _)| one == other);
    for same in shared.filter(|same| same.len() > 1) {
        let name = &same[0].0;
        let ids = same.iter().map(|(_, node)| atlas.node(*node).id.as_str());
        let mut ids: Vec<&str> = ids.take(MEANINGS).collect();
        let more = format!("{} more", same.len() - ids.len());
        let first = ids[0].to_owned();
        ids.extend((same.len() > MEANINGS).then_some(more.as_str()));
        let message = bounded(format!("`{name}` can mean {}", ids.join(", ")));
        let place = atlas.node(same[0].1).place;
        found.push(warning("same-name", first, message, place));
    }
}

/// Only where sources are described at all: a graph without any is not asked for them.
fn citations(atlas: &Atlas, stop: &AtomicBool, found: &mut Vec<Finding>) {
    if atlas.sources().is_empty() {
        return;
    }
    let known = |id: &str| atlas.source(id).is_some();
    let nodes = atlas.nodes().map(|node| {
        let node = atlas.node(node);
        (node.id.clone(), node.sources.as_slice(), node.place)
    });
    let edges = atlas.edges().into_iter().map(|edge| {
        let facts = atlas.edge(edge);
        (edge_id(atlas, edge), facts.sources, facts.place)
    });
    for (id, sources, place) in until(stop, nodes.chain(edges)) {
        if sources.is_empty() {
            let message = "no source is cited for it".to_owned();
            found.push(warning("no-source", id, message, place));
            continue;
        }
        let strangers = sources.iter().filter(|cite| !known(&cite.source));
        for stranger in strangers.map(|cite| cite.source.as_str()).collect::<BTreeSet<_>>() {
            let message = format!("cites `{stranger}`, which `sources` does not describe");
            found.push(warning("unknown-source", id.clone(), message, place));
        }
    }
}
