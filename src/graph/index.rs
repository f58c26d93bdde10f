//! The index: the arcs of a flow as compressed sparse rows, in both directions. Made when a flow is
//! first followed, and kept for the next time.

use super::edge::{EdgeClass, EdgeWeight};
use super::node::Node;
use super::schema::{Prerequisite, Strength};
use super::{EdgeIndex, NodeIndex};
use crate::csr::Csr;
use petgraph::Direction;
use petgraph::graph::DiGraph;
use std::sync::{Arc, Mutex, PoisonError};

/// How many indices are kept; a batch rarely follows more sets of relations than this.
const KEPT: usize = 6;

/// Which edges are arcs of a flow, and which way: whether their relation flows, and whether edges
/// count that are only recommended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ArcRule {
    /// By relation: the end that one needs first.
    pub(super) prerequisites: Vec<Prerequisite>,
    pub(super) required_only: bool,
}

/// The indices made so far, the latest used last.
#[derive(Debug, Default)]
pub(super) struct IndexCache(Mutex<Vec<Arc<Index>>>);

/// All arcs of the loaded graph by one rule.
#[derive(Debug)]
pub(super) struct Index {
    rule: ArcRule,
    /// By node: the other ends of its arcs, ascending, each with its edge.
    opens: Csr<NodeIndex, EdgeIndex>,
    needs: Csr<NodeIndex, EdgeIndex>,
    /// Is any arc only recommended?
    pub(super) has_recommended: bool,
}

impl Index {
    /// Two counting sorts, and a small one for each node: O(n + m log m).
    fn new(graph: &DiGraph<Node, EdgeWeight>, classes: &[EdgeClass], rule: ArcRule) -> Self {
        // By class: the end that one needs first.
        let recommended = |class: &EdgeClass| class.strength != Strength::Required;
        let ways = classes.iter().map(|class| match rule.prerequisites[class.relation] {
            _ if rule.required_only && recommended(class) => Prerequisite::None,
            way => way,
        });
        let ways: Vec<Prerequisite> = ways.collect();
        let flowing = classes.iter().zip(&ways).filter(|(_, way)| **way != Prerequisite::None);
        let has_recommended = flowing.map(|(class, _)| class).any(recommended);
        let arcs = graph.raw_edges().iter().enumerate().filter_map(|(at, edge)| {
            let (needed, by) = match ways[edge.weight.class as usize] {
                Prerequisite::None => return None,
                Prerequisite::Target => (edge.target(), edge.source()),
                Prerequisite::Source => (edge.source(), edge.target()),
            };
            Some((by, needed, EdgeIndex::new(at)))
        });
        let mut needs = Csr::from_entries(graph.node_count(), arcs);
        needs.sort_rows(Ord::cmp);
        let opens = needs.transpose(graph.node_count());
        Self { rule, opens, needs, has_recommended }
    }

    /// The other ends of the arcs of what `node` opens, outgoing, or needs, and their edges.
    pub(super) fn arcs(
        &self,
        node: NodeIndex,
        direction: Direction,
    ) -> (&[NodeIndex], &[EdgeIndex]) {
        self.rows(direction).entries(node.index())
    }

    /// All arcs by the node that opens them, outgoing, or needs.
    pub(super) fn rows(&self, direction: Direction) -> &Csr<NodeIndex, EdgeIndex> {
        match direction {
            Direction::Outgoing => &self.opens,
            Direction::Incoming => &self.needs,
        }
    }
}

impl IndexCache {
    /// The index by a rule.
    pub(super) fn get(
        &self,
        graph: &DiGraph<Node, EdgeWeight>,
        classes: &[EdgeClass],
        rule: &ArcRule,
    ) -> Arc<Index> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let index = match kept.iter().position(|index| index.rule == *rule) {
            Some(at) => kept.remove(at),
            None => Arc::new(Index::new(graph, classes, rule.clone())),
        };
        if kept.len() == KEPT {
            kept.remove(0);
        }
        kept.push(Arc::clone(&index));
        index
    }
}
