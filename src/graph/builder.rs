//! Collects facts from any number of files, then checks them all and hands over an [`Atlas`].
//! Nothing is half-built: either every fact stands or every problem is told.

use super::assembly::assemble;
use super::facts::{EdgeFacts, NodeFacts, statements};
use super::numbers::Numbers;
use super::{Atlas, Citation, Properties, Rare, Schema, Source};
use crate::diagnostic::{Diagnostic, Place, Text, nearest, shortened};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A byte of a loaded file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct FilePlace {
    /// Position of the file in loading order.
    pub file: usize,
    /// The byte.
    pub offset: usize,
}

/// A node that has been named.
#[derive(Debug)]
pub(super) enum Named {
    /// By an edge only; this is its id.
    Only(Box<str>),
    /// And defined.
    Defined(Box<NodeDraft>),
}

impl Named {
    pub(super) fn draft(&self) -> Option<&NodeDraft> {
        match self {
            Self::Only(_) => None,
            Self::Defined(draft) => Some(draft),
        }
    }
}

#[derive(Debug)]
pub(super) struct NodeDraft {
    pub(super) facts: NodeFacts,
    pub(super) layers: Vec<usize>,
    /// Where it was defined last: a file defines a node once.
    last: FilePlace,
    /// Kinds and properties that later files say, with their places: whoever said it is told.
    later: Vec<(String, FilePlace)>,
}

/// An edge with its ends and its relation by number. There may be many millions: places within a
/// file are 32 bits wide, which suffices for any file that the program reads.
#[derive(Debug)]
pub(super) struct EdgeDraft {
    pub(super) ends: [u32; 2],
    pub(super) relation: u32,
    pub(super) layer: u32,
    file: u32,
    offset: u32,
    pub(super) end_offsets: [u32; 2],
    pub(super) properties: Rare<Properties>,
    pub(super) sources: Rare<Vec<Citation>>,
}

impl EdgeDraft {
    pub(super) fn place(&self) -> FilePlace {
        FilePlace { file: self.file as usize, offset: self.offset as usize }
    }
}

impl NodeDraft {
    pub(super) fn new(facts: NodeFacts, layer: usize) -> Self {
        Self { layers: vec![layer], last: facts.place, later: Vec::new(), facts }
    }

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
    pub(super) sources: BTreeMap<String, Source>,
    pub(super) layers: Vec<String>,
    pub(super) files: Vec<Arc<Text>>,
    /// Every node, by its number: in the order they were named.
    pub(super) nodes: Vec<Named>,
    numbers: Numbers,
    /// The relations of edges, by number.
    pub(super) relations: Vec<String>,
    relation_numbers: HashMap<String, usize>,
    pub(super) edges: Vec<EdgeDraft>,
    pub(super) edges_may_stand_alone: bool,
    pub(super) problems: Vec<Diagnostic>,
}

/// How many problems are told: more help nobody, and may fill the memory.
pub(super) const PROBLEMS: usize = 1_000;

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

    /// Notes a problem; [`finish`](Self::finish) tells the first thousand of them.
    pub fn problem(&mut self, problem: Diagnostic) {
        if self.problems.len() < PROBLEMS {
            self.problems.push(problem);
        }
    }

    /// Where no file defines a node, the ends of the edges are the nodes: there is no list that
    /// a name could be missing from.
    pub(crate) fn edges_may_stand_alone(&mut self) {
        self.edges_may_stand_alone = true;
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
        let (number, new) = self.numbers.of(&facts.id);
        if new {
            self.nodes.push(Named::Defined(Box::new(NodeDraft::new(facts, layer))));
            return;
        }
        let known = &mut self.nodes[number as usize];
        let Named::Defined(known) = known else {
            *known = Named::Defined(Box::new(NodeDraft::new(facts, layer)));
            return;
        };
        if known.last.file == facts.place.file {
            let text = &self.files[facts.place.file];
            let (line, _) = text.line_and_column(known.last.offset);
            let problem = Diagnostic::new(
                "duplicate-id",
                format!(
                    "`{}` is defined twice in this file, first on line {line}",
                    shortened(&facts.id)
                ),
            );
            let problem = problem.at(self.place(facts.place)).about(&facts.id);
            self.problem(
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

    /// The number of a node, new if its id has not been named yet.
    fn number(&mut self, id: &str) -> u32 {
        let (number, new) = self.numbers.of(id);
        if new {
            self.nodes.push(Named::Only(id.into()));
        }
        number
    }

    /// The number of a relation, new if no edge has named it yet.
    fn relation_number(&mut self, relation: &str) -> usize {
        // Usually they are few; where they are not, a table finds what is no late one.
        let late = self.relations.len().saturating_sub(16);
        let known = self.relations[late..].iter().rposition(|known| known == relation);
        if let Some(at) = known {
            return late + at;
        }
        let next = self.relations.len();
        let number = *self.relation_numbers.entry(relation.to_owned()).or_insert(next);
        if number == next {
            self.relations.push(relation.to_owned());
        }
        number
    }

    /// Adds an edge. Its ends may be defined later.
    pub fn edge<T: AsRef<str>>(&mut self, facts: EdgeFacts<T>) {
        let ends = [self.number(facts.from.as_ref()), self.number(facts.to.as_ref())];
        let relation = facts.relation.as_ref();
        let relation = self.relation_number(relation);
        self.edges.push(EdgeDraft {
            ends,
            relation: relation as u32,
            layer: self.layers.len().saturating_sub(1) as u32,
            file: facts.place.file as u32,
            offset: facts.place.offset as u32,
            end_offsets: facts.end_places.map(|place| place.offset as u32),
            properties: facts.properties.into(),
            sources: facts.sources.into(),
        });
    }

    /// Adds some edges, quicker than one by one where the graph is large.
    pub(crate) fn edges<T: AsRef<str>>(&mut self, edges: &mut Vec<EdgeFacts<T>>) {
        let ends = edges.iter().flat_map(|edge| [edge.from.as_ref(), edge.to.as_ref()]);
        self.numbers.warm(ends);
        edges.drain(..).for_each(|edge| self.edge(edge));
    }

    /// How many edges there are: where to come [`back_to`](Self::back_to).
    pub(crate) fn edge_count(&self) -> usize {
        self.edges.len()
    }

    /// Forgets all edges but the first few.
    pub(crate) fn back_to(&mut self, edge_count: usize) {
        self.edges.truncate(edge_count);
    }

    /// Checks everything and builds the atlas.
    ///
    /// # Errors
    /// All problems noted or found, in the order of files and places.
    pub fn finish(mut self) -> Result<Atlas, Vec<Diagnostic>> {
        self.define_ends();
        self.check_vocabulary();
        self.check_ends();
        if !self.problems.is_empty() {
            let order = |problem: &Diagnostic| {
                let place = problem.place.as_ref();
                place.map(|place| {
                    let file = self.files.iter().position(|file| Arc::ptr_eq(file, &place.text));
                    (file, place.span.start)
                })
            };
            self.problems.sort_by_key(order);
            self.problems.truncate(PROBLEMS);
            if let Some(last) = self.problems.get_mut(PROBLEMS - 1) {
                last.help.push("there may be more problems: no more are told at once".to_owned());
            }
            return Err(self.problems);
        }
        self.numbers = Numbers::default();
        Ok(assemble(self))
    }

    /// Adds undeclared kinds and relations to an open schema, refuses them in a closed one, and
    /// checks the types of declared fields.
    fn check_vocabulary(&mut self) {
        let mut problems = Vec::new();
        for draft in self.nodes.iter().filter_map(Named::draft) {
            if problems.len() >= PROBLEMS {
                break;
            }
            let facts = &draft.facts;
            for kind in &facts.kinds {
                if self.schema.closed && !self.schema.declared_kinds.contains(kind) {
                    let declared = &self.schema.declared_kinds;
                    let place = draft.place_of(kind);
                    problems.push(self.undeclared("kind", kind, declared, place, &facts.id));
                }
            }
            let place = |name: &str| draft.place_of(name);
            self.check_fields(&facts.properties, place, || facts.id.clone(), &mut problems);
        }
        let declared = &self.schema.declared_relations;
        let stranger =
            self.relations.iter().map(|name| self.schema.closed && !declared.contains(name));
        let stranger: Vec<bool> = stranger.collect();
        for edge in &self.edges {
            if problems.len() >= PROBLEMS {
                break;
            }
            let relation = &self.relations[edge.relation as usize];
            let id = || {
                let [from, to] = edge.ends.map(|end| self.id(end));
                format!("{from} {relation} {to}")
            };
            if stranger[edge.relation as usize] {
                problems.push(self.undeclared("relation", relation, declared, edge.place(), &id()));
            }
            self.check_fields(&edge.properties, |_| edge.place(), id, &mut problems);
        }
        let kinds = self.nodes.iter().filter_map(Named::draft).flat_map(|draft| &draft.facts.kinds);
        let kinds: BTreeSet<&str> = kinds.map(String::as_str).collect();
        self.schema.add_kinds(&kinds);
        let relations = self.relations.iter().map(String::as_str).collect();
        self.schema.add_relations(&relations);
        self.problems.append(&mut problems);
    }

    fn id(&self, number: u32) -> &str {
        match &self.nodes[number as usize] {
            Named::Only(id) => id,
            Named::Defined(draft) => &draft.facts.id,
        }
    }

    fn undeclared(
        &self,
        what: &str,
        name: &str,
        declared: &BTreeSet<String>,
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
        id: impl Fn() -> String,
        problems: &mut Vec<Diagnostic>,
    ) {
        for (name, value) in properties {
            let Some(field) = self.schema.fields.get(name) else {
                if self.schema.closed {
                    let declared = self.schema.fields.keys().cloned().collect();
                    problems.push(self.undeclared("field", name, &declared, place(name), &id()));
                }
                continue;
            };
            let misfit = statements(value).any(|said| !field.kind.fits(said));
            if misfit {
                let wanted = field.kind.name();
                let id = id();
                let message = format!(
                    "`{name}` is declared as {wanted}, but `{id}` has {}",
                    shortened(&value.to_string())
                );
                let problem = Diagnostic::new("wrong-type", message);
                problems.push(problem.at(self.place(place(name))).about(&id));
            }
        }
    }
}
