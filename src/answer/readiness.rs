//! Where the nodes of a plan stand.

use super::StudyPlan;
use crate::graph::{Atlas, Flow, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// Where a node stands in a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Readiness {
    /// One has it already.
    Known,
    /// One can begin with it now.
    Ready,
    /// Something else comes first.
    Later,
    /// It is what the plan is for.
    Goal,
}

/// Where each node of a plan stands: known, a goal that nothing else of the plan requires, ready
/// since nothing of the plan is required before it, or later.
pub(super) fn readiness(plan: &StudyPlan, atlas: &Atlas) -> BTreeMap<NodeIndex, Readiness> {
    let nodes = plan.nodes();
    let inside: BTreeSet<NodeIndex> = nodes.iter().copied().collect();
    let flow = Flow::required(atlas);
    let step_of: BTreeMap<NodeIndex, usize> = (0..)
        .zip(&plan.made.steps)
        .flat_map(|(number, step)| step.iter().map(move |node| (*node, number)))
        .collect();
    // What can only be learned together with a goal comes not behind it.
    let passed = |goal: NodeIndex| {
        let mut opened = flow.opens(goal).filter_map(|(_, node)| step_of.get(&node));
        opened.any(|step| Some(step) != step_of.get(&goal))
    };
    let goals: BTreeSet<NodeIndex> = plan.goals.iter().copied().collect();
    let known = plan.known.iter().map(|node| (*node, Readiness::Known));
    let planned = nodes.into_iter().map(|node| {
        let waits = flow.needs(node).any(|(_, need)| need != node && inside.contains(&need));
        let readiness = match (goals.contains(&node) && !passed(node), waits) {
            (true, _) => Readiness::Goal,
            (false, true) => Readiness::Later,
            (false, false) => Readiness::Ready,
        };
        (node, readiness)
    });
    known.chain(planned).collect()
}
