//! Why a node is in an answer, or why not: chains of edges with what to say of them.

use crate::answer::{Answer, Path};
use crate::graph::{Atlas, NodeIndex};
use crate::query::Limits;
use crate::query::explain::remedy::{Remedy, tried};
use num_bigint::BigUint;

/// Whether a node is in an answer, and why.
#[derive(Debug, Clone)]
pub(crate) struct Reason {
    /// Is it?
    pub(crate) holds: bool,
    /// The chains that say so, or the nearest miss.
    pub(crate) routes: Vec<Path>,
    /// In words.
    pub(crate) notes: Vec<String>,
    /// The graph it is about, if `with` made one.
    pub(crate) atlas: Option<Atlas>,
    /// How many chains are as short as the one told, where that was counted.
    pub(crate) shortest: Option<BigUint>,
    /// Changes of the graph that may bring the node in; they are tried on the whole query.
    pub(crate) remedies: Vec<Remedy>,
    /// Changes of the question that would, if it is the whole query.
    pub(crate) hints: Vec<String>,
}

impl Reason {
    pub(crate) fn new(holds: bool, note: impl Into<String>) -> Self {
        Self {
            holds,
            routes: Vec::new(),
            notes: vec![note.into()],
            atlas: None,
            shortest: None,
            remedies: Vec::new(),
            hints: Vec::new(),
        }
    }

    /// Puts the hints among the notes, and the first remedy by which the whole query `holds`.
    pub(crate) fn mend(
        &mut self,
        atlas: &Atlas,
        limits: &Limits<'_>,
        holds: impl Fn(&Atlas) -> bool,
    ) {
        self.notes.append(&mut self.hints);
        if !self.holds {
            self.notes.extend(tried(atlas, &self.remedies, limits, holds));
        }
    }

    /// The reasons of two parts of a query as one.
    pub(crate) fn joined(mut self, other: Self, holds: bool) -> Self {
        self.routes.extend(other.routes);
        self.notes.extend(other.notes);
        self.remedies.extend(other.remedies);
        self.hints.clear();
        Self { holds, shortest: None, ..self }
    }

    /// The same, about the graph that `with` made.
    pub(crate) fn in_graph(mut self, atlas: Atlas) -> Self {
        self.atlas.get_or_insert(atlas);
        self
    }

    /// The same with chains.
    pub(crate) fn by(mut self, routes: impl IntoIterator<Item = Path>) -> Self {
        self.routes.extend(routes);
        self
    }

    /// The same with more words.
    pub(crate) fn and(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The reason why a part of a query has a node, as a reason for the whole.
    pub(crate) fn within(mut self, holds: bool, note: impl Into<String>) -> Self {
        self.notes.insert(0, note.into());
        self.hints.clear();
        Self { holds, ..self }
    }
}

/// What can be said of any answer: whether the node is there.
pub(crate) fn plain(answer: Answer, node: NodeIndex) -> Reason {
    let name = answer.atlas.node(node).name().to_owned();
    let (notes, set) = (answer.notes.clone(), answer.into_set());
    let place = set.iter().position(|own| *own == node);
    let count = set.len();
    let nodes = if count == 1 { "node" } else { "nodes" };
    let mut reason = match place {
        Some(at) => Reason::new(true, format!("{name} is number {} of {count} {nodes}", at + 1)),
        None => Reason::new(false, format!("{name} is not among the {count} {nodes}")),
    };
    reason.notes.extend(notes.iter().map(ToString::to_string));
    reason
}
