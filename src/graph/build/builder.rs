//! Collects facts from any number of files, then checks them all and hands over an [`Atlas`].
//! Nothing is half-built: either every fact stands or every problem is told.

use super::draft::{EdgeDraft, Interned, NodeDraft, NodeSlot, OpenEnd};
use super::facts::{EdgeFacts, NodeFacts};
use super::ids::IdTable;
use super::interner::Interner;
use super::named::NameTable;
use crate::diagnostic::{Diagnostic, Note, Place, Text, shortened};
use crate::graph::edge::EdgeClass;
use crate::graph::folding::composed;
use crate::graph::{FileLines, FilePlace, Schema, Source, Strength};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Facts on their way into an [`Atlas`](crate::graph::Atlas).
#[derive(Debug, Default)]
pub struct Builder {
    /// The vocabulary so far; readers declare into it.
    pub schema: Schema,
    pub(super) sources: BTreeMap<String, Source>,
    pub(super) layers: Vec<String>,
    pub(super) files: Vec<Arc<Text>>,
    /// The lines of the first of them, if those come from a snapshot, which has no texts.
    pub(super) kept: Vec<FileLines>,
    /// Every node, by its number: in the order they were named.
    pub(super) nodes: Vec<NodeSlot>,
    /// Which of them are defined: a look that stays in the processor's cache.
    defined: Vec<bool>,
    ids: IdTable,
    /// Ids that are not in canonical composition, by what they are in it. Most graphs have none.
    decomposed: HashMap<String, Vec<u32>>,
    pub(super) shared: Interned,
    /// The relations of edges, by number.
    pub(super) relations: Interner<str>,
    pub(super) edges: Vec<EdgeDraft>,
    /// Ends of edges that come before their nodes, or without them.
    pub(super) open_ends: Vec<OpenEnd>,
    /// What edges say beyond their ends; relations by their numbers here.
    pub(super) classes: Vec<EdgeClass>,
    /// The class of edges of this file that say no more than their relation, by its number.
    plain: Vec<Option<u32>>,
    pub(super) edges_may_stand_alone: bool,
    /// Files whose edges name their ends by any name, and not by ids alone.
    pub(super) by_name: BTreeSet<usize>,
    pub(super) create_missing: bool,
    /// Kinds and relations that are known to be in use, by facts that are not here.
    pub(super) elsewhere: [BTreeSet<String>; 2],
    pub(super) problems: Vec<Diagnostic>,
    pub(super) notes: Vec<Note>,
}

/// How many problems are told: more help nobody, and may fill the memory.
pub(super) const PROBLEMS: usize = 1_000;
/// How many notes are kept.
const NOTES: usize = 20;

impl Builder {
    /// An empty builder.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a file: facts added from now on come from it and belong to `layer`.
    pub fn begin_file(&mut self, text: &Arc<Text>, layer: &str) -> usize {
        self.files.push(Arc::clone(text));
        self.plain.clear();
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

    /// Notes what is no problem, but may not be meant so: [`Atlas::notes`](crate::graph::Atlas::notes).
    pub fn note(&mut self, note: impl Into<Note>) {
        let told = self.notes.len();
        if told < NOTES {
            self.notes.push(note.into());
        } else if told == NOTES {
            self.notes.push("there may be more to note: no more is told at once".into());
        }
    }

    /// Where no file defines a node, the ends of the edges are the nodes: there is no list that
    /// a name could be missing from.
    pub(crate) fn edges_may_stand_alone(&mut self) {
        self.edges_may_stand_alone = true;
    }

    /// Ends of edges that no file defines become nodes, which is noted.
    pub fn create_missing(&mut self) {
        self.create_missing = true;
    }

    /// The edges of a file name their ends by any name of a node, of whatever file.
    pub(crate) fn ends_are_names(&mut self, file: usize) {
        self.by_name.insert(file);
    }

    /// What the nodes that are defined so far are called.
    pub(crate) fn names(&self) -> NameTable {
        let mut names = NameTable::default();
        for node in self.nodes.iter().filter_map(NodeSlot::draft) {
            names.add(&node.id, node.name.as_deref(), &node.aliases);
        }
        names
    }

    /// The place of a fact for a message: a text in quotes whole, else one character.
    #[must_use]
    pub fn place(&self, at: FilePlace) -> Place {
        let text = &self.files[at.file as usize];
        if let Some(lines) = self.kept.get(at.file as usize) {
            let line = Text::part(&text.name, "", lines.line(at.offset));
            return Place::new(&line, 0..0);
        }
        let at = at.offset as usize;
        let rest = &text.content[at..];
        let quoted = rest.strip_prefix('"').and_then(|inner| inner.find(['"', '\\', '\n']));
        let length = match quoted {
            Some(inner) if rest[inner + 1..].starts_with('"') => inner + 2,
            _ => rest.chars().next().map_or(0, char::len_utf8),
        };
        Place::new(text, at..at + length)
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

    fn layer(&self) -> usize {
        self.layers.len().saturating_sub(1)
    }

    /// Adds a node, or lays the facts over what earlier files say of it.
    pub fn node(&mut self, facts: NodeFacts) {
        let Some(facts) = self.new_node(facts) else { return };
        let (number, _) = self.ids.number(&facts.id);
        let layer = self.layer();
        if let NodeSlot::Defined(known) = &mut self.nodes[number as usize] {
            known.merge(facts, layer, &mut self.shared);
        }
    }

    /// Adds a node, or hands the facts back if an earlier file defines it.
    pub(crate) fn new_node(&mut self, facts: NodeFacts) -> Option<NodeFacts> {
        let number = self.number(&facts.id) as usize;
        let other = |twin: u32| self.nodes[twin as usize].draft();
        let earlier = |draft: &&NodeDraft| draft.last().file != facts.place.file;
        if !self.defined[number]
            && let Some(twin) =
                self.twins(number as u32).into_iter().filter_map(other).find(earlier)
        {
            return Some(NodeFacts { id: twin.id.clone(), ..facts });
        }
        if let NodeSlot::Defined(known) = &self.nodes[number] {
            let last = known.last();
            if last.file != facts.place.file {
                return Some(facts);
            }
            self.defined_twice(&facts, last);
            return None;
        }
        let draft = NodeDraft::new(facts, self.layer(), &mut self.shared);
        self.nodes[number] = NodeSlot::Defined(draft);
        self.defined[number] = true;
        None
    }

    /// Adds a node that was prepared.
    pub(super) fn restore_node(&mut self, draft: NodeDraft) {
        let number = self.number(&draft.id) as usize;
        self.nodes[number] = NodeSlot::Defined(draft);
        self.defined[number] = true;
    }

    fn defined_twice(&mut self, facts: &NodeFacts, last: FilePlace) {
        let text = &self.files[facts.place.file as usize];
        let (line, _) = text.line_and_column(last.offset as usize);
        let id = shortened(&facts.id);
        let message = format!("`{id}` is defined twice in this file, first on line {line}");
        let problem = Diagnostic::new("duplicate-id", message);
        let problem = problem
            .at(self.place(facts.place))
            .about(&facts.id)
            .help("put both into one object; facts of one node from several files merge");
        self.problem(problem);
    }

    /// The number of a node, new if its id has not been named yet.
    fn number(&mut self, id: &str) -> u32 {
        let (number, new) = self.ids.number(id);
        if new {
            self.nodes.push(NodeSlot::Referenced(id.into()));
            self.defined.push(false);
            // Ids in canonical composition, nearly all of them, are found without this list.
            if let Cow::Owned(composed) = composed(id) {
                self.decomposed.entry(composed).or_default().push(number);
            }
        }
        number
    }

    /// The number of an id that was named.
    pub(super) fn known(&self, id: &str) -> Option<u32> {
        self.ids.get(id)
    }

    /// The numbers of other ids that are the same in canonical composition.
    pub(super) fn twins(&self, number: u32) -> Vec<u32> {
        if self.decomposed.is_empty() {
            return Vec::new();
        }
        let composed = composed(self.nodes[number as usize].id());
        let decomposed = self.decomposed.get(&*composed).into_iter().flatten().copied();
        let all = self.ids.get(&composed).into_iter().chain(decomposed);
        all.filter(|twin| *twin != number).collect()
    }

    /// Adds an edge. Its ends may be defined later.
    pub fn edge<T: AsRef<str>>(&mut self, facts: EdgeFacts<T>) {
        let ends = [self.number(facts.from.as_ref()), self.number(facts.to.as_ref())];
        for (node, place) in ends.into_iter().zip(facts.end_places) {
            if !self.defined[node as usize] {
                let edge = self.edges.len() as u32;
                self.open_ends.push(OpenEnd { node, edge, offset: place.offset });
            }
        }
        let offset = facts.place.offset;
        let class = self.class(facts);
        self.edges.push(EdgeDraft { ends, class, offset });
    }

    /// The class of an edge: its own if it says more than its relation.
    fn class<T: AsRef<str>>(&mut self, facts: EdgeFacts<T>) -> u32 {
        let relation = self.relations.number(&composed(facts.relation.as_ref())) as usize;
        let next = self.classes.len() as u32;
        if facts.properties.is_empty() && facts.sources.is_empty() {
            if self.plain.len() <= relation {
                self.plain.resize(relation + 1, None);
            }
            let plain = *self.plain[relation].get_or_insert(next);
            // There is one of that relation already.
            if plain < next {
                return plain;
            }
        }
        self.classes.push(EdgeClass {
            relation,
            layer: self.layer(),
            file: facts.place.file,
            strength: Strength::default(),
            properties: self.shared.properties(facts.properties),
            sources: facts.sources,
        });
        next
    }

    /// Adds some edges, quicker than one by one where the graph is large.
    pub(crate) fn edges<T: AsRef<str>>(&mut self, edges: &mut Vec<EdgeFacts<T>>) {
        let ends = edges.iter().flat_map(|edge| [edge.from.as_ref(), edge.to.as_ref()]);
        self.ids.prefetch(ends);
        edges.drain(..).for_each(|edge| self.edge(edge));
    }
}
