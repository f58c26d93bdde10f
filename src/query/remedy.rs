//! What would have to be different for a node to be in an answer: the nearest miss, and changes of
//! the graph that are tried before they are told.

use super::reason::{Reason, name, names};
use super::{Limits, Run};
use crate::analysis::{Fault, Miss, in_learning_order, nearest_miss, needed_by, opened_by};
use crate::answer::edge_as_stored;
use crate::graph::{Atlas, Edit, Flow, NodeIndex, Prerequisite, quoted_if_needed};

/// How many changes are tried at most.
const TRIES: usize = 8;

/// A change of the graph that may bring a node into an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remedy {
    /// What it is, in words.
    told: String,
    edits: Vec<Edit>,
}

impl Remedy {
    pub(super) fn new(told: impl Into<String>, edits: Vec<Edit>) -> Self {
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
pub(super) fn tried(
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

/// Is the node in what the query answers in another graph?
pub(super) fn has(run: &dyn Run, atlas: &Atlas, limits: &Limits<'_>, node: NodeIndex) -> bool {
    run.run(atlas, limits).nodes().contains(&node)
}

/// A chain that is missing.
pub(super) struct Missing<'a> {
    pub(super) flow: &'a Flow<'a>,
    pub(super) from: &'a [NodeIndex],
    pub(super) to: &'a [NodeIndex],
    pub(super) avoid: &'a [NodeIndex],
    /// Would the question have what is asked for if it did without what makes this fault?
    pub(super) mends: &'a dyn Fn(Fault) -> bool,
}

/// Why no chain leads from one set to another: the nearest miss with what would mend it, or what
/// lies on either side.
pub(super) fn missed(missing: &Missing<'_>) -> Reason {
    let Missing { flow, from, to, avoid, .. } = missing;
    let atlas = flow.atlas();
    let (start, end) = (names(atlas, from), names(atlas, to));
    let mut reason =
        Reason::new(false, format!("no chain of requirements leads from {start} to {end}"));
    let miss = nearest_miss(flow, from, to, avoid).filter(|miss| miss.faults.len() == 1);
    if let Some(miss) = miss {
        reason = mended(reason, missing, &miss);
        reason = reason.by([miss.path]);
    } else {
        let opened = in_learning_order(atlas, opened_by(flow, from, usize::MAX));
        let needed = in_learning_order(atlas, needed_by(flow, to, usize::MAX));
        reason = reason
            .and(format!("{start} leads to {}", names(atlas, &opened)))
            .and(format!("{end} needs {}", names(atlas, &needed)));
    }
    if reason.hints.is_empty() {
        let edges = new_edges(flow, from, to).into_iter();
        let edges = edges.map(|edit| Remedy::new("a new edge would do", vec![edit]));
        reason.remedies.extend(edges);
    }
    reason
}

/// The one thing that would have to be different.
fn mended(reason: Reason, missing: &Missing<'_>, miss: &Miss) -> Reason {
    let atlas = missing.flow.atlas();
    let stored = |edge| edge_as_stored(atlas, edge, atlas.ends(edge).0);
    let Some(fault) = miss.faults.first() else { return reason };
    let would = (missing.mends)(*fault);
    let mut reason = reason;
    match *fault {
        Fault::LeftOut(edge) => {
            let stored = stored(edge);
            if would {
                reason.hints.push(format!("it would, if the question did not leave out {stored}"));
                return reason;
            }
            reason.and(format!("{stored} does not count here"))
        }
        Fault::Avoided(node) => {
            let own = name(atlas, node);
            if would {
                reason.hints.push(format!("it would, if {own} were not avoided"));
                return reason;
            }
            reason.and(format!("{own} is avoided"))
        }
        Fault::Reversed(edge) => {
            let (from, to) = atlas.ends(edge);
            let relation = atlas.edge(edge).relation;
            let edits = vec![Edit::Remove(from, relation, to), Edit::Add(to, relation, from)];
            reason.remedies.push(Remedy::new("the other way round it would do", edits));
            reason.and(format!("one edge goes the other way: {}", stored(edge)))
        }
        Fault::NoFlow(edge) => {
            let at = miss.path.hops.iter().position(|hop| hop.contains(&edge)).unwrap_or_default();
            let ends = (&miss.path.nodes[at..=at], &miss.path.nodes[at + 1..=at + 1]);
            let edges = new_edges(missing.flow, ends.0, ends.1).into_iter();
            let remedies =
                edges.map(|edit| Remedy::new("an edge that does would mend it", vec![edit]));
            reason.remedies.extend(remedies.take(TRIES / 2));
            let relation = &atlas.relation_of(edge).name;
            let stored = stored(edge);
            reason.and(format!(
                "{stored} does not count, since {relation} says nothing about what one needs first"
            ))
        }
    }
}

fn typed(atlas: &Atlas, node: NodeIndex) -> String {
    quoted_if_needed(&atlas.node(node).id)
}

/// Edges that would make one of `to` need one of `from`: what is required before what is only
/// recommended, one for each way round that a relation can have.
pub(super) fn new_edges(flow: &Flow<'_>, from: &[NodeIndex], to: &[NodeIndex]) -> Vec<Edit> {
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
pub(super) fn by_way_of(
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
