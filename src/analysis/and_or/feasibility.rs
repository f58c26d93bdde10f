//! What can be learned at all, and which recommendations have to be dropped for that.

use super::graph::AndOrGraph;
use super::hindrance::{Blocked, blocked};
use super::instance::{Derivation, NONE};
use super::requirements::{Extent, Requirements, marks};
use crate::graph::NodeIndex;
use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::sync::atomic::AtomicBool;

/// The requirements of everything that can be learned.
#[derive(Debug)]
pub(super) struct Feasible<'a> {
    pub(super) requirements: Requirements<'a>,
    /// The numbers of recommendations that cannot be followed: avoided, or not to be derived.
    pub(super) dropped: BTreeSet<u32>,
}

/// Finds what can be learned.
///
/// First by required clauses alone: what cannot be derived from them cannot be learned. Among the
/// rest recommended clauses count too. One without any option left is dropped. If then something
/// can no longer be derived, it is derived in learning order once more, and whenever nothing else
/// is left, the next step that lacks only recommendations is made and these are dropped.
/// O((n + m) log n).
pub(super) fn feasible<'a>(
    graph: &'a AndOrGraph<'a>,
    goals: &[NodeIndex],
    known: &[bool],
    avoid: &[NodeIndex],
    stop: &AtomicBool,
) -> Result<Feasible<'a>, Blocked> {
    let mut barred = marks(known.len(), avoid);
    let extent = Extent { graph, goals, known, barred: &barred };
    // Requirements first: a recommendation can be dropped later, a requirement never.
    let required = Requirements::new(extent, |number| graph.clause(number).required, |_| true);
    let derived = required.instance.derive(|_| true);
    let can = |node: NodeIndex| required.step(node).is_some_and(|step| derived.done[step as usize]);
    let lost = goals.iter().copied().filter(|goal| !known[goal.index()] && !can(*goal));
    let lost: Vec<NodeIndex> = lost.collect();
    if !lost.is_empty() {
        return Err(blocked(&required, &derived, &lost, stop));
    }
    let mut dropped = BTreeSet::new();
    // Nothing can be dropped, so the derivation at hand is the answer.
    if graph.is_required() {
        return Ok(Feasible { requirements: required, dropped });
    }
    for node in (0..barred.len()).map(NodeIndex::new) {
        // More clauses only make it harder: what required ones keep out stays out. Known nodes have
        // no step and are barred as well, which does no harm: whether they are known is asked
        // first.
        barred[node.index()] |= !can(node);
    }
    let extent = Extent { graph, goals, known, barred: &barred };
    let free = |node: NodeIndex| known[node.index()] || !barred[node.index()];
    let kept = |number: u32| {
        let kept = graph.clause(number).required || graph.clause(number).nodes().any(free);
        if !kept {
            dropped.insert(number);
        }
        kept
    };
    let all = Requirements::new(extent, kept, |_| true);
    let derived = all.instance.derive(|_| true);
    if derived.order.len() == all.members.len() {
        return Ok(Feasible { requirements: all, dropped });
    }
    // All of it can be derived by requirements, so what is missing lacks only recommendations.
    let unfollowed = unfollowed(extent, &all, &derived, &dropped);
    dropped.extend(unfollowed);
    let requirements = Requirements::new(extent, |number| !dropped.contains(&number), |_| true);
    Ok(Feasible { requirements, dropped })
}

/// The numbers of recommended clauses to drop so that what `derived` lacks can be derived too.
fn unfollowed(
    extent: Extent<'_, '_>,
    all: &Requirements<'_>,
    derived: &Derivation,
    dropped: &BTreeSet<u32>,
) -> Vec<u32> {
    // What has been derived counts as known: only the rest, which is stuck, is looked at again.
    let mut known = extent.known.to_vec();
    for node in all.nodes(derived.order.iter().copied()) {
        known[node.index()] = true;
    }
    let mut stuck = all.nodes(all.instance.items());
    stuck.retain(|node| !known[node.index()]);
    let extent = Extent { goals: &stuck, known: &known, ..extent };
    let kept = |number: u32| !dropped.contains(&number);
    // Only what is required joins steps here: a recommendation within one could not be dropped.
    let rest = Requirements::new(extent, kept, |clause| clause.required);
    let forced = forgiving(&rest);
    let mut turn = vec![NONE; rest.members.len()];
    for (at, step) in (0u32..).zip(&forced.order) {
        turn[*step as usize] = at;
    }
    let too_late = |clause: &usize| {
        let support = forced.support[*clause];
        support == NONE || turn[support as usize] > turn[rest.instance.owner[*clause] as usize]
    };
    let soft = (0..rest.instance.owner.len()).filter(|clause| !rest.clause(*clause).required);
    soft.filter(too_late).map(|clause| rest.number(clause)).collect()
}

/// A derivation in learning order that, whenever nothing else is left, makes a step that lacks
/// only recommendations.
fn forgiving(requirements: &Requirements<'_>) -> Derivation {
    let instance = &requirements.instance;
    let is_soft = |clause: usize| !requirements.clause(clause).required;
    // By step: how many of its open clauses are recommendations.
    let mut soft = vec![0; instance.len()];
    for clause in (0..instance.owner.len()).filter(|clause| is_soft(*clause)) {
        soft[instance.owner[clause] as usize] += 1;
    }
    let turn = |step: u32, open: u32, soft: u32| {
        let rank = requirements.rank[step as usize];
        // Steps that lack nothing come before those that lack recommendations, whatever their rank.
        (open == soft).then_some(Reverse((open > 0, rank, step)))
    };
    let mut derivation = Derivation::new(instance);
    let start = instance.items();
    let start =
        start.filter_map(|step| turn(step, derivation.open[step as usize], soft[step as usize]));
    let mut heap: BinaryHeap<_> = start.collect();
    while let Some(Reverse((_, _, step))) = heap.pop() {
        derivation.add(instance, step, |clause, owner, open| {
            // A step may be pushed twice, as its clauses are met: `add` takes the first time only.
            soft[owner as usize] -= u32::from(is_soft(clause));
            heap.extend(turn(owner, open, soft[owner as usize]));
        });
    }
    derivation
}
