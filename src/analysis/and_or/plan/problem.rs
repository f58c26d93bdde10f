//! The cheapest plan as a problem in numbers: an AND/OR instance with weights and goals. Of all
//! sets that contain the goals and can be derived, the lightest is wanted.

use crate::analysis::and_or::instance::Instance;
use std::cmp::Reverse;

/// What a plan costs, in units that leave room to count what costs nothing.
pub(super) type Weight = u128;

/// Items with weights, each derived after one option of each of its clauses. Everything in it can
/// be derived somehow.
#[derive(Debug, Clone)]
pub(super) struct Problem {
    pub(super) instance: Instance,
    pub(super) weight: Vec<Weight>,
    pub(super) goals: Vec<u32>,
    /// How many sources speak for two items together, dependent and alternative.
    pub(super) pairs: Vec<(u32, u32, u32)>,
}

impl Problem {
    /// What a set of items weighs.
    pub(super) fn weight_of(&self, items: &[u32]) -> Weight {
        items.iter().map(|item| self.weight[*item as usize]).sum()
    }

    /// How many sources speak for the alternatives in a set of items.
    pub(super) fn sources_of(&self, items: &[u32]) -> u64 {
        let inside = self.instance.marks(items);
        self.sources_among(|item| inside[item as usize])
    }

    /// The same for the items that fit.
    pub(super) fn sources_among(&self, fits: impl Fn(u32) -> bool) -> u64 {
        let among = self.pairs.iter().filter(|(a, b, _)| fits(*a) && fits(*b));
        among.map(|(_, _, sources)| u64::from(*sources)).sum()
    }

    /// A plan without what can be left out of it one by one, the dearest first.
    /// O(items of the plan · size).
    pub(super) fn pruned(&self, mut plan: Vec<u32>) -> Vec<u32> {
        let mut by_weight = plan.clone();
        by_weight.sort_by_key(|item| (Reverse(self.weight[*item as usize]), *item));
        for item in by_weight {
            if self.goals.contains(&item) || plan.binary_search(&item).is_err() {
                continue;
            }
            let mut may = self.instance.marks(&plan);
            may[item as usize] = false;
            let without = self.instance.derive(|other| may[other as usize]);
            if without.has_all(&self.goals) {
                // What only that item needed goes with it.
                plan = self.instance.used(&without, &self.goals);
            }
        }
        plan
    }
}
