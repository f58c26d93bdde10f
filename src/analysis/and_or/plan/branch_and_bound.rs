//! Branch and bound over a puzzle's items, depth first, without recursion.

use super::dual_ascent::{Bound, bound};
use super::propagate::{State, Status};
use super::puzzle::Weight;
use std::sync::atomic::{AtomicBool, Ordering};

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aim {
    /// Ever lighter plans.
    Lightest,
    /// Plans ever better sourced.
    BestSourced,
    /// Any plan that fits.
    Any,
}

/// Which plans fit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fit {
    /// They weigh at most this.
    pub(super) weight: Weight,
    /// They have at least so many sources.
    pub(super) sources: u64,
}

/// How many search nodes may be visited; counted, so that answers repeat. What takes much work
/// counts as several.
pub(super) struct Budget<'a> {
    pub(super) left: usize,
    work: usize,
    stop: &'a AtomicBool,
}

/// How many items or clauses may be looked at for each search node.
const WORK_EACH: usize = 100_000;

impl<'a> Budget<'a> {
    pub(super) fn new(left: usize, stop: &'a AtomicBool) -> Self {
        Self { left, work: 0, stop }
    }

    /// Is nothing left, or shall the search stop?
    pub(super) fn is_spent(&self) -> bool {
        self.left == 0 || self.stop.load(Ordering::Relaxed)
    }

    /// Takes work off.
    pub(super) fn spend(&mut self, work: usize) {
        self.work += work;
        self.left = self.left.saturating_sub(self.work / WORK_EACH);
        self.work %= WORK_EACH;
    }
}

/// What a search found.
pub(super) struct Found {
    /// The last plan found: the best one, if the search was finished.
    pub(super) plan: Option<Vec<u32>>,
    /// No plan weighs less than this, or than the plan found.
    pub(super) least: Weight,
    /// Was everything looked at?
    pub(super) finished: bool,
}

/// A decision that can still be made the other way.
struct Fork {
    mark: usize,
    item: u32,
    least: Weight,
}

enum Next {
    Back,
    Branch(u32, Weight),
}

/// Searches all plans that agree with the decisions made in `state`, which it leaves as it was.
pub(super) fn search(
    state: &mut State<'_>,
    aim: Aim,
    mut fit: Fit,
    budget: &mut Budget<'_>,
) -> Found {
    let start = state.trail.len();
    let mut forks: Vec<Fork> = Vec::new();
    let (mut plan, mut finished, mut least) = (None, true, 0);
    loop {
        if budget.is_spent() {
            finished = false;
            break;
        }
        let found_before = plan.is_some();
        let next = visit(state, aim, &mut fit, &mut plan, budget);
        budget.left = budget.left.saturating_sub(1);
        if aim == Aim::Any && plan.is_some() && !found_before {
            break;
        }
        let mut entered = false;
        if let Next::Branch(item, weight) = next {
            least = weight;
            forks.push(Fork { mark: state.trail.len(), item, least });
            entered = state.decide([(item, Status::In)]).is_ok();
        }
        while !entered {
            let Some(fork) = forks.pop() else { break };
            state.undo(fork.mark);
            least = fork.least;
            entered = least <= fit.weight && state.decide([(fork.item, Status::Out)]).is_ok();
        }
        if !entered {
            break;
        }
    }
    state.undo(start);
    let least = if finished { fit.weight.saturating_add(1) } else { least };
    let least = forks.iter().map(|fork| fork.least).fold(least, Weight::min);
    Found { plan, least, finished }
}

/// Looks at one search node: bounds it, takes the plan that the bound comes with, and rules out
/// items that would make every plan too heavy.
fn visit(
    state: &mut State<'_>,
    aim: Aim,
    fit: &mut Fit,
    plan: &mut Option<Vec<u32>>,
    budget: &mut Budget<'_>,
) -> Next {
    loop {
        let bound = bound(state, fit.weight, budget);
        budget.spend(3 * state.puzzle.len() + state.puzzle.owner.len());
        if bound.weight > fit.weight || !enough_sources(state, *fit) {
            return Next::Back;
        }
        let solved = offer(state, &bound, aim, fit, plan);
        if solved || bound.weight > fit.weight || !enough_sources(state, *fit) {
            return Next::Back;
        }
        let too_heavy = |item: &u32| {
            state.is(*item, Status::Open) && bound.weight + bound.rest[*item as usize] > fit.weight
        };
        let heavy: Vec<u32> = (0..state.puzzle.len() as u32).filter(too_heavy).collect();
        let ruled_out = state.decide(heavy.into_iter().map(|item| (item, Status::Out)));
        if ruled_out.is_err() {
            return Next::Back;
        }
        if let Some(item) = choice(state, &bound.plan) {
            return Next::Branch(item, bound.weight);
        }
    }
}

fn enough_sources(state: &State<'_>, fit: Fit) -> bool {
    fit.sources == 0
        || state.puzzle.sources_among(|item| !state.is(item, Status::Out)) >= fit.sources
}

/// How much work it may take to prune a plan.
const PRUNING: usize = 4_000_000;

/// Takes the bound's plan if it fits; tells whether nothing better can be found below.
fn offer(
    state: &State<'_>,
    bound: &Bound,
    aim: Aim,
    fit: &mut Fit,
    plan: &mut Option<Vec<u32>>,
) -> bool {
    let puzzle = state.puzzle;
    let mut own = bound.plan.clone();
    let decided = own.iter().all(|item| state.is(*item, Status::In));
    let work = own.len() * (puzzle.len() + puzzle.owner.len());
    if aim == Aim::Lightest && puzzle.weight_of(&own) > bound.weight && work <= PRUNING {
        own = puzzle.pruned(own, &puzzle.goals);
    }
    let weight = puzzle.weight_of(&own);
    let sources = if aim == Aim::Lightest { 0 } else { puzzle.sources_of(&own) };
    if weight <= fit.weight && sources >= fit.sources {
        *plan = Some(own);
        match aim {
            Aim::Lightest if weight == 0 => return true,
            Aim::Lightest => fit.weight = weight - 1,
            Aim::BestSourced => fit.sources = sources + 1,
            Aim::Any => return true,
        }
    }
    decided
}

/// The item to decide next: one of the plan, if possible one that an open clause of a decided
/// item can take; of such clauses, one with the fewest options. `None` if the plan has been ruled
/// out meanwhile.
fn choice(state: &State<'_>, plan: &[u32]) -> Option<u32> {
    let puzzle = state.puzzle;
    if plan.iter().any(|item| state.is(*item, Status::Out)) {
        return None;
    }
    let open = plan.iter().filter(|item| state.is(**item, Status::Open));
    let rated = open.map(|item| {
        let clauses = puzzle.serves.row(*item as usize).iter().filter(|clause| {
            let clause = **clause as usize;
            state.is(puzzle.owner[clause], Status::In) && state.held[clause] == 0
        });
        let narrowest = clauses.map(|clause| state.left[*clause as usize]).min();
        (narrowest.unwrap_or(u32::MAX), *item)
    });
    rated.min().map(|(_, item)| item)
}
