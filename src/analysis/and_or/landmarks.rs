//! What every way to a goal contains: the landmarks of an AND/OR graph.

use super::instance::{Requirements, Scope};
use crate::analysis::in_learning_order;
use crate::graph::{Flow, NodeIndex};

/// What one must know, and what cannot be reached at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Must {
    /// The nodes that every way to the goals contains, goals included, in learning order.
    pub nodes: Vec<NodeIndex>,
    /// The goals to which no way leads; of these, only what their plain requirements bring along
    /// is told.
    pub underivable: Vec<NodeIndex>,
}

/// How much work the quick rule may take.
pub(super) const WORK: usize = 20_000_000;

/// What every way to `goals` contains, by the required clauses of `flow`.
///
/// A node belongs to it if and only if some goal cannot be derived without it. What plain clauses
/// bring along, or all options of a clause, certainly belongs to it. The rest is looked for in the one derivation at hand: a
/// candidate is left out and the goals derived again, from other candidates only where nothing
/// else is left. If that succeeds, what the new derivation does not use is no candidate any more;
/// if it fails, the candidate belongs to the answer with all that its plain clauses bring along.
/// O(k (n + m) log n) with k tries, at most one for each candidate; linear without alternatives.
#[must_use]
pub fn must(flow: &Flow<'_>, goals: &[NodeIndex]) -> Must {
    let count = flow.atlas().graph().node_count();
    let nobody = vec![false; count];
    let scope = Scope { flow, goals, known: &nobody, barred: &nobody };
    let requirements =
        Requirements::new(scope, |clause, _| clause.required, |clause| clause.required);
    let all = requirements.derive(|_| false, |_| false);
    let (goal_steps, lost): (Vec<u32>, Vec<u32>) =
        requirements.steps(goals).into_iter().partition(|step| all.done[*step as usize]);
    let mut sure = vec![false; requirements.members.len()];
    let mut work = WORK;
    requirements.settle(&goal_steps, &mut sure, &mut work);
    let mut candidate = vec![false; sure.len()];
    for step in requirements.used(&all, &goal_steps) {
        candidate[step as usize] = !sure[step as usize];
    }
    for step in all.order.iter().rev() {
        if !candidate[*step as usize] || sure[*step as usize] {
            continue;
        }
        let without =
            requirements.derive(|other| other == *step, |other| candidate[other as usize]);
        if goal_steps.iter().all(|goal| without.done[*goal as usize]) {
            let mut still = vec![false; sure.len()];
            for used in requirements.used(&without, &goal_steps) {
                still[used as usize] = candidate[used as usize];
            }
            candidate = still;
        } else {
            requirements.settle(&[*step], &mut sure, &mut work);
        }
    }
    requirements.settle(&lost, &mut sure, &mut work);
    let steps = (0..sure.len()).filter(|step| sure[*step]);
    let nodes = steps.flat_map(|step| requirements.members[step].iter().copied());
    let underivable = goals.iter().filter(|goal| {
        requirements.step(**goal).is_some_and(|step| lost.binary_search(&step).is_ok())
    });
    Must {
        nodes: in_learning_order(flow.atlas(), nodes),
        underivable: underivable.copied().collect(),
    }
}
