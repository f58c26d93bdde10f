//! Branch and bound over a problem's items, depth first, without recursion (A. H. Land,
//! A. G. Doig: An automatic method of solving discrete programming problems. Econometrica 28 (3),
//! 1960).

use super::budget::Budget;
use super::dual_ascent::{LowerBound, lower_bound};
use super::problem::Weight;
use super::propagate::{Assignment, Savepoint, Status};

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

/// What a search found.
pub(super) struct BestPlan {
    /// The last plan found: the best one, if the search was finished.
    pub(super) plan: Option<Vec<u32>>,
    /// No plan weighs less than this, or than the plan found.
    pub(super) least: Weight,
    /// Was everything looked at?
    pub(super) finished: bool,
}

/// A decision that can still be made the other way.
struct Fork {
    before: Savepoint,
    item: u32,
    least: Weight,
}

/// What a search node leads to.
enum Verdict {
    /// Nothing better lies below.
    Pruned,
    /// This item has to be decided; below, no plan weighs less.
    Branch(u32, Weight),
}

/// A search under way.
struct Search<'s, 'p, 'b> {
    assignment: &'s mut Assignment<'p>,
    aim: Aim,
    fit: Fit,
    plan: Option<Vec<u32>>,
    budget: &'s mut Budget<'b>,
}

/// Searches all plans that agree with the decisions made in `assignment`, which it leaves as it
/// was. Exponential in the worst case, so the budget counts.
pub(super) fn search(
    assignment: &mut Assignment<'_>,
    aim: Aim,
    fit: Fit,
    budget: &mut Budget<'_>,
) -> BestPlan {
    let start = assignment.savepoint();
    let mut search = Search { assignment, aim, fit, plan: None, budget };
    let mut forks: Vec<Fork> = Vec::new();
    let (mut finished, mut least) = (true, 0);
    loop {
        if search.budget.is_spent() {
            finished = false;
            break;
        }
        let verdict = search.visit();
        search.budget.visit();
        if aim == Aim::Any && search.plan.is_some() {
            break;
        }
        let mut entered = false;
        if let Verdict::Branch(item, weight) = verdict {
            least = weight;
            forks.push(Fork { before: search.assignment.savepoint(), item, least });
            // In first: the bound's plan has the item, so a plan is near.
            entered = search.assignment.decide([(item, Status::In)]).is_ok();
        }
        while !entered {
            let Some(fork) = forks.pop() else { break };
            search.assignment.roll_back(fork.before);
            least = fork.least;
            // A better plan may be known by now: the fork's bound is held against it again.
            entered = least <= search.fit.weight
                && search.assignment.decide([(fork.item, Status::Out)]).is_ok();
        }
        if !entered {
            break;
        }
    }
    search.assignment.roll_back(start);
    // What is left unsearched lies below the running node or a fork, each with a bound of its own.
    let least = if finished { search.fit.weight.saturating_add(1) } else { least };
    let least = forks.iter().map(|fork| fork.least).fold(least, Weight::min);
    BestPlan { plan: search.plan, least, finished }
}

impl Search<'_, '_, '_> {
    /// Looks at one search node: bounds it, takes the plan that the bound comes with, and rules
    /// out items that would make every plan too heavy.
    fn visit(&mut self) -> Verdict {
        loop {
            let bound = lower_bound(self.assignment, self.fit.weight, self.budget);
            let instance = &self.assignment.problem.instance;
            self.budget.spend(3 * instance.len() + instance.owner.len());
            // Taking the bound's plan lowers what fits, so hope is asked for once more.
            if self.is_hopeless(&bound) || self.offer(&bound) || self.is_hopeless(&bound) {
                return Verdict::Pruned;
            }
            // Reduced cost fixing: what the bound does not count of an item's weight comes on top.
            let too_heavy =
                |item: &u32| bound.weight + bound.rest[*item as usize] > self.fit.weight;
            let heavy = self.assignment.items(Status::Open).filter(too_heavy);
            let heavy: Vec<(u32, Status)> = heavy.map(|item| (item, Status::Out)).collect();
            if self.assignment.decide(heavy).is_err() {
                return Verdict::Pruned;
            }
            // If that took something of the bound's plan away, another bound is due.
            if let Some(item) = branching_item(self.assignment, &bound.plan) {
                return Verdict::Branch(item, bound.weight);
            }
        }
    }

    /// Does nothing that fits lie below?
    fn is_hopeless(&self, bound: &LowerBound) -> bool {
        let possible = |item| !self.assignment.is(item, Status::Out);
        bound.weight > self.fit.weight
            || self.fit.sources > 0
                && self.assignment.problem.sources_among(possible) < self.fit.sources
    }

    /// Takes the bound's plan if it fits; tells whether nothing better can be found below.
    fn offer(&mut self, bound: &LowerBound) -> bool {
        let problem = self.assignment.problem;
        let mut own = bound.plan.clone();
        // A plan of decided items weighs what is paid already: nothing below is lighter.
        let decided = own.iter().all(|item| self.assignment.is(*item, Status::In));
        // To prune is quadratic. A large plan stays as it is: it bounds from above all the same.
        let work = own.len() * (problem.instance.len() + problem.instance.owner.len());
        // Weightless items may be there though nothing needs them any more.
        if self.aim == Aim::Lightest && problem.weight_of(&own) > bound.weight && work <= PRUNING {
            own = problem.pruned(own);
        }
        let weight = problem.weight_of(&own);
        let sources = if self.aim == Aim::Lightest { 0 } else { problem.sources_of(&own) };
        if weight <= self.fit.weight && sources >= self.fit.sources {
            self.plan = Some(own);
            match self.aim {
                Aim::Lightest if weight == 0 => return true,
                // From here on only what is better counts, so that ties are cut off too.
                Aim::Lightest => self.fit.weight = weight - 1,
                Aim::BestSourced => self.fit.sources = sources + 1,
                Aim::Any => return true,
            }
        }
        decided
    }
}

/// How much work it may take to prune a plan.
const PRUNING: usize = 4_000_000;

/// The item to decide next: one of the plan, if possible one that an open clause of a decided
/// item can take; of such clauses, one with the fewest options (fail first). `None` if the plan
/// has been ruled out meanwhile.
fn branching_item(assignment: &Assignment<'_>, plan: &[u32]) -> Option<u32> {
    let instance = &assignment.problem.instance;
    if plan.iter().any(|item| assignment.is(*item, Status::Out)) {
        return None;
    }
    let open = plan.iter().filter(|item| assignment.is(**item, Status::Open));
    let rated = open.map(|item| {
        let clauses = instance.serves.row(*item as usize).iter().filter(|clause| {
            let clause = **clause as usize;
            assignment.is(instance.owner[clause], Status::In) && assignment.held[clause] == 0
        });
        let narrowest = clauses.map(|clause| assignment.left[*clause as usize]).min();
        (narrowest.unwrap_or(u32::MAX), *item)
    });
    rated.min().map(|(_, item)| item)
}
