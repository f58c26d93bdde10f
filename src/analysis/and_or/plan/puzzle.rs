//! The cheapest-plan problem in numbers: items with weights, clauses between them, goals.

use crate::graph::Csr;

/// What a plan costs, in units that leave room to count what costs nothing.
pub(super) type Weight = u128;

/// Items of which a cheapest set is wanted that contains the goals and can be derived: each
/// item after one option of each of its clauses. Everything in it can be derived somehow.
#[derive(Debug, Clone)]
pub(super) struct Puzzle {
    pub(super) weight: Vec<Weight>,
    pub(super) goals: Vec<u32>,
    /// The items that satisfy each clause.
    pub(super) options: Csr,
    /// The item that asks for each clause.
    pub(super) owner: Vec<u32>,
    /// The clauses of each item.
    pub(super) asks: Csr,
    /// The clauses that each item satisfies.
    pub(super) serves: Csr,
    /// How many sources speak for two items together, dependent and alternative.
    pub(super) pairs: Vec<(u32, u32, u32)>,
}

impl Puzzle {
    pub(super) fn new(
        weight: Vec<Weight>,
        goals: Vec<u32>,
        clauses: impl IntoIterator<Item = (u32, Vec<u32>)>,
        pairs: Vec<(u32, u32, u32)>,
    ) -> Self {
        let (mut options, mut owners, mut owner) = (Csr::new(), Csr::new(), Vec::new());
        for (asking, satisfied_by) in clauses {
            options.push(satisfied_by);
            owners.push([asking]);
            owner.push(asking);
        }
        let asks = owners.transpose(weight.len());
        let serves = options.transpose(weight.len());
        Self { weight, goals, options, owner, asks, serves, pairs }
    }

    /// How many items there are.
    pub(super) fn len(&self) -> usize {
        self.weight.len()
    }

    /// What a set of items weighs.
    pub(super) fn weight_of(&self, items: &[u32]) -> Weight {
        items.iter().map(|item| self.weight[*item as usize]).sum()
    }

    /// How many sources speak for the alternatives in a set of items.
    pub(super) fn sources_of(&self, items: &[u32]) -> u64 {
        let mut inside = vec![false; self.len()];
        for item in items {
            inside[*item as usize] = true;
        }
        self.sources_among(|item| inside[item as usize])
    }

    /// The same for the items that fit.
    pub(super) fn sources_among(&self, fits: impl Fn(u32) -> bool) -> u64 {
        let among = self.pairs.iter().filter(|(a, b, _)| fits(*a) && fits(*b));
        among.map(|(_, _, sources)| u64::from(*sources)).sum()
    }

    /// What can be derived from the items that `may` be used, by item, with the option that
    /// satisfied each clause first. O(size).
    pub(super) fn derive(&self, may: impl Fn(u32) -> bool) -> (Vec<bool>, Vec<u32>) {
        let mut open: Vec<u32> =
            (0..self.len()).map(|item| self.asks.row(item).len() as u32).collect();
        let mut done = vec![false; self.len()];
        let mut support = vec![u32::MAX; self.owner.len()];
        let mut queue: Vec<u32> =
            (0..self.len() as u32).filter(|item| open[*item as usize] == 0 && may(*item)).collect();
        let mut at = 0;
        while let Some(&item) = queue.get(at) {
            at += 1;
            done[item as usize] = true;
            for clause in self.serves.row(item as usize) {
                let first = &mut support[*clause as usize];
                if *first != u32::MAX {
                    continue;
                }
                *first = item;
                let owner = self.owner[*clause as usize];
                open[owner as usize] -= 1;
                if open[owner as usize] == 0 && may(owner) {
                    queue.push(owner);
                }
            }
        }
        (done, support)
    }

    /// The items that `support` uses for `goals`.
    pub(super) fn used(&self, goals: &[u32], support: &[u32]) -> Vec<u32> {
        let mut seen = vec![false; self.len()];
        let mut found = Vec::new();
        let mut open = goals.to_vec();
        while let Some(item) = open.pop() {
            if !std::mem::replace(&mut seen[item as usize], true) {
                found.push(item);
                let clauses = self.asks.row(item as usize).iter();
                open.extend(clauses.map(|clause| support[*clause as usize]));
            }
        }
        found.sort_unstable();
        found
    }

    /// A plan without what can be left out of it one by one, the dearest first.
    pub(super) fn pruned(&self, mut plan: Vec<u32>, goals: &[u32]) -> Vec<u32> {
        let mut by_weight = plan.clone();
        by_weight.sort_by_key(|item| (std::cmp::Reverse(self.weight[*item as usize]), *item));
        for item in by_weight {
            if goals.contains(&item) || !plan.contains(&item) {
                continue;
            }
            let mut may = vec![false; self.len()];
            for other in &plan {
                may[*other as usize] = *other != item;
            }
            let (done, support) = self.derive(|other| may[other as usize]);
            if goals.iter().all(|goal| done[*goal as usize]) {
                plan = self.used(goals, &support);
            }
        }
        plan
    }
}
