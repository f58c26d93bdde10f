//! What a node asks for, clause by clause: a plain prerequisite is a clause of one, alternatives
//! are a clause of several, of which one suffices. `docs/analysis.md` gives the model.

use crate::graph::{EdgeIndex, Flow, NodeIndex, RelationId, Strength};
use petgraph::Direction;
use petgraph::unionfind::UnionFind;
use std::collections::BTreeMap;

/// One demand of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Who asks.
    pub dependent: NodeIndex,
    /// What satisfies it, by id, each with the edges that say so.
    pub alternatives: Vec<(NodeIndex, Vec<EdgeIndex>)>,
    /// Can one not do without? A clause is required if one of its edges is.
    pub required: bool,
    /// Where the dependent does not say itself that one suffices: the edges that tie the
    /// alternatives to one another.
    pub ties: Vec<EdgeIndex>,
}

impl Clause {
    /// Is there no choice?
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.alternatives.len() == 1
    }

    /// The nodes that satisfy it, by id.
    pub fn nodes(&self) -> impl Iterator<Item = NodeIndex> {
        self.alternatives.iter().map(|(node, _)| *node)
    }

    /// The edges that offer `node`.
    #[must_use]
    pub fn edges(&self, node: NodeIndex) -> &[EdgeIndex] {
        let found = self.alternatives.binary_search_by_key(&node, |(node, _)| *node);
        found.map_or(&[], |at| &self.alternatives[at].1)
    }
}

/// What makes edges one clause.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum ClauseKey {
    /// Nothing: each prerequisite is a clause of its own.
    Plain,
    /// The same value of `any-of`.
    AnyOf(String),
    /// They are of one relation, and their prerequisites are tied, by way of the first of them.
    Tied(RelationId, NodeIndex),
}

/// One arc into a dependent.
type Arc = (ClauseKey, NodeIndex, EdgeIndex);

/// The clauses of a node in a flow: plain ones by the prerequisite's id, then groups of
/// alternatives by their name, then tied ones. O(d log d) in the node's arcs, and for each
/// prerequisite as many steps as it has ties, but at most d log n.
#[must_use]
pub fn clauses(flow: &Flow<'_>, dependent: NodeIndex) -> Vec<Clause> {
    let facts = |edge: EdgeIndex| flow.atlas().edge(edge);
    let group = |edge: EdgeIndex| match facts(edge).any_of() {
        None => ClauseKey::Plain,
        Some(name) => ClauseKey::AnyOf(name.to_string()),
    };
    let mut arcs: Vec<Arc> =
        flow.needs(dependent).map(|(edge, node)| (group(edge), node, edge)).collect();
    let mut ties = tie(flow, dependent, &mut arcs);
    // By key, then node, then edge: clauses and their options become runs.
    arcs.sort_unstable();
    // Plain arcs share one key, and yet each prerequisite is a clause of its own.
    let one_clause = |a: &Arc, b: &Arc| a.0 == b.0 && (a.0 != ClauseKey::Plain || a.1 == b.1);
    let clause = |arcs: &[Arc]| Clause {
        dependent,
        alternatives: arcs
            .chunk_by(|a, b| a.1 == b.1)
            .map(|arcs| (arcs[0].1, arcs.iter().map(|arc| arc.2).collect()))
            .collect(),
        required: arcs.iter().any(|arc| facts(arc.2).strength == Strength::Required),
        ties: ties.remove(&arcs[0].0).unwrap_or_default(),
    };
    arcs.chunk_by(one_clause).map(clause).collect()
}

/// Makes those plain arcs of one relation one group whose prerequisites are tied, directly or by
/// way of one another; tells the edges that tie each group.
fn tie(
    flow: &Flow<'_>,
    dependent: NodeIndex,
    arcs: &mut [Arc],
) -> BTreeMap<ClauseKey, Vec<EdgeIndex>> {
    let mut told: BTreeMap<ClauseKey, Vec<EdgeIndex>> = BTreeMap::new();
    let Some(ties) = flow.ties() else { return told };
    let relation = |arc: &Arc| flow.atlas().edge(arc.2).relation;
    // An arc from the dependent to itself would satisfy any clause that it joined.
    let plain = arcs.iter().enumerate();
    let plain = plain.filter(|(_, arc)| arc.0 == ClauseKey::Plain && arc.1 != dependent);
    let mut plain: Vec<(RelationId, NodeIndex, usize)> =
        plain.map(|(at, arc)| (relation(arc), arc.1, at)).collect();
    plain.sort_unstable();
    for same in plain.chunk_by(|a, b| a.0 == b.0) {
        let mut nodes: Vec<NodeIndex> = same.iter().map(|(_, node, _)| *node).collect();
        nodes.dedup();
        let found = ties_among(&ties, &nodes);
        // Ties are transitive: groups are connected components, found by union-find.
        let mut sets = UnionFind::<usize>::new(nodes.len());
        for (a, b, _) in &found {
            sets.union(*a, *b);
        }
        // Nodes ascend, so that the first of a set names it, whatever root union-find chose.
        let mut first: BTreeMap<usize, NodeIndex> = BTreeMap::new();
        for (at, node) in nodes.iter().enumerate() {
            first.entry(sets.find(at)).or_insert(*node);
        }
        let group = |at: usize| ClauseKey::Tied(same[0].0, first[&sets.find(at)]);
        for (a, _, edge) in &found {
            told.entry(group(*a)).or_default().push(*edge);
        }
        for (_, node, arc) in same {
            // A set of one has no tie to tell, and its arc stays plain.
            let group = nodes.binary_search(node).map(group);
            arcs[*arc].0 =
                group.ok().filter(|group| told.contains_key(group)).unwrap_or(ClauseKey::Plain);
        }
    }
    for edges in told.values_mut() {
        flow.atlas().sort_edges(edges);
    }
    told
}

/// The edges that tie two of `nodes`, which stand by id: each with the places of its ends.
fn ties_among(ties: &Flow<'_>, nodes: &[NodeIndex]) -> Vec<(usize, usize, EdgeIndex)> {
    let mut found = Vec::new();
    for (at, node) in nodes.iter().enumerate().filter(|_| nodes.len() > 1) {
        // The shorter list is walked: the node's ties or the other prerequisites. A hub that is
        // tied to the whole graph would be read once for each of its dependents otherwise.
        if ties.degree(*node, Direction::Outgoing) <= nodes.len() {
            let ends = ties.opens(*node).filter(|(_, end)| end != node);
            found.extend(ends.filter_map(|(edge, end)| {
                nodes.binary_search(&end).ok().map(|other| (at, other, edge))
            }));
        } else {
            for (other, end) in nodes.iter().enumerate().filter(|(other, _)| *other != at) {
                found.extend(ties.between(*node, *end).map(|edge| (at, other, edge)));
            }
        }
    }
    found
}

/// The edges by which `dependents` need one of several nodes because these are tied, each with the
/// first such edge of its clause.
#[must_use]
pub fn tied(
    flow: &Flow<'_>,
    dependents: impl IntoIterator<Item = NodeIndex>,
) -> BTreeMap<EdgeIndex, EdgeIndex> {
    let mut found = BTreeMap::new();
    for dependent in dependents.into_iter().filter(|_| flow.ties().is_some()) {
        for clause in clauses(flow, dependent).iter().filter(|clause| !clause.ties.is_empty()) {
            let edges = clause.alternatives.iter().flat_map(|(_, edges)| edges);
            let first = edges.clone().min();
            found.extend(edges.filter_map(|edge| Some((*edge, *first?))));
        }
    }
    found
}
