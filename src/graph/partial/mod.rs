//! A part of a graph that is held elsewhere. Whatever is asked of the part and is not in it is
//! noted instead of guessed: who has asked fetches that and asks again, until nothing is missing.
//! So an answer from a part is the answer from the whole.

mod head;
mod ranked;
mod wanted;

#[cfg(feature = "databases")]
pub(crate) use head::keys_of;
pub(crate) use head::{Head, key_of};
pub(crate) use ranked::Ranked;
pub use wanted::Fetches;
pub(crate) use wanted::{INTO, NEEDS, OPENS, OUT, ROW, Wanted};

use super::schema::{Prerequisite, RelationId};
use super::{KindId, NodeIndex};
use std::any::Any;
use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What of a larger graph is here, and what was looked for in vain.
#[derive(Debug)]
pub(crate) struct Partial {
    pub(super) head: Arc<Head>,
    /// The number of each node in the whole graph, ascending.
    pub(super) numbers: Vec<i64>,
    /// What is here of each node: [`ROW`] and the directions of its edges.
    pub(super) here: Vec<u8>,
    pub(super) missed: Vec<AtomicU8>,
    /// The place in the whole graph's learning order of each node that has a row.
    pub(super) rank: Vec<u32>,
    /// By relation: the end that one needs first, for [`NEEDS`] and [`OPENS`].
    pub(super) ways: Vec<Prerequisite>,
    /// Folded names that were asked for, and words whose likes were.
    pub(super) names: HashSet<String>,
    pub(super) near: HashSet<String>,
    /// The members of kinds that were asked for.
    pub(super) kinds: HashMap<KindId, Vec<NodeIndex>>,
    /// What may fit a search that was asked for.
    pub(super) sought: HashMap<String, Vec<NodeIndex>>,
    /// What the learning order comes from, if it is here: `graph/structure` knows how it looks.
    pub(super) structure: Option<Arc<dyn Any + Send + Sync>>,
    /// Was the learning order kept?
    pub(super) ranked: bool,
    pub(super) others: Mutex<Wanted>,
    /// Is what is asked only advice, for which nothing but names is fetched?
    pub(super) advising: AtomicBool,
}

impl Partial {
    fn others(&self) -> MutexGuard<'_, Wanted> {
        self.others.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that these parts of a node are asked for.
    pub(super) fn want(&self, node: NodeIndex, parts: u8) {
        let at = node.index();
        if at < self.here.len() && self.here[at] & parts != parts && !self.is_advising() {
            // Read when the question has been asked to its end, so that no order is needed.
            self.missed[at].fetch_or(parts, Ordering::Relaxed);
        }
    }

    /// Notes that arcs of a flow are asked for: `needs`, or else what the node opens.
    pub(super) fn want_arcs(&self, node: NodeIndex, needs: bool, ways: &[Prerequisite]) {
        let at = node.index();
        if at >= self.here.len() || self.here[at] & (OUT | INTO) == OUT | INTO {
            return;
        }
        let flow = if needs { NEEDS } else { OPENS };
        match extended(&self.ways, ways) {
            // No single flow holds a relation both ways: all edges of the node are wanted.
            Flows::Crossed => self.want(node, OUT | INTO),
            Flows::Same => self.want(node, flow),
            Flows::More(_) if self.is_advising() => {}
            Flows::More(_) => {
                let mut others = self.others();
                let known = if others.ways.is_empty() { &self.ways } else { &others.ways };
                let parts = match extended(known, ways) {
                    Flows::Crossed => OUT | INTO,
                    Flows::Same => flow,
                    Flows::More(more) => {
                        others.ways = more;
                        flow
                    }
                };
                self.missed[at].fetch_or(parts, Ordering::Relaxed);
            }
        }
    }

    /// Are the arcs of a flow here: what the node `needs`, or else what it opens?
    pub(super) fn has_arcs(&self, node: NodeIndex, needs: bool, ways: &[Prerequisite]) -> bool {
        let here = self.here.get(node.index()).copied().unwrap_or_default();
        let flow = if needs { NEEDS } else { OPENS };
        here & (OUT | INTO) == OUT | INTO
            || here & flow != 0 && matches!(extended(&self.ways, ways), Flows::Same)
    }

    /// Does no edge name a group of alternatives, and no relation join them?
    pub(super) fn has_no_alternatives(&self) -> bool {
        let grouped = self.head.field_uses.iter().any(|(name, _)| name == "any-of");
        !grouped && !self.head.schema.relations.iter().any(|relation| relation.alternative)
    }

    /// Has anything been asked for in vain?
    pub(super) fn is_lacking(&self) -> bool {
        let missed = self.missed.iter().any(|parts| parts.load(Ordering::Relaxed) != 0);
        missed || !self.others().is_empty()
    }

    /// Are all edges of these relations here that leave a node?
    pub(super) fn has_from(&self, node: NodeIndex, relations: &[RelationId]) -> bool {
        let here = self.here.get(node.index()).copied().unwrap_or_default();
        relations.iter().all(|relation| match self.ways[*relation] {
            Prerequisite::Target => here & NEEDS != 0,
            Prerequisite::Source => here & OPENS != 0,
            Prerequisite::None => false,
        })
    }

    /// Notes that every node, or every edge, is asked for.
    pub(super) fn want_everything(&self) {
        if !self.is_advising() {
            self.others().everything = true;
        }
    }

    /// Notes that the rows of all nodes that are known here are asked for: their order was.
    pub(super) fn want_order(&self) {
        (0..self.numbers.len()).for_each(|at| self.want(NodeIndex::new(at), ROW));
    }

    /// Notes that what has this folded name is asked for.
    pub(super) fn want_name(&self, key: String) {
        if !key.is_empty() && !self.names.contains(&key) {
            self.others().names.insert(key);
        }
    }

    /// Notes that names like this one are asked for.
    pub(super) fn want_near(&self, key: String) {
        if !key.is_empty() && !self.near.contains(&key) {
            self.others().near.insert(key);
        }
    }

    /// The nodes of which all is known that is said of them.
    pub(super) fn with_rows(&self) -> impl Iterator<Item = NodeIndex> {
        let known = self.here.iter().enumerate().filter(|(_, here)| **here & ROW != 0);
        known.map(|(at, _)| NodeIndex::new(at))
    }

    /// The members of a kind, by id, if they are here; that they are asked for is noted.
    pub(super) fn of_kind(&self, kind: KindId) -> Vec<NodeIndex> {
        if let Some(members) = self.kinds.get(&kind) {
            return members.clone();
        }
        self.others().kinds.insert(kind);
        Vec::new()
    }

    /// What may fit a search, by id, if it is here; that it is asked for is noted.
    pub(super) fn sought(&self, text: &str) -> Vec<NodeIndex> {
        if let Some(found) = self.sought.get(text) {
            return found.clone();
        }
        if !self.is_advising() {
            self.others().sought.insert(text.to_owned());
        }
        Vec::new()
    }

    /// Notes that a node is asked for that has not been met.
    pub(super) fn want_node(&self, number: i64) {
        self.others().rows.push(number);
    }

    /// Notes that what the learning order comes from is asked for.
    pub(super) fn want_structure(&self) {
        if !self.is_advising() {
            self.others().structure = true;
        }
    }

    /// What the learning order comes from, if it is here.
    pub(super) fn structure<T: Any + Send + Sync>(&self) -> Option<&T> {
        self.structure.as_ref()?.downcast_ref()
    }

    /// Is each node's place in the learning order known?
    pub(super) fn is_ranked(&self) -> bool {
        self.ranked
    }

    /// Notes how the verb of a question goes on from what it asks for first.
    pub(crate) fn follow(&self, fetches: Fetches) {
        self.others().fetches.insert(fetches);
    }

    /// From now on, what is asked is advice, or is not.
    pub(crate) fn advise(&self, advising: bool) {
        self.advising.store(advising, Ordering::Relaxed);
    }

    fn is_advising(&self) -> bool {
        self.advising.load(Ordering::Relaxed)
    }

    /// What was asked for in vain since it was last taken.
    pub(crate) fn take_wanted(&self) -> Wanted {
        let mut wanted = std::mem::take(&mut *self.others());
        for (at, missed) in self.missed.iter().enumerate() {
            let parts = missed.swap(0, Ordering::Relaxed);
            if parts & ROW != 0 {
                wanted.rows.push(self.numbers[at]);
            }
            let arcs = parts & !ROW & !self.here[at];
            if arcs != 0 {
                wanted.arcs.push((self.numbers[at], arcs));
            }
        }
        wanted
    }

    /// The number of a node in the whole graph.
    pub(crate) fn number(&self, node: NodeIndex) -> i64 {
        self.numbers[node.index()]
    }

    /// The node of that number, if it is here.
    pub(crate) fn node(&self, number: i64) -> Option<NodeIndex> {
        self.numbers.binary_search(&number).ok().map(NodeIndex::new)
    }

    /// How many nodes and edges the whole graph has.
    pub(crate) fn counts(&self) -> [u64; 2] {
        self.head.counts
    }

    /// The answer of a verb that was kept when the whole graph was, row by row.
    pub(crate) fn kept_rows(&self, verb: &str) -> Option<&Vec<Vec<serde_json::Value>>> {
        self.head.tables.get(verb)
    }

    /// The place in the whole graph's learning order of the node that stands here.
    pub(super) fn rank(&self, at: usize) -> u32 {
        self.rank[at]
    }

    /// The nodes by these places in the whole graph's learning order, and the place of each among
    /// them.
    pub(super) fn ranked(&self, place: impl Fn(usize) -> u32) -> Ranked {
        let mut nodes: Vec<NodeIndex> = (0..self.numbers.len()).map(NodeIndex::new).collect();
        nodes.sort_by_key(|node| place(node.index()));
        let mut rank = vec![0; nodes.len()];
        for (place, node) in nodes.iter().enumerate() {
            rank[node.index()] = place as u32;
        }
        Ranked { nodes, rank }
    }
}

/// Flows that are known, with those of a question.
enum Flows {
    /// They are among them.
    Same,
    /// By relation, the end that comes first in all of them.
    More(Vec<Prerequisite>),
    /// A relation would run both ways.
    Crossed,
}

fn extended(known: &[Prerequisite], asked: &[Prerequisite]) -> Flows {
    let pairs = || known.iter().zip(asked).filter(|(_, asked)| **asked != Prerequisite::None);
    if pairs().any(|(own, asked)| own != asked && *own != Prerequisite::None) {
        return Flows::Crossed;
    }
    if pairs().all(|(own, asked)| own == asked) {
        return Flows::Same;
    }
    let either = |(own, asked): (&Prerequisite, &Prerequisite)| {
        if *own == Prerequisite::None { *asked } else { *own }
    };
    Flows::More(known.iter().zip(asked).map(either).collect())
}

/// Numbers in their order, each once.
pub(super) fn distinct(numbers: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut numbers: Vec<i64> = numbers.collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
