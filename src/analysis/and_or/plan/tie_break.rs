//! Of plans that are equally light and well sourced, the one whose list comes first.

use super::budget::Budget;
use super::parts::SolvedPart;
use super::propagate::{Savepoint, Status};
use crate::graph::NodeIndex;

/// A node that a plan may contain, and where it is decided.
pub(super) struct PlanCandidate {
    pub(super) node: NodeIndex,
    /// The part and the item there; `None` if every plan contains the node.
    pub(super) at: Option<(usize, u32)>,
}

impl PlanCandidate {
    /// Is it in the plan?
    fn is_taken(&self, parts: &[SolvedPart<'_>]) -> bool {
        self.at.is_none_or(|(part, item)| parts[part].has(item))
    }

    /// What has been decided of it.
    fn status(&self, parts: &[SolvedPart<'_>]) -> Status {
        self.at.map_or(Status::In, |(part, item)| parts[part].assignment.status[item as usize])
    }
}

/// Moves the parts' plans to the first list by id: `candidates` stand in learning order, lists
/// compare node by node. Position by position the smallest id is sought that some best plan has
/// there, given what stands before. Tells whether the budget sufficed.
pub(super) fn first_list(
    candidates: &[PlanCandidate],
    parts: &mut [SolvedPart<'_>],
    budget: &mut Budget<'_>,
) -> bool {
    let mut from = 0;
    loop {
        let mut rest = from..candidates.len();
        let Some(next) = rest.clone().find(|at| candidates[*at].is_taken(parts)) else {
            return true;
        };
        // Every plan left has what is decided in, so the next entry is no later than that.
        let last = rest.find(|at| candidates[*at].status(parts) == Status::In);
        let last = last.unwrap_or(candidates.len() - 1);
        budget.spend(last.max(next) - from);
        // What stands behind the first entry that must come cannot take this position.
        let mut better: Vec<usize> = (from..=last)
            .filter(|at| candidates[*at].node < candidates[next].node)
            .filter(|at| candidates[*at].status(parts) != Status::Out)
            .collect();
        better.sort_by_key(|at| candidates[*at].node);
        let chosen = better.into_iter().find(|at| choose(&candidates[from..=*at], parts, budget));
        if budget.is_spent() {
            return false;
        }
        let chosen = chosen.unwrap_or(next);
        // The plan at hand agrees, so this holds; it fixes the position for those behind.
        if chosen == next {
            choose(&candidates[from..=next], parts, budget);
        }
        from = chosen + 1;
    }
}

/// Decides that of these candidates the last one is in and no other, if some best plan agrees.
fn choose(
    candidates: &[PlanCandidate],
    parts: &mut [SolvedPart<'_>],
    budget: &mut Budget<'_>,
) -> bool {
    let mut decisions: Vec<(usize, u32, Status)> = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        let Some((part, item)) = candidate.at else { continue };
        let status = if at + 1 == candidates.len() { Status::In } else { Status::Out };
        decisions.push((part, item, status));
    }
    decisions.sort_by_key(|(part, ..)| *part);
    let mut agreed: Vec<(usize, Vec<u32>, Savepoint)> = Vec::new();
    for group in decisions.chunk_by(|a, b| a.0 == b.0) {
        let part = group[0].0;
        let own: Vec<_> = group.iter().map(|(_, item, status)| (*item, *status)).collect();
        let Some((plan, before)) = parts[part].like_best(&own, budget) else {
            // Parts have nothing to do with one another, so what the others agreed to is void.
            for (part, _, before) in agreed {
                parts[part].assignment.roll_back(before);
            }
            return false;
        };
        agreed.push((part, plan, before));
    }
    for (part, plan, _) in agreed {
        parts[part].plan = plan;
    }
    true
}
