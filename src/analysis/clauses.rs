//! What a node asks for, clause by clause: a plain prerequisite is a clause of one, alternatives
//! are a clause of several, of which one suffices. `docs/analysis.md` gives the model.

use crate::graph::{EdgeIndex, Flow, NodeIndex, Strength};

/// One demand of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Who asks.
    pub dependent: NodeIndex,
    /// What satisfies it, by id, each with the edges that say so.
    pub alternatives: Vec<(NodeIndex, Vec<EdgeIndex>)>,
    /// Can one not do without? A clause is required if one of its edges is.
    pub required: bool,
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

/// The clauses of a node in a flow: plain ones by the prerequisite's id, then groups of
/// alternatives by their name. O(d log d) in the node's arcs.
#[must_use]
pub fn clauses(flow: &Flow<'_>, dependent: NodeIndex) -> Vec<Clause> {
    let facts = |edge: EdgeIndex| flow.atlas().edge(edge);
    let group = |edge: EdgeIndex| facts(edge).any_of().map(ToString::to_string);
    let mut arcs: Vec<(Option<String>, NodeIndex, EdgeIndex)> =
        flow.needs(dependent).map(|(edge, node)| (group(edge), node, edge)).collect();
    arcs.sort_unstable();
    let one_clause = |a: &(Option<String>, NodeIndex, _), b: &(Option<String>, NodeIndex, _)| {
        a.0 == b.0 && (a.0.is_some() || a.1 == b.1)
    };
    let clause = |arcs: &[(Option<String>, NodeIndex, EdgeIndex)]| Clause {
        dependent,
        alternatives: arcs
            .chunk_by(|a, b| a.1 == b.1)
            .map(|arcs| (arcs[0].1, arcs.iter().map(|arc| arc.2).collect()))
            .collect(),
        required: arcs.iter().any(|arc| facts(arc.2).strength == Strength::Required),
    };
    arcs.chunk_by(one_clause).map(clause).collect()
}
