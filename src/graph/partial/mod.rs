//! A part of a graph that is held elsewhere. Whatever is asked of the part and is not in it is
//! noted instead of guessed: who has asked fetches that and asks again, until nothing is missing.
//! So an answer from a part is the answer from the whole.

mod head;
mod wanted;

#[cfg(feature = "databases")]
pub(crate) use head::keys_of;
pub(crate) use head::{Head, key_of};
pub use wanted::Fetches;
pub(crate) use wanted::{INTO, NEEDS, OPENS, OUT, ROW, Wanted};

use super::schema::Prerequisite;
use super::{KindId, NodeIndex};
use std::collections::{BTreeSet, HashMap, HashSet};
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
            self.missed[at].fetch_or(parts, Ordering::Relaxed);
        }
    }

    /// Notes that arcs of a flow are asked for: `needs`, or else what the node opens.
    pub(super) fn want_arcs(&self, node: NodeIndex, needs: bool, ways: &[Prerequisite]) {
        let at = node.index();
        if at >= self.here.len() || self.here[at] & (OUT | INTO) == OUT | INTO {
            return;
        }
        let own = ways.iter().zip(&self.ways);
        let covered = own.clone().all(|(asked, own)| *asked == Prerequisite::None || asked == own);
        let flow = if needs { NEEDS } else { OPENS };
        self.want(node, if covered { flow } else { OUT | INTO });
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

    /// The members of a kind, by id, if they are here; that they are asked for is noted.
    pub(super) fn of_kind(&self, kind: KindId) -> Vec<NodeIndex> {
        if let Some(members) = self.kinds.get(&kind) {
            return members.clone();
        }
        self.others().kinds.insert(kind);
        Vec::new()
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

    /// The nodes by their places in the whole graph's learning order, and the place of each among
    /// them.
    pub(super) fn learning_order(&self) -> (Vec<NodeIndex>, Vec<u32>) {
        let mut nodes: Vec<NodeIndex> = (0..self.numbers.len()).map(NodeIndex::new).collect();
        nodes.sort_by_key(|node| self.rank[node.index()]);
        let mut rank = vec![0; nodes.len()];
        for (place, node) in nodes.iter().enumerate() {
            rank[node.index()] = place as u32;
        }
        (nodes, rank)
    }
}

/// Numbers in their order, each once.
pub(super) fn distinct(numbers: impl Iterator<Item = i64>) -> Vec<i64> {
    numbers.collect::<BTreeSet<i64>>().into_iter().collect()
}
