//! What every way to a goal contains: the landmarks of an AND/OR graph, after E. Keyder,
//! S. Richter, M. Helmert: Sound and complete landmarks for And/Or graphs. ECAI 2010.

use super::graph::AndOrGraph;
use super::instance::Instance;
use super::requirements::{Extent, Requirements};
use crate::analysis::in_learning_order;
use crate::graph::{Flow, NodeIndex};

/// What one must know, and what cannot be reached at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Must {
    /// The nodes that every way to the goals contains, goals included, in learning order.
    pub nodes: Vec<NodeIndex>,
    /// The goals to which no way leads; of these, only what their plain requirements bring along
    /// is told.
    pub underivable: Vec<NodeIndex>,
}

/// How many items the quick rule may look at.
const WORK: usize = 20_000_000;

/// What every way to `goals` contains, by the required clauses of `flow`.
///
/// A node belongs to it if and only if some goal cannot be derived without it. What plain clauses
/// bring along, or all options of a clause, certainly belongs to it. The rest is looked for in the
/// one derivation at hand: a candidate is left out and the goals derived again, from other
/// candidates only where nothing else is left. If that succeeds, what the new derivation does not
/// use is no candidate any more; if it fails, the candidate belongs to the answer with all that its
/// plain clauses bring along. O(k (n + m) log n) with k tries, at most one for each candidate;
/// linear without alternatives.
#[must_use]
pub fn must(flow: &Flow<'_>, goals: &[NodeIndex]) -> Must {
    let nobody = vec![false; flow.atlas().node_bound()];
    let graph = AndOrGraph::behind(flow, goals, |_| false);
    let extent = Extent { graph: &graph, goals, known: &nobody, barred: &nobody };
    let required = |number| graph.clause(number).required;
    let requirements = Requirements::new(extent, required, |_| true);
    let instance = &requirements.instance;
    let all = requirements.in_order(|_| true);
    let (reached, lost): (Vec<u32>, Vec<u32>) =
        requirements.steps(goals).into_iter().partition(|step| all.done[*step as usize]);
    let mut certain = Certain::new(instance);
    // What a rule tells at once need not be tried; tries cost a derivation each.
    certain.add(&reached);
    let used = instance.used(&all, &reached).into_iter();
    let used: Vec<u32> = used.filter(|step| !certain.has(*step)).collect();
    let mut candidate = instance.marks(&used);
    // The latest first: what it brings along need not be tried.
    for step in all.order.iter().rev() {
        if !candidate[*step as usize] || certain.has(*step) {
            continue;
        }
        // Other candidates are the last resort, so that one try clears as many as it can.
        let without = instance.derive_by(|other| {
            let turn = (candidate[other as usize], requirements.rank[other as usize]);
            (other != *step).then_some(turn)
        });
        // A landmark is in every derivation, so what this one does without is none.
        if without.has_all(&reached) {
            let used = instance.marks(&instance.used(&without, &reached));
            candidate.iter_mut().zip(used).for_each(|(still, used)| *still &= used);
        } else {
            certain.add(&[*step]);
        }
    }
    // Of what cannot be derived, only what plain clauses bring can be told.
    certain.add(&lost);
    let is_lost = |goal: &&NodeIndex| {
        requirements.step(**goal).is_some_and(|step| lost.binary_search(&step).is_ok())
    };
    Must {
        nodes: in_learning_order(flow.atlas(), requirements.nodes(certain.items())),
        underivable: goals.iter().filter(is_lost).copied().collect(),
    }
}

/// Items that every derivation of some goals contains, as far as a quick rule finds them: the only
/// option of a clause, and what all options of a clause bring along by plain clauses.
pub(super) struct Certain<'i> {
    instance: &'i Instance,
    /// By item: is it one of them?
    found: Vec<bool>,
    /// By item: in which walk it was met last.
    met: Vec<u32>,
    walk: u32,
    /// By item: the clause looked at last, by its first walk, and how many of its options in a row
    /// have brought the item along.
    brought: Vec<(u32, u32)>,
    /// How many items may still be looked at.
    work: usize,
}

impl<'i> Certain<'i> {
    /// Nothing yet.
    pub(super) fn new(instance: &'i Instance) -> Self {
        let count = instance.len();
        let (met, brought) = (vec![0; count], vec![(0, 0); count]);
        Self { instance, found: vec![false; count], met, walk: 0, brought, work: WORK }
    }

    /// Is it certain?
    pub(super) fn has(&self, item: u32) -> bool {
        self.found[item as usize]
    }

    /// All that is certain, ascending.
    pub(super) fn items(&self) -> impl Iterator<Item = u32> {
        self.instance.items().filter(|item| self.has(*item))
    }

    /// Adds goals, and what the rule says that they bring along.
    pub(super) fn add(&mut self, goals: &[u32]) {
        let instance = self.instance;
        let mut open = goals.to_vec();
        while let Some(item) = open.pop() {
            if std::mem::replace(&mut self.found[item as usize], true) {
                continue;
            }
            for clause in instance.asks.row(item as usize) {
                match instance.options.row(*clause as usize) {
                    [only] => open.push(*only),
                    options => self.common(options, &mut open),
                }
            }
        }
    }

    /// Appends what all of these options bring along.
    fn common(&mut self, options: &[u32], found: &mut Vec<u32>) {
        // Walk numbers never come again, so no mark of an earlier clause counts for this one.
        let first_walk = self.walk;
        for (number, option) in (0u32..).zip(options) {
            for item in self.brought_along(*option) {
                let times = &mut self.brought[item as usize];
                // Only what all options before this one brought along still counts.
                if number == 0 {
                    *times = (first_walk, 0);
                }
                if *times == (first_walk, number) {
                    *times = (first_walk, number + 1);
                }
                if *times == (first_walk, options.len() as u32) {
                    found.push(item);
                }
            }
        }
    }

    /// An item and what its plain clauses bring along, without what is certain.
    fn brought_along(&mut self, item: u32) -> Vec<u32> {
        self.walk += 1;
        let mut found = Vec::new();
        let mut open = vec![item];
        while let Some(item) = open.pop() {
            let fresh = std::mem::replace(&mut self.met[item as usize], self.walk) != self.walk;
            // Out of work, lists get shorter and fewer items are common to all: the rule tells
            // less, but nothing wrong.
            if !fresh || self.found[item as usize] || self.work == 0 {
                continue;
            }
            self.work -= 1;
            found.push(item);
            for clause in self.instance.asks.row(item as usize) {
                if let [only] = self.instance.options.row(*clause as usize) {
                    open.push(*only);
                }
            }
        }
        found
    }
}
