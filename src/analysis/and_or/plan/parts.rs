//! A problem solved part by part: the lightest plan, how sure that is, and what settles ties.

use super::branch_and_bound::{Aim, BestPlan, Fit, search};
use super::budget::Budget;
use super::decompose::Component;
use super::problem::Weight;
use super::propagate::{Assignment, Savepoint, Status};
use std::collections::BTreeMap;

/// A part with its best plan so far and what has been decided of it.
pub(super) struct SolvedPart<'p> {
    /// What is decided; everything that no best plan contains is out.
    pub(super) assignment: Assignment<'p>,
    /// The item of the whole problem that each item is.
    pub(super) items: &'p [u32],
    /// Its plan.
    pub(super) plan: Vec<u32>,
    /// What every plan of this part weighs at least.
    pub(super) least: Weight,
}

/// How much work it is for each item to decide something and to derive what follows.
const ROUND: usize = 10;

impl SolvedPart<'_> {
    /// What its plan weighs.
    pub(super) fn weight(&self) -> Weight {
        self.assignment.problem.weight_of(&self.plan)
    }

    /// Is it proved that no plan weighs less?
    pub(super) fn is_optimal(&self) -> bool {
        self.least == self.weight()
    }

    /// Does its plan have the item?
    pub(super) fn has(&self, item: u32) -> bool {
        self.plan.binary_search(&item).is_ok()
    }

    /// The items of the whole problem that its plan has, without what is decided.
    pub(super) fn taken(&self) -> impl Iterator<Item = u32> {
        self.plan.iter().filter(|item| **item != 0).map(|item| self.items[*item as usize])
    }

    /// A plan like the best one that also agrees with more decisions; `None` if there is none or
    /// the budget is spent. Keeps the decisions if there is one, and tells where to roll back to.
    pub(super) fn like_best(
        &mut self,
        decisions: &[(u32, Status)],
        budget: &mut Budget<'_>,
    ) -> Option<(Vec<u32>, Savepoint)> {
        let problem = self.assignment.problem;
        let fit = Fit { weight: self.least, sources: problem.sources_of(&self.plan) };
        let agrees = |(item, status): &(u32, Status)| self.has(*item) == (*status == Status::In);
        // Where the plan at hand agrees, nothing need be searched.
        let already = decisions.iter().all(agrees).then(|| self.plan.clone());
        let before = self.assignment.savepoint();
        budget.spend(ROUND * problem.instance.len());
        let decided = self.assignment.decide(decisions.iter().copied());
        let plan = decided.ok().and_then(|()| {
            already.or_else(|| search(&mut self.assignment, Aim::Any, fit, budget).plan)
        });
        if plan.is_none() {
            self.assignment.roll_back(before);
        }
        Some((plan?, before))
    }

    /// The lightest plan found that contains `item`, and what such a plan weighs at least.
    pub(super) fn with(&self, item: u32, budget: &mut Budget<'_>) -> BestPlan {
        // From the part's goals anew: what the best plans have decided does not hold here.
        let mut problem = self.assignment.problem.clone();
        budget.spend(2 * ROUND * problem.instance.len());
        problem.goals.push(item);
        let Ok(mut assignment) = Assignment::of_goals(&problem) else {
            return BestPlan { plan: None, least: Weight::MAX, finished: true };
        };
        lightest(&mut assignment, budget)
    }
}

/// The part of each item of the whole problem, and the item there.
pub(super) fn places(parts: &[SolvedPart<'_>]) -> BTreeMap<u32, (usize, u32)> {
    let numbered = parts.iter().enumerate().flat_map(|(number, part)| {
        let items = (0u32..).zip(part.items).skip(1);
        items.map(move |(local, item)| (*item, (number, local)))
    });
    numbered.collect()
}

fn lightest(assignment: &mut Assignment<'_>, budget: &mut Budget<'_>) -> BestPlan {
    budget.grant_one();
    // No sum of weights comes near, so that everything fits at first.
    let fit = Fit { weight: Weight::MAX >> 1, sources: 0 };
    let mut best = search(assignment, Aim::Lightest, fit, budget);
    if let Some(plan) = &best.plan {
        // What was left unsearched may promise no less than the plan: then that is the lightest.
        best.least = best.least.min(assignment.problem.weight_of(plan));
    }
    best
}

/// Each part's lightest plan; then, as far as these are proved, the best sourced of them. Tells
/// whether that was finished.
pub(super) fn solve<'p>(
    parts: &'p [Component],
    budget: &mut Budget<'_>,
) -> (Vec<SolvedPart<'p>>, bool) {
    let mut solved = Vec::new();
    for part in parts {
        // A part's goals can be derived, so nothing contradicts them.
        let Ok(mut assignment) = Assignment::of_goals(&part.problem) else { continue };
        let BestPlan { plan, least, .. } = lightest(&mut assignment, budget);
        let plan = plan.unwrap_or_default();
        solved.push(SolvedPart { assignment, items: &part.items, plan, least });
    }
    let mut finished = true;
    for part in solved.iter_mut().filter(|part| part.is_optimal()) {
        let sources = part.assignment.problem.sources_of(&part.plan) + 1;
        let fit = Fit { weight: part.least, sources };
        let best = search(&mut part.assignment, Aim::BestSourced, fit, budget);
        finished &= best.finished;
        part.plan = best.plan.unwrap_or(std::mem::take(&mut part.plan));
    }
    (solved, finished)
}
