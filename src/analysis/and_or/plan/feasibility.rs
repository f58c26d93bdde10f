//! What can be learned at all, which recommendations have to be dropped for that, and what
//! stands in the way of the rest.

use super::Question;
use crate::analysis::and_or::clauses::{Clause, clauses};
use crate::analysis::and_or::instance::{Derivation, NONE, Requirements, Scope};
use crate::graph::NodeIndex;
use std::collections::{BTreeSet, VecDeque};
use std::sync::atomic::Ordering;

/// The requirements of everything that can be learned.
pub(super) struct Feasible {
    pub(super) requirements: Requirements,
    /// Recommendations that cannot be followed: avoided, or not to be derived.
    pub(super) dropped: BTreeSet<(NodeIndex, u32)>,
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

/// By node: is it in `nodes`?
pub(super) fn marks(count: usize, nodes: &[NodeIndex]) -> Vec<bool> {
    let mut marks = vec![false; count];
    for node in nodes {
        marks[node.index()] = true;
    }
    marks
}

/// How many of the goals that cannot be learned are told with what stands in the way.
const TOLD: usize = 12;

/// How many clauses of the way to it are told, the last one among them.
const WAY: usize = 12;

/// Goals that cannot be learned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocked {
    /// What stands in the way of the first of them.
    pub why: Vec<Hindrance>,
    /// How many more there are.
    pub more: usize,
}

/// Finds what can be learned.
///
/// First by required clauses alone: what cannot be derived from them cannot be learned. Among the
/// rest recommended clauses count too. One without any option left is dropped. If then something
/// can no longer be derived, it is derived in learning order once more, and whenever nothing else
/// is left, the next step that lacks only recommendations is made and these are dropped.
pub(super) fn feasible(question: &Question<'_>) -> Result<Feasible, Blocked> {
    let count = question.flow.atlas().graph().node_count();
    let known = marks(count, question.known);
    let mut barred = marks(count, question.avoid);
    let goals: Vec<NodeIndex> =
        question.goals.iter().copied().filter(|goal| !known[goal.index()]).collect();
    let scope = Scope { flow: question.flow, goals: &goals, known: &known, barred: &barred };
    let mut all_required = true;
    let keep = |clause: &Clause, _| {
        all_required &= clause.required;
        clause.required
    };
    let required = Requirements::new(scope, keep, |clause| clause.required);
    let derived = required.derive(|_| false, |_| false);
    let can = |node: NodeIndex| required.step(node).is_some_and(|step| derived.done[step as usize]);
    let lost: Vec<NodeIndex> = goals.iter().copied().filter(|goal| !can(*goal)).collect();
    if !lost.is_empty() {
        let going = || !question.stop.load(Ordering::Relaxed);
        let told = lost.iter().take(TOLD).take_while(|_| going());
        let why = told.map(|goal| hindrance(scope, &required, &derived, *goal));
        return Err(Blocked { why: why.collect(), more: lost.len().saturating_sub(TOLD) });
    }
    if all_required {
        return Ok(Feasible { requirements: required, dropped: BTreeSet::new() });
    }
    for node in question.flow.atlas().graph().node_indices() {
        barred[node.index()] |= !can(node);
    }
    let free = |node: NodeIndex| known[node.index()] || !barred[node.index()];
    let scope = Scope { flow: question.flow, goals: &goals, known: &known, barred: &barred };
    let mut dropped = BTreeSet::new();
    let keep = |clause: &Clause, number: u32| {
        let kept = clause.required || clause.nodes().any(free);
        if !kept {
            dropped.insert((clause.dependent, number));
        }
        kept
    };
    let all = Requirements::new(scope, keep, |_| true);
    let derived = all.derive(|_| false, |_| false);
    if derived.order.len() == all.members.len() {
        return Ok(Feasible { requirements: all, dropped });
    }
    dropped.extend(unfulfillable(scope, &all, &derived, &dropped));
    let kept = |clause: &Clause, number: u32| !dropped.contains(&(clause.dependent, number));
    let requirements = Requirements::new(scope, kept, |_| true);
    Ok(Feasible { requirements, dropped })
}

/// Recommended clauses to drop so that what `derived` lacks can be derived too.
fn unfulfillable(
    scope: Scope<'_>,
    all: &Requirements,
    derived: &Derivation,
    dropped: &BTreeSet<(NodeIndex, u32)>,
) -> Vec<(NodeIndex, u32)> {
    let mut known = scope.known.to_vec();
    for step in &derived.order {
        for node in &all.members[*step as usize] {
            known[node.index()] = true;
        }
    }
    let stuck = all.members.iter().flatten().copied().filter(|node| !known[node.index()]);
    let goals: Vec<NodeIndex> = stuck.collect();
    let rest = Requirements::new(
        Scope { goals: &goals, known: &known, ..scope },
        |clause, number| !dropped.contains(&(clause.dependent, number)),
        |clause| clause.required,
    );
    let forced = rest.derive_with(|_| false, |_| false, |clause| rest.soft[clause]);
    let mut turn = vec![u32::MAX; rest.members.len()];
    for (at, step) in forced.order.iter().enumerate() {
        turn[*step as usize] = at as u32;
    }
    let too_late = |clause: &usize| {
        let support = forced.support[*clause];
        support == NONE || turn[support as usize] > turn[rest.owner[*clause] as usize]
    };
    let soft = (0..rest.owner.len()).filter(|clause| rest.soft[*clause]);
    soft.filter(too_late).map(|clause| rest.origin[clause]).collect()
}

/// The way from a goal to the nearest clause that has no option left; if there is none, a way in
/// a circle.
fn hindrance(
    scope: Scope<'_>,
    requirements: &Requirements,
    derived: &Derivation,
    goal: NodeIndex,
) -> Hindrance {
    let start = requirements.step(goal);
    let gap = start.map_or_else(Default::default, |start| to_a_gap(requirements, derived, start));
    let circular = start.is_some() && gap.is_empty();
    let way = match start {
        Some(start) if circular => in_a_circle(requirements, derived, start),
        _ => gap,
    };
    let told = way.iter().enumerate().filter(|(at, _)| *at + 1 < WAY || *at + 1 == way.len());
    let clauses = told.map(|(_, clause)| {
        let (node, number) = requirements.origin[*clause];
        clauses(scope.flow, node).swap_remove(number as usize)
    });
    let skipped = way.len().saturating_sub(WAY);
    Hindrance { goal, clauses: clauses.collect(), skipped, circular }
}

/// The clauses of a step that nothing derived satisfies.
fn unmet<'r>(
    requirements: &'r Requirements,
    derived: &'r Derivation,
    step: u32,
) -> impl Iterator<Item = usize> + 'r {
    let asks = requirements.asks.row(step as usize).iter().map(|clause| *clause as usize);
    asks.filter(|clause| derived.support[*clause] == NONE)
}

/// The shortest way to a clause without an option; empty if there is none.
fn to_a_gap(requirements: &Requirements, derived: &Derivation, start: u32) -> Vec<usize> {
    // By step: the clause by which it was met.
    let mut from = vec![None; requirements.members.len()];
    let mut queue = VecDeque::from([start]);
    while let Some(step) = queue.pop_front() {
        for at in unmet(requirements, derived, step) {
            let options = requirements.options.row(at);
            if options.is_empty() {
                let mut way = vec![at];
                let mut step = step;
                while let Some(by) = from[step as usize].filter(|_| step != start) {
                    way.push(by);
                    step = requirements.owner[by];
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
fn in_a_circle(requirements: &Requirements, derived: &Derivation, start: u32) -> Vec<usize> {
    let mut seen = vec![false; requirements.members.len()];
    let (mut way, mut step) = (Vec::new(), start);
    while !std::mem::replace(&mut seen[step as usize], true) {
        let Some(at) = unmet(requirements, derived, step).next() else { break };
        way.push(at);
        step = requirements.options.row(at).first().copied().unwrap_or(step);
    }
    way
}
