//! A puzzle solved part by part: the lightest plan, how sure that is, and what settles ties.

use super::branch_and_bound::{Aim, Budget, Fit, Found, search};
use super::decompose::{Part, split};
use super::propagate::{State, Status};
use super::puzzle::{Puzzle, Weight};

/// A part with its best plan so far and what has been decided of it.
pub(super) struct Solved<'p> {
    /// What is decided; everything that no best plan contains is out.
    pub(super) state: State<'p>,
    /// The item of the whole puzzle that each item is.
    pub(super) items: &'p [u32],
    /// Its plan.
    pub(super) plan: Vec<u32>,
    /// What every plan of this part weighs at least.
    pub(super) least: Weight,
}

/// How much work it is for each item to decide something and to derive what follows.
const ROUND: usize = 10;

impl Solved<'_> {
    pub(super) fn weight(&self) -> Weight {
        self.state.puzzle.weight_of(&self.plan)
    }

    pub(super) fn is_optimal(&self) -> bool {
        self.least == self.weight()
    }

    /// A plan like the best one that also agrees with more decisions; `None` if there is none or
    /// the budget is spent. Keeps the decisions if there is one.
    pub(super) fn like_best(
        &mut self,
        decisions: &[(u32, Status)],
        budget: &mut Budget<'_>,
    ) -> Option<Vec<u32>> {
        let fit = Fit { weight: self.least, sources: self.state.puzzle.sources_of(&self.plan) };
        let fits = |(item, status): &(u32, Status)| {
            self.plan.binary_search(item).is_ok() == (*status == Status::In)
        };
        let already = decisions.iter().all(fits).then(|| self.plan.clone());
        let mark = self.state.trail.len();
        budget.spend(ROUND * self.state.puzzle.len());
        self.state
            .decide(decisions.iter().copied())
            .ok()
            .and_then(|()| already.or_else(|| search(&mut self.state, Aim::Any, fit, budget).plan))
            .or_else(|| {
                self.state.undo(mark);
                None
            })
    }

    /// The lightest plan found that contains `item`, and what such a plan weighs at least.
    pub(super) fn with(
        &mut self,
        item: u32,
        budget: &mut Budget<'_>,
    ) -> (Option<Vec<u32>>, Weight) {
        let mut puzzle = self.state.puzzle.clone();
        budget.spend(2 * ROUND * puzzle.len());
        puzzle.goals.push(item);
        let mut state = State::new(&puzzle);
        let goals: Vec<_> = puzzle.goals.iter().map(|goal| (*goal, Status::In)).collect();
        if state.decide(goals).is_err() {
            return (None, Weight::MAX);
        }
        let found = lightest(&mut state, budget);
        (found.plan, found.least)
    }
}

/// The decisions that follow from the goals alone.
pub(super) fn decided(puzzle: &Puzzle) -> State<'_> {
    let mut state = State::new(puzzle);
    // The goals can be derived, so nothing contradicts them.
    let _ = state.decide(puzzle.goals.iter().map(|goal| (*goal, Status::In)).collect::<Vec<_>>());
    state
}

/// The parts of a puzzle.
pub(super) fn parts(state: &State<'_>) -> Vec<Part> {
    split(state)
}

fn lightest(state: &mut State<'_>, budget: &mut Budget<'_>) -> Found {
    // One look yields a plan; without any there would be none to tell.
    budget.left = budget.left.max(1);
    let fit = Fit { weight: Weight::MAX >> 1, sources: 0 };
    let mut found = search(state, Aim::Lightest, fit, budget);
    if let Some(plan) = &found.plan {
        found.least = found.least.min(state.puzzle.weight_of(plan));
    }
    found
}

/// Each part's lightest plan; then, as far as these are proved, the best sourced of them. Tells
/// whether that was finished.
pub(super) fn solve<'p>(parts: &'p [Part], budget: &mut Budget<'_>) -> (Vec<Solved<'p>>, bool) {
    let mut solved = Vec::new();
    for part in parts {
        let mut state = decided(&part.puzzle);
        let found = lightest(&mut state, budget);
        let plan = found.plan.unwrap_or_default();
        solved.push(Solved { state, items: &part.items, plan, least: found.least });
    }
    let mut finished = true;
    for part in solved.iter_mut().filter(|part| part.is_optimal()) {
        let sources = part.state.puzzle.sources_of(&part.plan) + 1;
        let fit = Fit { weight: part.least, sources };
        let found = search(&mut part.state, Aim::BestSourced, fit, budget);
        finished &= found.finished;
        part.plan = found.plan.unwrap_or(std::mem::take(&mut part.plan));
    }
    (solved, finished)
}
