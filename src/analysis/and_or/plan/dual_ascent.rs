//! How little a plan can weigh: disjoint landmarks by dual ascent.
//!
//! A landmark is a set of items of which every plan has one. As long as a goal cannot be derived
//! from items that weigh nothing (any more), one is found by walking from the goal: of each item
//! passed one open clause is taken; options that still weigh something belong to the landmark,
//! the others are passed on. The least weight in it is added to the bound and taken from all its
//! items. This is Wong's dual ascent for Steiner arborescences, carried over to AND/OR graphs as
//! the landmark cuts of Helmert and Domshlak (LM-cut) are. In the end the goals can be derived
//! from weightless items, which is a plan and often a cheapest one.

use super::branch_and_bound::Budget;
use super::propagate::{State, Status};
use super::puzzle::Weight;

/// The bound and what its computation leaves.
pub(super) struct Bound {
    /// No plan that agrees with the decisions weighs less.
    pub(super) weight: Weight,
    /// What of each item's weight is not in the bound: a plan with it weighs at least the bound
    /// and this.
    pub(super) rest: Vec<Weight>,
    /// A plan that agrees with the decisions; empty if the bound was enough.
    pub(super) plan: Vec<u32>,
}

struct Ascent<'s, 'p> {
    state: &'s State<'p>,
    rest: Vec<Weight>,
    /// By item: can it be derived from weightless items?
    free: Vec<bool>,
    /// By item: how many clauses are open.
    open: Vec<u32>,
    /// By clause: the weightless item that satisfied it first.
    support: Vec<u32>,
    /// By item: in which round it was seen last.
    seen: Vec<u32>,
}

/// The bound for the decisions made; stops early when it exceeds `enough` or the budget is spent.
pub(super) fn bound(state: &State<'_>, enough: Weight, budget: &mut Budget<'_>) -> Bound {
    let puzzle = state.puzzle;
    let rest = (0..puzzle.len()).map(|item| match state.status[item] {
        Status::Open => puzzle.weight[item],
        Status::In | Status::Out => 0,
    });
    let mut ascent = Ascent {
        state,
        rest: rest.collect(),
        free: vec![false; puzzle.len()],
        open: (0..puzzle.len()).map(|item| puzzle.asks.row(item).len() as u32).collect(),
        support: vec![u32::MAX; puzzle.owner.len()],
        seen: vec![0; puzzle.len()],
    };
    let start = (0..puzzle.len() as u32).filter(|item| ascent.open[*item as usize] == 0);
    ascent.release(start.collect());
    let mut weight = state.weight;
    let inside: Vec<u32> =
        (0..puzzle.len() as u32).filter(|item| state.is(*item, Status::In)).collect();
    let mut round = 0;
    for goal in &inside {
        while !ascent.free[*goal as usize] {
            round += 1;
            let (least, work) = ascent.raise(*goal, round);
            weight += least;
            budget.spend(work);
            if budget.is_spent() {
                // Any plan will do; the items decided can be derived.
                let (_, support) = puzzle.derive(|item| !state.is(item, Status::Out));
                let plan = puzzle.used(&inside, &support);
                return Bound { weight, rest: ascent.rest, plan };
            }
            if weight > enough {
                return Bound { weight, rest: ascent.rest, plan: Vec::new() };
            }
        }
    }
    let plan = puzzle.used(&inside, &ascent.support);
    Bound { weight, rest: ascent.rest, plan }
}

impl Ascent<'_, '_> {
    /// Marks items that can now be derived from weightless ones, and what follows.
    fn release(&mut self, mut queue: Vec<u32>) {
        let puzzle = self.state.puzzle;
        let mut at = 0;
        while let Some(&item) = queue.get(at) {
            at += 1;
            let weightless = self.rest[item as usize] == 0 && !self.state.is(item, Status::Out);
            if !weightless || std::mem::replace(&mut self.free[item as usize], true) {
                continue;
            }
            for clause in puzzle.serves.row(item as usize) {
                let support = &mut self.support[*clause as usize];
                if *support != u32::MAX {
                    continue;
                }
                *support = item;
                let owner = puzzle.owner[*clause as usize];
                self.open[owner as usize] -= 1;
                if self.open[owner as usize] == 0 {
                    queue.push(owner);
                }
            }
        }
    }

    /// Finds a landmark of `goal` and takes its least weight from its items; tells that weight
    /// and the work it took.
    fn raise(&mut self, goal: u32, round: u32) -> (Weight, usize) {
        let puzzle = self.state.puzzle;
        let mut landmark = Vec::new();
        let mut zone = vec![goal];
        let mut work = 0;
        self.seen[goal as usize] = round;
        while let Some(item) = zone.pop() {
            work += 1 + puzzle.asks.row(item as usize).len();
            let Some(clause) = self.clause(item) else { continue };
            for option in puzzle.options.row(clause as usize) {
                let fresh = !self.state.is(*option, Status::Out)
                    && std::mem::replace(&mut self.seen[*option as usize], round) != round;
                if fresh && self.rest[*option as usize] > 0 {
                    landmark.push(*option);
                } else if fresh {
                    zone.push(*option);
                }
            }
        }
        let least = landmark.iter().map(|item| self.rest[*item as usize]).min().unwrap_or(0);
        for item in &landmark {
            self.rest[*item as usize] -= least;
        }
        landmark.retain(|item| self.open[*item as usize] == 0);
        self.release(landmark);
        (least, work)
    }

    /// The open clause of an item through which a landmark is sought: with the fewest options.
    fn clause(&self, item: u32) -> Option<u32> {
        let puzzle = self.state.puzzle;
        let clauses = puzzle.asks.row(item as usize).iter().copied();
        let open = clauses.filter(|clause| self.support[*clause as usize] == u32::MAX);
        open.min_by_key(|clause| {
            let options = puzzle.options.row(*clause as usize).iter();
            options.filter(|option| !self.state.is(**option, Status::Out)).count()
        })
    }
}
