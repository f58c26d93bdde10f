//! Nodes and edges on their way into a graph. There may be many millions: what they share with
//! others is a number, and places within a file are 32 bits wide.

use super::facts::{append, merge_properties};
use super::interner::Interner;
use crate::graph::folding::composed;
use crate::graph::{Citation, FilePlace, NodeFacts, Properties, PropertyList};

/// A node that has been named.
#[derive(Debug)]
pub(super) enum NodeSlot {
    /// By an edge only; this is its id.
    Referenced(Box<str>),
    /// And defined.
    Defined(NodeDraft),
}

impl NodeSlot {
    pub(super) fn draft(&self) -> Option<&NodeDraft> {
        match self {
            Self::Referenced(_) => None,
            Self::Defined(draft) => Some(draft),
        }
    }

    pub(super) fn id(&self) -> &str {
        match self {
            Self::Referenced(id) => id,
            Self::Defined(draft) => &draft.id,
        }
    }
}

#[derive(Debug)]
pub(super) struct NodeDraft {
    pub(super) id: String,
    pub(super) name: Option<String>,
    pub(super) aliases: Vec<String>,
    pub(super) properties: PropertyList,
    pub(super) sources: Vec<Citation>,
    pub(super) place: FilePlace,
    /// Its kinds: which of the sets in [`Interned`].
    pub(super) kinds: u32,
    /// The layers that speak of it: which of the sets.
    pub(super) layers: u32,
    later: Option<Box<Later>>,
}

/// What later files say of a node: whoever said it is told.
#[derive(Debug)]
struct Later {
    /// Where it was defined last: a file defines a node once.
    last: FilePlace,
    /// Kinds and properties with their places.
    said: Vec<(String, FilePlace)>,
}

/// What nodes and edges have in common, kept once.
#[derive(Debug, Default)]
pub(super) struct Interned {
    /// Names of kinds.
    pub(super) kinds: Interner<str>,
    /// Sets of kinds, by their numbers, and of layers.
    pub(super) sets: Interner<[usize]>,
    /// Names of properties.
    pub(super) names: Interner<str>,
}

impl Interned {
    fn kinds(&mut self, kinds: &[String]) -> u32 {
        let numbers = kinds.iter().map(|kind| self.kinds.number(&composed(kind)) as usize);
        let numbers: Vec<usize> = numbers.collect();
        self.sets.number(&numbers)
    }

    /// The same properties under the shared copies of their names.
    pub(super) fn shared(&mut self, properties: &PropertyList) -> PropertyList {
        let shared =
            properties.iter().map(|(name, value)| (self.names.shared(name), value.clone()));
        PropertyList::sorted(shared.collect())
    }

    pub(super) fn properties(&mut self, properties: Properties) -> PropertyList {
        PropertyList::new(properties, |name| self.names.shared(name))
    }
}

impl NodeDraft {
    pub(super) fn new(facts: NodeFacts, layer: usize, shared: &mut Interned) -> Self {
        Self {
            kinds: shared.kinds(&facts.kinds),
            layers: shared.sets.number(&[layer]),
            properties: shared.properties(facts.properties),
            id: facts.id,
            name: facts.name,
            aliases: facts.aliases,
            sources: facts.sources,
            place: facts.place,
            later: None,
        }
    }

    /// Facts whose properties, kinds and layers are known already.
    pub(super) fn restored(
        facts: NodeFacts,
        properties: PropertyList,
        [kinds, layers]: [u32; 2],
    ) -> Self {
        let NodeFacts { id, name, aliases, sources, place, .. } = facts;
        Self { id, name, aliases, properties, sources, place, kinds, layers, later: None }
    }

    /// Where it was defined last.
    pub(super) fn last(&self) -> FilePlace {
        self.later.as_ref().map_or(self.place, |later| later.last)
    }

    /// Where a kind or property was said last.
    pub(super) fn place_of(&self, name: &str) -> FilePlace {
        // Backwards, since the last file to say it has won.
        let mut later = self.later.iter().flat_map(|later| later.said.iter().rev());
        let said = later.find(|(said, _)| said == name);
        said.map_or(self.place, |(_, place)| *place)
    }

    /// Lays later facts over these: later scalars win, lists of statements and sources append.
    pub(super) fn merge(&mut self, facts: NodeFacts, layer: usize, shared: &mut Interned) {
        let place = facts.place;
        // Nearly all nodes are defined once: only those defined again pay for a list of places.
        let first = Later { last: place, said: Vec::new() };
        let later = self.later.get_or_insert_with(|| Box::new(first));
        later.last = place;
        let said = facts.kinds.iter().chain(facts.properties.keys()).cloned();
        later.said.extend(said.map(|name| (name, place)));
        if !facts.kinds.is_empty() {
            self.kinds = shared.kinds(&facts.kinds);
        }
        if facts.name.is_some() {
            self.name = facts.name;
        }
        append(&mut self.aliases, facts.aliases);
        append(&mut self.sources, facts.sources);
        let mut properties = std::mem::take(&mut self.properties).into_map();
        merge_properties(&mut properties, facts.properties);
        self.properties = shared.properties(properties);
        let layers = shared.sets.item(self.layers as usize);
        if !layers.contains(&layer) {
            let layers = [layers, [layer].as_slice()].concat();
            self.layers = shared.sets.number(&layers);
        }
    }
}

/// An edge: its ends by number, which of the classes it has, and where it stands in its file.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct EdgeDraft {
    pub(super) ends: [u32; 2],
    pub(super) class: u32,
    pub(super) offset: u32,
}

/// An end of an edge that was not defined when it was named.
#[derive(Debug)]
pub(super) struct OpenEnd {
    pub(super) node: u32,
    pub(super) edge: u32,
    /// Where the edge names it.
    pub(super) offset: u32,
}
