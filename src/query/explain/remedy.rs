//! Changes of the graph by which a node would be in an answer. They are tried before they are told.

use crate::graph::{Atlas, Edit, Flow, NodeIndex, Prerequisite, quoted_if_needed};
use crate::query::Limits;

/// How many changes are tried at most.
pub(crate) const TRIES: usize = 8;

/// A change of the graph that may bring a node into an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Remedy {
    /// What it is, in words.
    told: String,
    edits: Vec<Edit>,
}

impl Remedy {
    pub(crate) fn new(told: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self { told: told.into(), edits }
    }

    /// The changes as `with` takes them.
    fn in_words(&self, atlas: &Atlas) -> String {
        let edits = self.edits.iter().map(|edit| {
            let (sign, parts) = match *edit {
                Edit::Add(from, relation, to) => ('+', (from, Some((relation, to)))),
                Edit::Remove(from, relation, to) => ('-', (from, Some((relation, to)))),
                Edit::RemoveNode(node) => ('-', (node, None)),
            };
            let mut words = format!("{sign}{}", typed(atlas, parts.0));
            if let Some((relation, to)) = parts.1 {
                let relation = quoted_if_needed(&atlas.schema().relations[relation].name);
                words.push_str(&format!(" {relation} {}", typed(atlas, to)));
            }
            words
        });
        let edits = edits.collect::<Vec<String>>().join("; ");
        format!("{}: with {{ {edits} }} …", self.told)
    }
}

/// The first of the changes in which `holds` is true, in words.
pub(crate) fn tried(
    atlas: &Atlas,
    remedies: &[Remedy],
    limits: &Limits<'_>,
    holds: impl Fn(&Atlas) -> bool,
) -> Option<String> {
    let tried = remedies.iter().take(TRIES).take_while(|_| !limits.stopped());
    let mends = |remedy: &&Remedy| {
        let edits = remedy.edits.iter();
        // What `with` takes away must be there.
        let possible = |edit: &Edit| match *edit {
            Edit::Remove(from, relation, to) => !atlas.edges_between(from, relation, to).is_empty(),
            _ => true,
        };
        edits.clone().all(possible)
            && holds(&edits.fold(atlas.clone(), |atlas, edit| atlas.changed(*edit)))
    };
    tried.into_iter().find(mends).map(|remedy| remedy.in_words(atlas))
}

fn typed(atlas: &Atlas, node: NodeIndex) -> String {
    quoted_if_needed(&atlas.node(node).id)
}

/// Edges that would make one of `to` need one of `from`: what is required before what is only
/// recommended, one for each way round that a relation can have.
pub(crate) fn new_edges(flow: &Flow<'_>, from: &[NodeIndex], to: &[NodeIndex]) -> Vec<Edit> {
    let (Some(from), Some(to)) = (from.first(), to.first()) else { return Vec::new() };
    let relations = flow.atlas().schema().relations.iter().enumerate();
    let mut edges: Vec<_> = relations
        .filter_map(|(id, relation)| {
            let edit = match flow.way(id) {
                Prerequisite::Target => Edit::Add(*to, id, *from),
                Prerequisite::Source => Edit::Add(*from, id, *to),
                Prerequisite::None => return None,
            };
            Some(((relation.strength, relation.entry, flow.way(id) == Prerequisite::Source), edit))
        })
        .collect();
    edges.sort_by_key(|(rank, _)| *rank);
    edges.dedup_by_key(|(rank, _)| *rank);
    edges.into_iter().map(|(_, edit)| edit).collect()
}

/// Paths through a node: an edge to it and one from it.
pub(crate) fn by_way_of(
    flow: &Flow<'_>,
    from: &[NodeIndex],
    node: NodeIndex,
    to: &[NodeIndex],
) -> Vec<Remedy> {
    let onto = new_edges(flow, from, &[node]);
    let off = new_edges(flow, &[node], to);
    let both = onto.iter().zip(&off).map(|(a, b)| vec![*a, *b]);
    let one = onto.iter().chain(&off).map(|edit| vec![*edit]);
    let edits = one.chain(both).collect::<Vec<_>>();
    edits.into_iter().map(|edits| Remedy::new("with new edges it would do", edits)).collect()
}
