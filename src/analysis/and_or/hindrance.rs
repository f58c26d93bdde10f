//! What stands in the way of goals that cannot be learned.

use super::clauses::Clause;
use super::instance::{Derivation, NONE};
use super::requirements::Requirements;
use crate::graph::NodeIndex;
use crate::stop::until;
use std::collections::VecDeque;
use std::sync::atomic::AtomicBool;

/// Goals that cannot be learned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocked {
    /// What stands in the way of the first of them.
    pub why: Vec<Hindrance>,
    /// How many more there are.
    pub more: usize,
}

/// Why something cannot be learned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hindrance {
    /// What cannot be learned.
    pub goal: NodeIndex,
    /// From the goal on, each clause asked for by an option of the one before; the last one has
    /// no option left, or leads back to a node on the way.
    pub clauses: Vec<Clause>,
    /// How many clauses of a long way are left out before the last one.
    pub skipped: usize,
    /// Does it go round in a circle?
    pub circular: bool,
}

/// How many of the goals that cannot be learned are told with what stands in the way.
const TOLD: usize = 12;
/// How many clauses of the way to it are told, the last one among them.
const WAY: usize = 12;

/// Why a derivation lacks these goals.
pub(super) fn blocked(
    requirements: &Requirements<'_>,
    derived: &Derivation,
    lost: &[NodeIndex],
    stop: &AtomicBool,
) -> Blocked {
    let told = until(stop, lost.iter().take(TOLD));
    let why = told.map(|goal| hindrance(requirements, derived, *goal)).collect();
    Blocked { why, more: lost.len().saturating_sub(TOLD) }
}

/// The way from a goal to the nearest clause that has no option left; if there is none, a way in
/// a circle. O(n + m).
fn hindrance(requirements: &Requirements<'_>, derived: &Derivation, goal: NodeIndex) -> Hindrance {
    let start = requirements.step(goal);
    let gap = start.map_or_else(Default::default, |start| to_a_gap(requirements, derived, start));
    // No clause without an option is met, and yet the goal cannot be derived: then every way leads
    // back into itself, since a finite way out would end in such a clause or be derivable.
    let circular = start.is_some() && gap.is_empty();
    let way = match start {
        Some(start) if circular => in_a_circle(requirements, derived, start),
        _ => gap,
    };
    let told = way.iter().enumerate().filter(|(at, _)| *at + 1 < WAY || *at + 1 == way.len());
    let clauses = told.map(|(_, clause)| requirements.clause(*clause).clone()).collect();
    Hindrance { goal, clauses, skipped: way.len().saturating_sub(WAY), circular }
}

/// The clauses of a step that nothing derived satisfies.
fn unmet<'r>(
    requirements: &'r Requirements<'_>,
    derived: &'r Derivation,
    step: u32,
) -> impl Iterator<Item = usize> + 'r {
    let asks = requirements.instance.asks.row(step as usize).iter().map(|clause| *clause as usize);
    asks.filter(|clause| derived.support[*clause] == NONE)
}

/// The shortest way to a clause without an option; empty if there is none.
fn to_a_gap(requirements: &Requirements<'_>, derived: &Derivation, start: u32) -> Vec<usize> {
    // By step: the clause by which it was met.
    let mut from = vec![None; requirements.members.len()];
    // Breadth first, so that the gap found is a nearest one.
    let mut queue = VecDeque::from([start]);
    while let Some(step) = queue.pop_front() {
        for at in unmet(requirements, derived, step) {
            let options = requirements.instance.options.row(at);
            if options.is_empty() {
                let mut way = vec![at];
                let mut step = step;
                while let Some(by) = from[step as usize] {
                    way.push(by);
                    step = requirements.instance.owner[by];
                }
                way.reverse();
                return way;
            }
            for option in options {
                if *option != start && from[*option as usize].is_none() {
                    from[*option as usize] = Some(at);
                    queue.push_back(*option);
                }
            }
        }
    }
    Vec::new()
}

/// A way that comes back to where it has been.
fn in_a_circle(requirements: &Requirements<'_>, derived: &Derivation, start: u32) -> Vec<usize> {
    let mut seen = vec![false; requirements.members.len()];
    let (mut way, mut step) = (Vec::new(), start);
    while !std::mem::replace(&mut seen[step as usize], true) {
        // What is not derived has an unmet clause, and no option of that one is derived either: the
        // walk can only end where it has been.
        let Some(at) = unmet(requirements, derived, step).next() else { break };
        way.push(at);
        step = requirements.instance.options.row(at).first().copied().unwrap_or(step);
    }
    way
}
