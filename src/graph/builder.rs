//! Collects facts from any number of files, then checks them all and hands over an [`Atlas`].
//! Nothing is half-built: either every fact stands or every problem is told.

use super::facts::{EdgeFacts, NodeFacts, canonical, statements};
use super::{Atlas, Edge, Facts, FileLines, Node, NodeIndex, Properties, Schema, Source, Strength};
use crate::diagnostic::{Diagnostic, Place, Text, nearest, shortened};
use petgraph::graph::DiGraph;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock};

/// A byte of a loaded file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FilePlace {
    /// Position of the file in loading order.
    pub file: usize,
    /// The byte.
    pub offset: usize,
}

#[derive(Debug)]
struct NodeDraft {
    facts: NodeFacts,
    layers: Vec<usize>,
    /// Where it was defined last: a file defines a node once.
    last: FilePlace,
    /// Kinds and properties that later files say, with their places: whoever said it is told.
    later: Vec<(String, FilePlace)>,
}

impl NodeDraft {
    /// Where a kind or property was said last.
    fn place_of(&self, name: &str) -> FilePlace {
        let said = self.later.iter().rev().find(|(said, _)| said == name);
        said.map_or(self.facts.place, |(_, place)| *place)
    }
}

/// Facts on their way into an [`Atlas`].
#[derive(Debug, Default)]
pub struct Builder {
    /// The vocabulary so far; readers declare into it.
    pub schema: Schema,
    sources: BTreeMap<String, Source>,
    layers: Vec<String>,
    files: Vec<Arc<Text>>,
    nodes: Vec<NodeDraft>,
    by_id: HashMap<String, usize>,
    edges: Vec<(EdgeFacts, usize)>,
    problems: Vec<Diagnostic>,
}

impl Builder {
    /// An empty builder.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a file: facts added from now on come from it and belong to `layer`.
    pub fn begin_file(&mut self, text: &Arc<Text>, layer: &str) -> usize {
        self.files.push(Arc::clone(text));
        if self.layers.last().is_none_or(|last| last != layer) {
            self.layers.push(layer.to_owned());
        }
        self.files.len() - 1
    }

    /// Notes a problem; [`finish`](Self::finish) tells it with the others.
    pub fn problem(&mut self, problem: Diagnostic) {
        self.problems.push(problem);
    }

    /// The place of a fact for a message: a text in quotes whole, else one character.
    #[must_use]
    pub fn place(&self, at: FilePlace) -> Place {
        let text = &self.files[at.file];
        let rest = &text.content[at.offset..];
        let quoted = rest.strip_prefix('"').and_then(|inner| inner.find(['"', '\\', '\n']));
        let length = match quoted {
            Some(inner) if rest[inner + 1..].starts_with('"') => inner + 2,
            _ => rest.chars().next().map_or(0, char::len_utf8),
        };
        Place::new(text, at.offset..at.offset + length)
    }

    /// Describes a source; a later description of the same id wins part by part.
    pub fn source(&mut self, mut source: Source) {
        source.layer = self.layers.len().saturating_sub(1);
        if let Some(known) = self.sources.get_mut(&source.id) {
            known.title = source.title.or(known.title.take());
            known.file = source.file.or(known.file.take());
            known.address = source.address.or(known.address.take());
            known.covers = source.covers.or(known.covers.take());
        } else {
            self.sources.insert(source.id.clone(), source);
        }
    }

    /// Adds a node, or lays the facts over what earlier files say of it.
    pub fn node(&mut self, facts: NodeFacts) {
        let layer = self.layers.len().saturating_sub(1);
        let Some(&at) = self.by_id.get(&facts.id) else {
            self.by_id.insert(facts.id.clone(), self.nodes.len());
            let (layers, last) = (vec![layer], facts.place);
            self.nodes.push(NodeDraft { facts, layers, last, later: Vec::new() });
            return;
        };
        let known = &mut self.nodes[at];
        if known.last.file == facts.place.file {
            let text = &self.files[facts.place.file];
            let (line, _) = text.line_and_column(known.last.offset);
            let problem = Diagnostic::new(
                "duplicate-id",
                format!("`{}` is defined twice in this file, first on line {line}", facts.id),
            );
            let problem = problem.at(self.place(facts.place)).about(&facts.id);
            self.problems.push(
                problem
                    .help("put both into one object; facts of one node from several files merge"),
            );
            return;
        }
        known.last = facts.place;
        let said = facts.kinds.iter().chain(facts.properties.keys()).cloned();
        known.later.extend(said.map(|name| (name, facts.place)));
        known.facts.merge(facts);
        if !known.layers.contains(&layer) {
            known.layers.push(layer);
        }
    }

    /// Adds an edge. Its ends may be defined later.
    pub fn edge(&mut self, facts: EdgeFacts) {
        let layer = self.layers.len().saturating_sub(1);
        self.edges.push((facts, layer));
    }

    /// Checks everything and builds the atlas.
    ///
    /// # Errors
    /// All problems noted or found, in the order of files and places.
    pub fn finish(mut self) -> Result<Atlas, Vec<Diagnostic>> {
        self.check_vocabulary();
        self.nodes.sort_unstable_by(|a, b| a.facts.id.cmp(&b.facts.id));
        for (at, node) in self.nodes.iter().enumerate() {
            if let Some(index) = self.by_id.get_mut(&node.facts.id) {
                *index = at;
            }
        }
        let ends = self.check_ends();
        if !self.problems.is_empty() {
            let order = |problem: &Diagnostic| {
                let place = problem.place.as_ref();
                place.map(|place| {
                    let file = self.files.iter().position(|file| Arc::ptr_eq(file, &place.text));
                    (file, place.span.start)
                })
            };
            self.problems.sort_by_key(order);
            return Err(self.problems);
        }
        Ok(self.assemble(ends))
    }

    fn assemble(mut self, ends: Vec<(usize, usize)>) -> Atlas {
        let mut graph = DiGraph::with_capacity(self.nodes.len(), self.edges.len());
        for draft in std::mem::take(&mut self.nodes) {
            let facts = draft.facts;
            let kinds = facts.kinds.iter().filter_map(|kind| self.schema.kind(kind));
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
        let mut edges: Vec<_> = std::mem::take(&mut self.edges).into_iter().zip(ends).collect();
        edges.sort_by(|(a, a_ends), (b, b_ends)| canonical(a, *a_ends, b, *b_ends));
        for ((facts, layer), (from, to)) in edges {
            let Some(relation) = self.schema.relation(&facts.relation) else {
                continue;
            };
            let own = facts.properties.get("strength").and_then(Value::as_str);
            let strength = match own {
                Some("required") => Strength::Required,
                Some("recommended") => Strength::Recommended,
                _ => self.schema.relations[relation].strength,
            };
            let edge = Edge {
                relation,
                layer,
                strength,
                properties: facts.properties,
                sources: facts.sources,
                place: facts.place,
            };
            graph.add_edge(NodeIndex::new(from), NodeIndex::new(to), edge);
        }
        let files = self.files.iter();
        let facts = Facts {
            graph,
            schema: self.schema,
            sources: self.sources.into_values().collect(),
            layers: self.layers,
            files: files.map(|text| FileLines::new(&text.name, &text.content)).collect(),
            names: OnceLock::new(),
            indices: Mutex::default(),
        };
        Atlas { facts: Arc::new(facts), changes: None, learning_rank: Arc::default() }
    }

    /// Both ends of every edge by position; unknown ones become problems.
    fn check_ends(&mut self) -> Vec<(usize, usize)> {
        let mut ends = Vec::with_capacity(self.edges.len());
        let mut dangling = Vec::new();
        for (edge, _) in &self.edges {
            let find = |id: &str| self.by_id.get(id).copied();
            let (from, to) = (find(&edge.from), find(&edge.to));
            if from.is_none() {
                dangling.push((edge.from.clone(), edge.end_places[0], edge.relation.clone()));
            }
            if to.is_none() {
                dangling.push((edge.to.clone(), edge.end_places[1], edge.relation.clone()));
            }
            ends.push((from.unwrap_or(0), to.unwrap_or(0)));
        }
        for (id, place, relation) in dangling {
            let mut problem = Diagnostic::new(
                "dangling-end",
                format!("this `{relation}` edge names `{id}`, but no layer defines that node"),
            );
            problem = problem.at(self.place(place)).about(&id);
            // Suggestions cost a scan of all ids each: enough for a person, bounded for a machine.
            if self.problems.len() < 20 {
                let near = nearest(&id, self.nodes.iter().map(|node| node.facts.id.as_str()));
                if let Some(first) = near.first() {
                    problem = problem.help(format!("did you mean `{first}`?"));
                }
            }
            if id.bytes().all(|byte| byte.is_ascii_digit()) {
                problem =
                    problem.help("a number here is a node's id, not its position in the list");
            }
            self.problems.push(problem);
        }
        ends
    }

    /// Adds undeclared kinds and relations to an open schema, refuses them in a closed one, and
    /// checks the types of declared fields.
    fn check_vocabulary(&mut self) {
        let mut problems = Vec::new();
        let (nodes, edges) = (&self.nodes, &self.edges);
        for draft in nodes {
            let facts = &draft.facts;
            for kind in &facts.kinds {
                if self.schema.closed && !self.schema.declared_kinds.contains(kind) {
                    let declared = &self.schema.declared_kinds;
                    let place = draft.place_of(kind);
                    problems.push(self.undeclared("kind", kind, declared, place, &facts.id));
                }
                self.schema.add_kind(kind);
            }
            let place = |name: &str| draft.place_of(name);
            self.check_fields(&facts.properties, place, &facts.id, &mut problems);
        }
        for (facts, _) in edges {
            let relation = &facts.relation;
            let id = format!("{} {relation} {}", facts.from, facts.to);
            if self.schema.closed && !self.schema.declared_relations.contains(relation) {
                let declared = &self.schema.declared_relations;
                problems.push(self.undeclared("relation", relation, declared, facts.place, &id));
            }
            self.schema.add_relation(relation);
            self.check_fields(&facts.properties, |_| facts.place, &id, &mut problems);
        }
        self.problems.append(&mut problems);
    }

    fn undeclared(
        &self,
        what: &str,
        name: &str,
        declared: &[String],
        place: FilePlace,
        id: &str,
    ) -> Diagnostic {
        let message = format!("the schema is closed and declares no {what} `{name}`");
        let problem = Diagnostic::new("undeclared", message).at(self.place(place)).about(id);
        match nearest(name, declared.iter().map(String::as_str)).first() {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => {
                let name = Value::from(name);
                problem.help(format!(
                    "or declare it in your file: \"schema\": {{\"{what}s\": {{{name}: {{}}}}}}"
                ))
            }
        }
    }

    fn check_fields(
        &self,
        properties: &Properties,
        place: impl Fn(&str) -> FilePlace,
        id: &str,
        problems: &mut Vec<Diagnostic>,
    ) {
        for (name, value) in properties {
            let Some(field) = self.schema.fields.get(name) else {
                if self.schema.closed {
                    let declared: Vec<String> = self.schema.fields.keys().cloned().collect();
                    problems.push(self.undeclared("field", name, &declared, place(name), id));
                }
                continue;
            };
            let misfit = statements(value).any(|said| !field.kind.fits(said));
            if misfit {
                let wanted = field.kind.name();
                let message = format!(
                    "`{name}` is declared as {wanted}, but `{id}` has {}",
                    shortened(&value.to_string())
                );
                let problem = Diagnostic::new("wrong-type", message);
                problems.push(problem.at(self.place(place(name))).about(id));
            }
        }
    }
}
