//! What is wrong or odd in a graph that loads: cycles where the schema forbids them, repeated
//! statements, names that mean two things, statements without a source.

use crate::graph::{Atlas, EdgeIndex, FilePlace, Flow, NodeIndex, RelationId, fold};
use petgraph::algo::kosaraju_scc;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

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

/// All problems, errors first, then by code and id. O((n + m) log m).
#[must_use]
pub fn findings(atlas: &Atlas) -> Vec<Finding> {
    let mut found = Vec::new();
    for (id, relation) in atlas.schema().relations.iter().enumerate() {
        if relation.acyclic {
            cycles(atlas, id, &mut found);
        }
    }
    edges(atlas, &mut found);
    names(atlas, &mut found);
    citations(atlas, &mut found);
    found.sort();
    found
}

fn edge_id(atlas: &Atlas, edge: EdgeIndex) -> String {
    let (from, to) = atlas.ends(edge);
    let relation = &atlas.relation_of(edge).name;
    format!("{} {relation} {}", atlas.node(from).id, atlas.node(to).id)
}

fn warning(code: &'static str, id: String, message: String, place: FilePlace) -> Finding {
    Finding { severity: Severity::Warning, code, id, message, place }
}

/// One shortest cycle for each knot of an acyclic relation.
fn cycles(atlas: &Atlas, relation: RelationId, found: &mut Vec<Finding>) {
    let flow = Flow::new(atlas, &Some(vec![relation]), false);
    for mut knot in kosaraju_scc(&flow) {
        knot.sort_unstable();
        let looped = |node: NodeIndex| flow.opens(node).any(|(_, next)| next == node);
        let Some(&start) = knot.first() else { continue };
        if knot.len() == 1 && !looped(start) {
            continue;
        }
        let ring = shortest_ring(&flow, start);
        let names: Vec<&str> = ring.iter().map(|node| atlas.node(*node).id.as_str()).collect();
        let name = &atlas.schema().relations[relation].name;
        let message = format!("`{name}` must have no cycle, but has {}", names.join(" → "));
        found.push(Finding {
            severity: Severity::Error,
            code: "cycle",
            id: atlas.node(start).id.clone(),
            message,
            place: atlas.node(start).place,
        });
    }
}

/// A shortest way from `start` back to itself.
fn shortest_ring(flow: &Flow<'_>, start: NodeIndex) -> Vec<NodeIndex> {
    let mut came_from: BTreeMap<NodeIndex, NodeIndex> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        let next: BTreeSet<NodeIndex> = flow.opens(node).map(|(_, next)| next).collect();
        for next in next {
            if next == start {
                let mut ring = vec![start, node];
                while ring[ring.len() - 1] != start {
                    ring.push(came_from[&ring[ring.len() - 1]]);
                }
                ring.reverse();
                return ring;
            }
            came_from.entry(next).or_insert_with(|| {
                queue.push_back(next);
                node
            });
        }
    }
    vec![start]
}

fn edges(atlas: &Atlas, found: &mut Vec<Finding>) {
    let mut before: Option<EdgeIndex> = None;
    for edge in atlas.edges() {
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
            && !["required", "recommended"].contains(&word)
        {
            let message =
                format!("strength `{word}` is neither required nor recommended and was ignored");
            found.push(warning("unknown-strength", edge_id(atlas, edge), message, facts.place));
        }
        before = Some(edge);
    }
}

fn names(atlas: &Atlas, found: &mut Vec<Finding>) {
    let mut meanings: BTreeMap<String, BTreeSet<NodeIndex>> = BTreeMap::new();
    for index in atlas.nodes() {
        let node = atlas.node(index);
        let forms = [node.id.as_str(), node.name()].into_iter();
        for form in forms.chain(node.aliases.iter().map(String::as_str)) {
            let folded = fold(form);
            if !folded.is_empty() {
                meanings.entry(folded).or_default().insert(index);
            }
        }
    }
    for (name, nodes) in meanings.into_iter().filter(|(_, nodes)| nodes.len() > 1) {
        let ids: Vec<&str> = nodes.iter().map(|node| atlas.node(*node).id.as_str()).collect();
        let message = format!("`{name}` can mean {}", ids.join(", "));
        let place = nodes.first().map(|node| atlas.node(*node).place).unwrap_or_default();
        found.push(warning("same-name", ids[0].to_owned(), message, place));
    }
}

/// Only where sources are described at all: a graph without any is not asked for them.
fn citations(atlas: &Atlas, found: &mut Vec<Finding>) {
    if atlas.sources().is_empty() {
        return;
    }
    let known =
        |id: &str| atlas.sources().binary_search_by(|source| source.id.as_str().cmp(id)).is_ok();
    let nodes = atlas.nodes().map(|node| {
        let node = atlas.node(node);
        (node.id.clone(), &node.sources, node.place)
    });
    let edges = atlas.edges().into_iter().map(|edge| {
        let facts = atlas.edge(edge);
        (edge_id(atlas, edge), &*facts.sources, facts.place)
    });
    for (id, sources, place) in nodes.chain(edges) {
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
