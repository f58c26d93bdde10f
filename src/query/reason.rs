//! Why a node is in an answer, or why not: chains of edges with what to say of them.

use crate::analysis::{
    Fault, Journey, Miss, Rule, best_path, hop_edges, in_learning_order, nearest_miss, needed_by,
    opened_by,
};
use crate::answer::{Answer, Route, edge_as_stored, sources_in_words};
use crate::graph::{Atlas, EdgeIndex, Flow, NodeIndex, Prerequisite, quoted_if_needed};

/// How many names a sentence lists.
const SHOWN: usize = 5;

/// Whether a node is in an answer, and why.
#[derive(Debug, Clone)]
pub(crate) struct Reason {
    /// Is it?
    pub(super) holds: bool,
    /// The chains that say so, or the nearest miss.
    pub(super) routes: Vec<Route>,
    /// In words.
    pub(super) notes: Vec<String>,
    /// The graph it is about, if `with` made one.
    pub(super) atlas: Option<Atlas>,
}

impl Reason {
    pub(super) fn new(holds: bool, note: impl Into<String>) -> Self {
        Self { holds, routes: Vec::new(), notes: vec![note.into()], atlas: None }
    }

    /// The same with chains.
    pub(super) fn by(mut self, routes: impl IntoIterator<Item = Route>) -> Self {
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
        Self { holds, ..self }
    }
}

/// What can be said of any answer: whether the node is there.
pub(super) fn plain(answer: Answer<'_>, node: NodeIndex) -> Reason {
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

/// The shortest chain along a flow, every edge of it with its sources.
pub(super) fn chain(
    flow: &Flow<'_>,
    from: &[NodeIndex],
    to: &[NodeIndex],
    avoid: &[NodeIndex],
) -> Option<Route> {
    if from.is_empty() || to.is_empty() {
        return None;
    }
    let journey = Journey::new(flow.clone(), vec![from.to_vec(), to.to_vec()], Vec::new(), avoid);
    let path = best_path(&journey, Rule::Shortest)?;
    let hops = hop_edges(&journey, Rule::Shortest, &path.nodes);
    Some(Route { nodes: path.nodes, hops })
}

/// Why no chain leads from one set to another: the nearest miss and the change that would mend
/// it, or what lies on either side.
pub(super) fn missed(
    flow: &Flow<'_>,
    from: &[NodeIndex],
    to: &[NodeIndex],
    avoid: &[NodeIndex],
) -> Reason {
    let atlas = flow.atlas();
    let (start, end) = (names(atlas, from), names(atlas, to));
    let mut reason =
        Reason::new(false, format!("no chain of requirements leads from {start} to {end}"));
    let miss = nearest_miss(flow, from, to, avoid);
    match miss.filter(|miss| miss.faults.len() <= 1) {
        Some(miss) => {
            reason.notes.push(mended(atlas, &miss));
            let hops = miss.edges.iter().map(|edge| vec![*edge]).collect();
            reason.by([Route { nodes: miss.nodes, hops }])
        }
        None => {
            let opened = in_learning_order(atlas, opened_by(flow, from, usize::MAX));
            let needed = in_learning_order(atlas, needed_by(flow, to, usize::MAX));
            reason = reason
                .and(format!("{start} leads to {}", names(atlas, &opened)))
                .and(format!("{end} needs {}", names(atlas, &needed)));
            match new_edge(atlas, from, to) {
                Some(edge) => reason.and(format!(
                    "no single edge in another direction, relation or strength would do; a new one would: with {{ {edge} }} …"
                )),
                None => reason,
            }
        }
    }
}

/// The one thing that would have to be different.
fn mended(atlas: &Atlas, miss: &Miss) -> String {
    let told = |edge| {
        let (from, to) = atlas.ends(edge);
        let stored = edge_as_stored(atlas, edge, from);
        (
            stored,
            typed(atlas, from),
            typed(atlas, to),
            quoted_if_needed(&atlas.relation_of(edge).name),
        )
    };
    let Some(fault) = miss.faults.first() else {
        let entries = miss.edges.iter().skip(1).filter(|edge| atlas.relation_of(**edge).entry);
        let entries: Vec<String> = entries.map(|edge| told(*edge).0).collect();
        return format!(
            "it would, if a way could be entered in its middle: {}",
            entries.join(", ")
        );
    };
    match *fault {
        Fault::LeftOut(edge) => {
            format!("it would, if the question did not leave out {}", told(edge).0)
        }
        Fault::Reversed(edge) => {
            let (stored, from, to, relation) = told(edge);
            format!(
                "it would, if one edge went the other way, {stored}: with {{ -{from} {relation} {to}; +{to} {relation} {from} }} …"
            )
        }
        Fault::NoFlow(edge) => {
            let (stored, .., relation) = told(edge);
            let at = miss.edges.iter().position(|own| *own == edge).unwrap_or_default();
            let mended = new_edge(atlas, &miss.nodes[at..=at], &miss.nodes[at + 1..=at + 1]);
            let mended = mended.map_or(String::new(), |edge| {
                format!("; an edge that does would mend it: with {{ {edge} }} …")
            });
            format!(
                "{stored} does not count, since {relation} says nothing about what one needs first{mended}"
            )
        }
        Fault::Avoided(node) => format!("it would, if {} were not avoided", name(atlas, node)),
    }
}

fn typed(atlas: &Atlas, node: NodeIndex) -> String {
    quoted_if_needed(&atlas.node(node).id)
}

/// An edge, as `with` adds it, that makes `to` need `from`.
fn new_edge(atlas: &Atlas, from: &[NodeIndex], to: &[NodeIndex]) -> Option<String> {
    let (from, to) = (typed(atlas, *from.first()?), typed(atlas, *to.first()?));
    let relations = &atlas.schema().relations;
    let flowing = |wanted: Prerequisite| {
        relations.iter().find(|relation| relation.prerequisite == Some(wanted))
    };
    if let Some(relation) = flowing(Prerequisite::Target) {
        return Some(format!("+{to} {} {from}", quoted_if_needed(&relation.name)));
    }
    let relation = flowing(Prerequisite::Source)?;
    Some(format!("+{from} {} {to}", quoted_if_needed(&relation.name)))
}
