//! An AND/OR instance in numbers, and forward chaining on it.
//!
//! Items are steps of a plan or nodes of a search; each asks for clauses, and a clause holds once
//! one of its options has been derived. Read as logic, `item ← clause ∧ …` and `clause ← option`
//! are definite Horn clauses, so everything derivable is found in linear time by counting what
//! each item still lacks: W. F. Dowling, J. H. Gallier: Linear-time algorithms for testing the
//! satisfiability of propositional Horn formulae. Journal of Logic Programming 1 (3), 1984.

use crate::graph::Csr;

/// No item: nothing derived, or nothing there.
pub(super) const NONE: u32 = u32::MAX;

/// Items and the clauses between them, by row offsets in both directions.
#[derive(Debug, Clone)]
pub(super) struct Instance {
    /// The items that satisfy each clause.
    pub(super) options: Csr,
    /// The item that asks for each clause.
    pub(super) owner: Vec<u32>,
    /// The clauses of each item.
    pub(super) asks: Csr,
    /// The clauses that each item satisfies.
    pub(super) serves: Csr,
}

/// What has been derived so far, and by what.
#[derive(Debug, Clone)]
pub(super) struct Derivation {
    /// By item.
    pub(super) done: Vec<bool>,
    /// The items in the order in which they were derived.
    pub(super) order: Vec<u32>,
    /// The item that satisfied each clause first, or [`NONE`].
    pub(super) support: Vec<u32>,
    /// By item: how many of its clauses nothing satisfies yet.
    pub(super) open: Vec<u32>,
}

impl Instance {
    /// So many items with clauses: who asks, and what satisfies them.
    pub(super) fn new<O: IntoIterator<Item = u32>>(
        items: usize,
        clauses: impl IntoIterator<Item = (u32, O)>,
    ) -> Self {
        let (mut options, mut owner) = (Csr::new(), Vec::new());
        for (asking, satisfied_by) in clauses {
            options.push(satisfied_by);
            owner.push(asking);
        }
        let asked = (0u32..).zip(&owner).map(|(clause, owner)| (*owner, clause, ()));
        let asks = Csr::from_entries(items, asked);
        let serves = options.transpose(items);
        Self { options, owner, asks, serves }
    }

    /// How many items there are.
    pub(super) fn len(&self) -> usize {
        self.asks.len()
    }

    /// All items.
    pub(super) fn items(&self) -> impl Iterator<Item = u32> + use<> {
        0..self.len() as u32
    }

    /// By item: is it one of these?
    pub(super) fn marks(&self, items: &[u32]) -> Vec<bool> {
        let mut marks = vec![false; self.len()];
        for item in items {
            marks[*item as usize] = true;
        }
        marks
    }

    /// What can be derived from items that `may` be used, breadth first. O(size).
    pub(super) fn derive(&self, may: impl Fn(u32) -> bool) -> Derivation {
        let mut derivation = Derivation::new(self);
        derivation.extend(self, self.items(), may);
        derivation
    }

    /// The same with all items, of those that can be derived always the one with the least
    /// `priority`; none without one. O(size · log items).
    pub(super) fn derive_by<P: Ord>(&self, priority: impl Fn(u32) -> Option<P>) -> Derivation {
        use std::cmp::Reverse;
        let mut derivation = Derivation::new(self);
        let turn = |item: u32| Some(Reverse((priority(item)?, item)));
        // An item is pushed once, when its last clause is met, so nothing is popped stale.
        let start = self.items().filter(|item| derivation.open[*item as usize] == 0);
        let mut heap: std::collections::BinaryHeap<_> = start.filter_map(turn).collect();
        while let Some(Reverse((_, item))) = heap.pop() {
            derivation.add(self, item, |_, owner, open| {
                heap.extend(if open == 0 { turn(owner) } else { None });
            });
        }
        derivation
    }

    /// The items that a derivation uses for `goals`, as far as it has derived them; ascending.
    pub(super) fn used(&self, derivation: &Derivation, goals: &[u32]) -> Vec<u32> {
        self.behind(goals, |clause| [derivation.support[clause]])
    }

    /// The items that any derivation of `goals` may use; ascending.
    pub(super) fn relevant(&self, goals: &[u32]) -> Vec<u32> {
        self.behind(goals, |clause| self.options.row(clause).iter().copied())
    }

    /// The goals and what lies behind them, where `next` tells to what a clause leads.
    fn behind<I: IntoIterator<Item = u32>>(
        &self,
        goals: &[u32],
        next: impl Fn(usize) -> I,
    ) -> Vec<u32> {
        let mut seen = vec![false; self.len()];
        let mut found = Vec::new();
        let mut open = goals.to_vec();
        while let Some(item) = open.pop() {
            // A clause that nothing supports leads nowhere.
            if item == NONE || std::mem::replace(&mut seen[item as usize], true) {
                continue;
            }
            found.push(item);
            for clause in self.asks.row(item as usize) {
                open.extend(next(*clause as usize));
            }
        }
        found.sort_unstable();
        found
    }
}

impl Derivation {
    /// Nothing derived yet.
    pub(super) fn new(instance: &Instance) -> Self {
        let open = (0..instance.len()).map(|item| instance.asks.row(item).len() as u32);
        Self {
            done: vec![false; instance.len()],
            order: Vec::new(),
            support: vec![NONE; instance.owner.len()],
            open: open.collect(),
        }
    }

    /// Can these be derived?
    pub(super) fn has_all(&self, items: &[u32]) -> bool {
        items.iter().all(|item| self.done[*item as usize])
    }

    /// Derives one item, whatever it lacks. `held` is told of each clause that holds from now on:
    /// its number, who asks for it, and how many clauses that one still lacks.
    pub(super) fn add(
        &mut self,
        instance: &Instance,
        item: u32,
        mut held: impl FnMut(usize, u32, u32),
    ) {
        if std::mem::replace(&mut self.done[item as usize], true) {
            return;
        }
        self.order.push(item);
        for clause in instance.serves.row(item as usize) {
            let clause = *clause as usize;
            // Counted down once, however many of its options are derived (Dowling and Gallier).
            if self.support[clause] != NONE {
                continue;
            }
            self.support[clause] = item;
            let owner = instance.owner[clause];
            let open = &mut self.open[owner as usize];
            *open -= 1;
            // `add` may have derived its owner while that still lacked something: once is enough.
            if !self.done[owner as usize] {
                held(clause, owner, *open);
            }
        }
    }

    /// Derives those of `start` that lack nothing, and all that follows from items that `may` be
    /// used. Linear in what is derived.
    pub(super) fn extend(
        &mut self,
        instance: &Instance,
        start: impl IntoIterator<Item = u32>,
        may: impl Fn(u32) -> bool,
    ) {
        let ready = |item: &u32| self.open[*item as usize] == 0 && may(*item);
        let mut queue: Vec<u32> = start.into_iter().filter(ready).collect();
        let mut at = 0;
        while let Some(&item) = queue.get(at) {
            at += 1;
            self.add(instance, item, |_, owner, open| {
                if open == 0 && may(owner) {
                    queue.push(owner);
                }
            });
        }
    }
}
