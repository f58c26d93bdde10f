//! What a page knows: the nodes of the picture, all that is said of them and who says so, as
//! JSON that is safe inside a `script` element and on a terminal.

use super::lanes;
use crate::analysis::tied;
use crate::answer::{Answer, Picture, Readiness, Roadmap, value_in_words};
use crate::data::prerequisite_word;
use crate::diagnostic::visible;
use crate::graph::{
    Atlas, Citation, EdgeIndex, Flow, NodeIndex, Prerequisite, RelationId, Source, Strength,
    is_statements, stated,
};
use crate::render::harmless::harmless_id;
use crate::render::{Layout, Look};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// With more edges than this at the picture's nodes, only those between them are told.
const MOST_EDGES: usize = 30_000;

/// The facts of a page.
pub(super) fn in_json(
    answer: &Answer,
    picture: &Picture<'_>,
    map: Option<&Roadmap<'_>>,
    look: &Look<'_>,
) -> String {
    let mut facts = PageFacts::new(picture, map);
    let marks = look.marks.iter().map(|id| visible(id));
    let nodes: Vec<Value> = facts.nodes.clone().into_iter().map(|node| facts.node(node)).collect();
    let edges: Vec<Value> = facts.edges.clone().into_iter().map(|edge| facts.edge(edge)).collect();
    let schema = picture.atlas.schema();
    let kinds = schema.kinds.iter().map(|kind| {
        json!({"name": visible(&kind.name), "plural": visible(&kind.plural()), "milestone": kind.milestone})
    });
    let relations = schema.relations.iter().map(|relation| {
        json!({
            "name": visible(&relation.name),
            "inverse": relation.inverse.as_deref().map(visible),
            "first": prerequisite_word(relation.prerequisite.unwrap_or(Prerequisite::None)),
            "route": relation.route,
            "entry": relation.entry,
        })
    });
    let notes = answer.notes.iter().chain(&picture.left_out).map(|note| visible(&note.to_string()));
    let whole = json!({
        "query": visible(look.query),
        "drawn": picture.nodes.len(),
        "marks": marks.collect::<Vec<String>>(),
        "lanes": map.map(|map| lanes::in_json(map, &facts.place)),
        "map": map.is_some() && look.drawing.layout != Layout::Layers,
        "kinds": kinds.collect::<Vec<Value>>(),
        "relations": relations.collect::<Vec<Value>>(),
        "nodes": nodes,
        "edges": edges,
        "citations": facts.citations,
        "sources": facts.sources,
        "notes": notes.collect::<Vec<String>>(),
    });
    // Inside `script` only `<` can do harm, and in JSON it stands in strings only.
    whole.to_string().replace('<', "\\u003c")
}

struct PageFacts<'a> {
    picture: &'a Picture<'a>,
    atlas: &'a Atlas,
    /// The picture's nodes in its order, then what else its nodes are related to.
    nodes: Vec<NodeIndex>,
    edges: Vec<EdgeIndex>,
    place: BTreeMap<NodeIndex, usize>,
    drawn: BTreeSet<(NodeIndex, RelationId, NodeIndex)>,
    known: BTreeSet<NodeIndex>,
    /// Edges that ties make options of one clause, by the first of them.
    tied: BTreeMap<EdgeIndex, EdgeIndex>,
    citations: Vec<Value>,
    cited: BTreeMap<Citation, usize>,
    sources: Vec<Value>,
    source_ids: BTreeMap<String, usize>,
}

impl<'a> PageFacts<'a> {
    fn new(picture: &'a Picture<'a>, map: Option<&Roadmap<'_>>) -> Self {
        let atlas = picture.atlas;
        let mut nodes: Vec<NodeIndex> = picture.nodes.iter().map(|drawn| drawn.node).collect();
        let mut place: BTreeMap<NodeIndex, usize> =
            nodes.iter().enumerate().map(|(at, node)| (*node, at)).collect();
        let cards = map.into_iter().flat_map(Roadmap::cards);
        for node in cards.flat_map(|card| [card.node].into_iter().chain(card.others.clone())) {
            place.entry(node).or_insert_with(|| {
                nodes.push(node);
                nodes.len() - 1
            });
        }
        let edges = told(atlas, &place);
        for edge in &edges {
            let (from, to) = atlas.ends(*edge);
            for end in [from, to] {
                place.entry(end).or_insert_with(|| {
                    nodes.push(end);
                    nodes.len() - 1
                });
            }
        }
        let drawn = picture.edges.iter().map(|edge| (edge.from, edge.relation, edge.to));
        let known = picture.nodes.iter().filter(|node| node.readiness == Some(Readiness::Known));
        let tied = tied(&Flow::all(atlas), place.keys().copied());
        Self {
            picture,
            atlas,
            nodes,
            edges,
            place,
            drawn: drawn.collect(),
            known: known.map(|node| node.node).collect(),
            tied,
            citations: Vec::new(),
            cited: BTreeMap::new(),
            sources: Vec::new(),
            source_ids: BTreeMap::new(),
        }
    }

    fn node(&mut self, index: NodeIndex) -> Value {
        let facts = self.atlas.node(index);
        let properties = facts
            .properties
            .iter()
            .map(|(name, value)| json!({"name": visible(name), "values": self.values(value)}));
        let properties = properties.collect::<Vec<Value>>();
        let aliases: Vec<String> = facts.aliases.iter().map(|alias| visible(alias)).collect();
        lean(json!({
            "id": harmless_id(self.atlas, index),
            "name": visible(facts.name()),
            "kinds": *facts.kinds,
            "aliases": aliases,
            "known": self.known.contains(&index),
            "properties": properties,
            "cited": self.cite(&facts.sources),
        }))
    }

    fn edge(&mut self, index: EdgeIndex) -> Value {
        let facts = self.atlas.edge(index);
        let (from, to) = self.atlas.ends(index);
        let told = ["strength", "order", "any-of"];
        let details = facts.properties.iter().filter(|(name, _)| !told.contains(name));
        let details =
            details.map(|(name, value)| visible(&format!("{name} {}", value_in_words(value))));
        lean(json!({
            "from": self.place[&from],
            "to": self.place[&to],
            "relation": facts.relation,
            "drawn": self.drawn.contains(&(from, facts.relation, to)),
            "recommended": facts.strength == Strength::Recommended,
            "order": facts.order(),
            "group": self.group(index),
            "details": details.collect::<Vec<String>>(),
            "cited": self.cite(facts.sources),
        }))
    }

    /// The name that an edge shares with the other options of its clause.
    fn group(&self, edge: EdgeIndex) -> Option<String> {
        let tied = || self.tied.get(&edge).map(|first| format!(" {}", first.index()));
        self.atlas.edge(edge).any_of().map(value_in_words).or_else(tied)
    }

    /// What a property says, each statement with its citations.
    fn values(&mut self, value: &Value) -> Vec<Value> {
        if !is_statements(value) {
            return vec![json!({"text": lines(value)})];
        }
        let said = stated(value).into_iter();
        said.map(|said| json!({"text": lines(said.value), "cited": self.cite(&said.cited)}))
            .collect()
    }

    /// The numbers of these citations; each distinct one is told once.
    fn cite(&mut self, citations: &[Citation]) -> Vec<usize> {
        let mut numbers: Vec<usize> = Vec::new();
        for citation in citations {
            let number = match self.cited.get(citation) {
                Some(number) => *number,
                None => {
                    let source = self.source(&citation.source);
                    self.citations.push(lean(json!({
                        "source": source,
                        "section": citation.section.as_deref().map(visible),
                        "line": citation.line,
                        "address": citation.address.as_deref().map(visible),
                    })));
                    self.cited.insert(citation.clone(), self.citations.len() - 1);
                    self.citations.len() - 1
                }
            };
            numbers.push(number);
        }
        numbers.dedup();
        numbers
    }

    fn source(&mut self, id: &str) -> usize {
        if let Some(known) = self.source_ids.get(id) {
            return *known;
        }
        let found = self.picture.atlas.source(id);
        let text =
            |part: fn(&Source) -> Option<&String>| found.and_then(part).map(|text| visible(text));
        self.sources.push(lean(json!({
            "id": visible(id),
            "title": text(|source| source.title.as_ref()),
            "address": text(|source| source.address.as_ref()),
        })));
        self.source_ids.insert(id.to_owned(), self.sources.len() - 1);
        self.sources.len() - 1
    }
}

/// The edges at the picture's nodes; those between them where all would be too many.
fn told(atlas: &Atlas, drawn: &BTreeMap<NodeIndex, usize>) -> Vec<EdgeIndex> {
    let at = drawn.keys().flat_map(|node| {
        let mut edges = atlas.edges_from(*node);
        edges.extend(atlas.edges_to(*node));
        edges
    });
    let mut edges: BTreeSet<EdgeIndex> = at.collect();
    if edges.len() > MOST_EDGES {
        edges.retain(|edge| {
            let (from, to) = atlas.ends(*edge);
            drawn.contains_key(&from) && drawn.contains_key(&to)
        });
    }
    edges.into_iter().collect()
}

/// An object without what is not so: `null`, `false`, empty lists.
fn lean(mut object: Value) -> Value {
    if let Some(parts) = object.as_object_mut() {
        let empty = |value: &Value| value.as_array().is_some_and(Vec::is_empty);
        parts.retain(|_, value| !(value.is_null() || *value == false || empty(value)));
    }
    object
}

/// A value in words that keeps its line breaks.
fn lines(value: &Value) -> String {
    let words = value_in_words(value);
    words.lines().map(visible).collect::<Vec<String>>().join("\n")
}
