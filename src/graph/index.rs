//! The index: the arcs of a flow as compressed sparse rows, in both directions. Made when a flow is
//! first followed, and kept for the next time.

use super::NodeIndex;
use super::blocks::Section;
use super::facts::Facts;
use super::lazy_rows::LazyRows;
use super::schema::{Prerequisite, Strength};
use crate::csr::Csr;
use petgraph::Direction;
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

/// The indices made so far, the latest used last, and those that a snapshot has.
#[derive(Debug, Default)]
pub(super) struct IndexCache {
    made: Mutex<Vec<Arc<Index>>>,
    kept: Vec<Arc<Index>>,
}

/// By node: the other ends of its arcs, ascending, each with its edge.
#[expect(clippy::large_enum_variant, reason = "few there are, and none is moved about")]
#[derive(Debug)]
pub(super) enum AdjacencyRows {
    Made(Csr<u32, u32>),
    /// Where rows begin, the other ends, the edges.
    Kept([Section; 3]),
    /// Each made when it is first asked for.
    Lazy(LazyRows),
}

impl AdjacencyRows {
    #[inline]
    pub(super) fn row(&self, row: usize) -> (&[u32], &[u32]) {
        match self {
            Self::Made(rows) => rows.entries(row),
            Self::Kept([starts, ends, edges]) => {
                let range = starts.row(row);
                (ends.words(range.clone()), edges.words(range))
            }
            Self::Lazy(rows) => rows.row(row),
        }
    }
}

/// All arcs of the loaded graph by one rule.
#[derive(Debug)]
pub(super) struct Index {
    pub(super) rule: ArcRule,
    opens: AdjacencyRows,
    needs: AdjacencyRows,
    /// Is any arc only recommended?
    pub(super) has_recommended: bool,
}

impl Index {
    /// Two counting sorts, and a small one for each node: O(n + m log m). Of a snapshot each row is
    /// made when it is asked for.
    fn new(facts: &Facts, rule: ArcRule) -> Self {
        // By class: the end that one needs first.
        let mut has_recommended = false;
        let ways = (0..facts.class_count() as u32).map(|class| {
            let (relation, strength) = facts.rule(class);
            let recommended = strength != Strength::Required;
            let way = match rule.prerequisites[relation] {
                _ if rule.required_only && recommended => Prerequisite::None,
                way => way,
            };
            has_recommended |= recommended && way != Prerequisite::None;
            way
        });
        let ways: Arc<[Prerequisite]> = ways.collect();
        let graph = match facts {
            Facts::Loaded { graph, .. } => graph,
            Facts::Kept { mapped, .. } => {
                let rows = |way| LazyRows::new(Arc::clone(mapped), Arc::clone(&ways), way);
                let [opens, needs] = [Direction::Outgoing, Direction::Incoming].map(rows);
                let [opens, needs] = [opens, needs].map(AdjacencyRows::Lazy);
                return Self { rule, opens, needs, has_recommended };
            }
        };
        // Whether an edge flows, and which way, is decided once for its class and not for each
        // edge.
        let end = |end: NodeIndex| end.index() as u32;
        let arcs = graph.raw_edges().iter().enumerate().filter_map(|(at, edge)| {
            let (from, to, class) = (end(edge.source()), end(edge.target()), edge.weight.class);
            let (needed, by) = match ways[class as usize] {
                Prerequisite::None => return None,
                Prerequisite::Target => (to, from),
                Prerequisite::Source => (from, to),
            };
            Some((by, needed, at as u32))
        });
        let mut needs = Csr::from_entries(facts.node_count(), arcs);
        needs.sort_rows(Ord::cmp);
        // Transposed, rows come out in order by themselves.
        let opens = needs.transpose(facts.node_count());
        Self {
            rule,
            opens: AdjacencyRows::Made(opens),
            needs: AdjacencyRows::Made(needs),
            has_recommended,
        }
    }

    /// One that a snapshot has: what opens, what is needed.
    pub(super) fn kept(
        rule: ArcRule,
        [opens, needs]: [AdjacencyRows; 2],
        has_recommended: bool,
    ) -> Self {
        Self { rule, opens, needs, has_recommended }
    }

    /// What nodes open, outgoing, or need, if it is in memory.
    pub(super) fn made(&self, direction: Direction) -> Option<&Csr<u32, u32>> {
        let rows = if direction == Direction::Outgoing { &self.opens } else { &self.needs };
        if let AdjacencyRows::Made(rows) = rows { Some(rows) } else { None }
    }

    /// The other ends of the arcs of what `node` opens, outgoing, or needs, and their edges.
    #[inline]
    pub(super) fn arcs(&self, node: NodeIndex, direction: Direction) -> (&[u32], &[u32]) {
        match direction {
            Direction::Outgoing => self.opens.row(node.index()),
            Direction::Incoming => self.needs.row(node.index()),
        }
    }
}

impl IndexCache {
    /// One that has these for ever.
    pub(super) fn keeping(indices: Vec<Index>) -> Self {
        Self { kept: indices.into_iter().map(Arc::new).collect(), made: Mutex::default() }
    }

    /// The index by a rule.
    pub(super) fn get(&self, facts: &Facts, rule: &ArcRule) -> Arc<Index> {
        if let Some(kept) = self.kept.iter().find(|index| index.rule == *rule) {
            return Arc::clone(kept);
        }
        // Held while one is made, so that who asks for the same waits instead of making it twice.
        let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let index = match made.iter().position(|index| index.rule == *rule) {
            Some(at) => made.remove(at),
            None => Arc::new(Index::new(facts, rule.clone())),
        };
        // What was used last stands last, so the first is the one unused for longest.
        if made.len() == KEPT {
            made.remove(0);
        }
        made.push(Arc::clone(&index));
        index
    }
}
