//! Why a node is in an answer, or why not: chains of edges with what to say of them.

use super::Limits;
use super::chain::Chain;
use super::remedy::{Remedy, tried};
use crate::answer::{Answer, Path, sources_in_words};
use crate::graph::{Atlas, EdgeIndex, NodeIndex};
use num_bigint::BigUint;

/// How many names a sentence lists.
const SHOWN: usize = 5;

/// Whether a node is in an answer, and why.
#[derive(Debug, Clone)]
pub(crate) struct Reason {
    /// Is it?
    pub(super) holds: bool,
    /// The chains that say so, or the nearest miss.
    pub(super) routes: Vec<Path>,
    /// In words.
    pub(super) notes: Vec<String>,
    /// The graph it is about, if `with` made one.
    pub(super) atlas: Option<Atlas>,
    /// How many chains are as short as the one told, where that was counted.
    pub(super) shortest: Option<BigUint>,
    /// Changes of the graph that may bring the node in; they are tried on the whole query.
    pub(super) remedies: Vec<Remedy>,
    /// Changes of the question that would, if it is the whole query.
    pub(super) hints: Vec<String>,
}

impl Reason {
    pub(super) fn new(holds: bool, note: impl Into<String>) -> Self {
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

    /// The same with a chain whose like were counted.
    pub(super) fn by_chain(mut self, chain: Chain) -> Self {
        let (route, shortest) = chain.into_parts();
        self.shortest = Some(shortest);
        self.by([route])
    }

    /// Puts the hints among the notes, and the first remedy by which the whole query `holds`.
    pub(super) fn mend(
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
    pub(super) fn joined(mut self, other: Self, holds: bool) -> Self {
        self.routes.extend(other.routes);
        self.notes.extend(other.notes);
        self.remedies.extend(other.remedies);
        self.hints.clear();
        Self { holds, shortest: None, ..self }
    }

    /// The same with chains.
    pub(super) fn by(mut self, routes: impl IntoIterator<Item = Path>) -> Self {
        self.routes.extend(routes);
        self
    }

    /// The same with more words.
    pub(super) fn and(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The reason why a part of a query has a node, as a reason for the whole.
    pub(super) fn within(mut self, holds: bool, note: impl Into<String>) -> Self {
        self.notes.insert(0, note.into());
        self.hints.clear();
        Self { holds, ..self }
    }
}

/// What can be said of any answer: whether the node is there.
pub(super) fn plain(answer: Answer, node: NodeIndex) -> Reason {
    let name = answer.atlas.node(node).name().to_owned();
    let (notes, set) = (answer.notes.clone(), answer.into_set());
    let place = set.iter().position(|own| *own == node);
    let count = set.len();
    let nodes = if count == 1 { "node" } else { "nodes" };
    let mut reason = match place {
        Some(at) => Reason::new(true, format!("{name} is number {} of {count} {nodes}", at + 1)),
        None => Reason::new(false, format!("{name} is not among the {count} {nodes}")),
    };
    reason.notes.extend(notes);
    reason
}

/// The node's name.
pub(super) fn name(atlas: &Atlas, node: NodeIndex) -> &str {
    atlas.node(node).name()
}

/// The first few names, and how many more there are.
pub(super) fn names(atlas: &Atlas, nodes: &[NodeIndex]) -> String {
    let shown = nodes.iter().take(SHOWN).map(|node| name(atlas, *node));
    let shown = shown.collect::<Vec<&str>>().join(", ");
    match nodes.len() {
        0 => "nothing".to_owned(),
        count if count > SHOWN => format!("{shown} and {} more", count - SHOWN),
        _ => shown,
    }
}

/// `; argo-cd alternative-to flux-cd (argo-cd-docs)`: who says that one of several suffices, if
/// that is not the one who needs them.
pub(super) fn said_by(atlas: &Atlas, ties: &[EdgeIndex]) -> String {
    let told = ties.iter().take(SHOWN).map(|edge| {
        let (from, to) = atlas.ends(*edge);
        let [from, to] = [from, to].map(|end| atlas.node(end).id.as_str());
        let stated = format!("{from} {} {to}", atlas.relation_of(*edge).name);
        match sources_in_words(atlas.edge(*edge).sources) {
            sources if sources.is_empty() => stated,
            sources => format!("{stated} ({sources})"),
        }
    });
    let told = told.collect::<Vec<String>>().join(", ");
    match ties.len() {
        0 => String::new(),
        count if count > SHOWN => format!("; {told} and {} more", count - SHOWN),
        _ => format!("; {told}"),
    }
}
