//! How little a plan can weigh: disjoint landmarks by dual ascent.
//!
//! A landmark is a set of items of which every plan has one. As long as a goal cannot be derived
//! from items that weigh nothing (any more), one is found by walking from the goal: of each item
//! passed one open clause is taken; options that still weigh something belong to the landmark,
//! the others are passed on. The least weight in it is added to the bound and taken from all its
//! items. This is Wong's dual ascent for Steiner arborescences (R. T. Wong: A dual ascent approach
//! for Steiner tree problems on a directed graph. Mathematical Programming 28, 1984), carried over
//! to AND/OR graphs as the landmark cuts of Helmert and Domshlak are (LM-cut, ICAPS 2009). In the
//! end the goals can be derived from weightless items, which is a plan and often a cheapest one.

use super::budget::Budget;
use super::problem::Weight;
use super::propagate::{Assignment, Status};
use crate::analysis::and_or::instance::{Derivation, NONE};

/// The bound and what its computation leaves.
pub(super) struct LowerBound {
    /// No plan that agrees with the decisions weighs less.
    pub(super) weight: Weight,
    /// What of each item's weight is not in the bound: a plan with it weighs at least the bound
    /// and this (its reduced cost).
    pub(super) rest: Vec<Weight>,
    /// A plan that agrees with the decisions; empty if the bound was enough.
    pub(super) plan: Vec<u32>,
}

struct Ascent<'s, 'p> {
    assignment: &'s Assignment<'p>,
    rest: Vec<Weight>,
    /// What can be derived from weightless items.
    free: Derivation,
    /// By item: in which walk it was seen last.
    seen: Vec<u32>,
    walk: u32,
}

/// The bound for the decisions made; stops early when it exceeds `enough` or the budget is spent.
/// O(landmarks · size).
pub(super) fn lower_bound(
    assignment: &Assignment<'_>,
    enough: Weight,
    budget: &mut Budget<'_>,
) -> LowerBound {
    let instance = &assignment.problem.instance;
    let mut ascent = Ascent::new(assignment);
    // What is decided is paid already and weighs nothing from here on.
    let mut weight = assignment.weight;
    let inside: Vec<u32> = assignment.items(Status::In).collect();
    for goal in &inside {
        // Each round takes some item's weight to nothing, so it ends after as many as there are
        // items.
        while !ascent.free.done[*goal as usize] {
            let (least, work) = ascent.raise(*goal);
            weight += least;
            budget.spend(work);
            if budget.is_spent() {
                // Any plan will do; the items decided can be derived.
                let any = instance.derive(|item| !assignment.is(item, Status::Out));
                let plan = instance.used(&any, &inside);
                return LowerBound { weight, rest: ascent.rest, plan };
            }
            if weight > enough {
                return LowerBound { weight, rest: ascent.rest, plan: Vec::new() };
            }
        }
    }
    let plan = instance.used(&ascent.free, &inside);
    LowerBound { weight, rest: ascent.rest, plan }
}

impl<'s, 'p> Ascent<'s, 'p> {
    fn new(assignment: &'s Assignment<'p>) -> Self {
        let instance = &assignment.problem.instance;
        let open = |item: u32| assignment.is(item, Status::Open);
        let weight = &assignment.problem.weight;
        let rest = instance.items().map(|item| if open(item) { weight[item as usize] } else { 0 });
        let mut ascent = Self {
            assignment,
            rest: rest.collect(),
            free: Derivation::new(instance),
            seen: vec![0; instance.len()],
            walk: 0,
        };
        ascent.release(instance.items());
        ascent
    }

    /// Derives those of `start` that weigh nothing and lack nothing, and what follows.
    fn release(&mut self, start: impl IntoIterator<Item = u32>) {
        let Self { assignment, rest, free, .. } = self;
        let weightless = |item: u32| rest[item as usize] == 0 && !assignment.is(item, Status::Out);
        free.extend(&assignment.problem.instance, start, weightless);
    }

    /// Finds a landmark of `goal` and takes its least weight from its items; tells that weight
    /// and the work it took.
    fn raise(&mut self, goal: u32) -> (Weight, usize) {
        let instance = &self.assignment.problem.instance;
        let mut landmark = Vec::new();
        let mut zone = vec![goal];
        let mut work = 0;
        self.walk += 1;
        self.seen[goal as usize] = self.walk;
        while let Some(item) = zone.pop() {
            work += 1 + instance.asks.row(item as usize).len();
            // An item without an open clause waits for nothing but its own weight.
            let Some(clause) = self.narrowest(item) else { continue };
            for option in instance.options.row(clause as usize) {
                let fresh = !self.assignment.is(*option, Status::Out)
                    && std::mem::replace(&mut self.seen[*option as usize], self.walk) != self.walk;
                if fresh && self.rest[*option as usize] > 0 {
                    landmark.push(*option);
                } else if fresh {
                    zone.push(*option);
                }
            }
        }
        // Why the sum is admissible: weight counted here is taken off the items, so no other
        // landmark counts it again (a cost partitioning, as in LM-cut).
        let least = landmark.iter().map(|item| self.rest[*item as usize]).min().unwrap_or(0);
        for item in &landmark {
            self.rest[*item as usize] -= least;
        }
        // Only what has just become weightless can set anything free.
        self.release(landmark);
        (least, work)
    }

    /// The open clause of an item through which a landmark is sought: with the fewest options,
    /// since small landmarks leave more weight to others.
    fn narrowest(&self, item: u32) -> Option<u32> {
        let instance = &self.assignment.problem.instance;
        let clauses = instance.asks.row(item as usize).iter().copied();
        let open = clauses.filter(|clause| self.free.support[*clause as usize] == NONE);
        open.min_by_key(|clause| self.assignment.left[*clause as usize])
    }
}
