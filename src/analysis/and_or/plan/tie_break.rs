//! Of plans that are equally light and well sourced, the one whose list comes first.

use super::branch_and_bound::Budget;
use super::parts::Solved;
use super::propagate::Status;
use crate::graph::NodeIndex;

/// A node that a plan may contain, where it is decided.
pub(super) struct Element {
    pub(super) node: NodeIndex,
    /// The part and the item there; `None` if every plan contains the node.
    pub(super) at: Option<(usize, u32)>,
}

/// Moves the parts' plans to the first list by id: `elements` stand in learning order, lists
/// compare node by node. Position by position the smallest id is sought that some best plan has
/// there, given what stands before. Tells whether the budget sufficed.
pub(super) fn first_list(
    elements: &[Element],
    parts: &mut [Solved<'_>],
    budget: &mut Budget<'_>,
) -> bool {
    let mut from = 0;
    loop {
        let in_plan = |element: &Element, parts: &[Solved<'_>]| {
            element.at.is_none_or(|(part, item)| parts[part].plan.binary_search(&item).is_ok())
        };
        let status = |element: &Element, parts: &[Solved<'_>]| {
            element.at.map_or(Status::In, |(part, item)| parts[part].state.status[item as usize])
        };
        let rest = from..elements.len();
        let Some(next) = rest.clone().find(|at| in_plan(&elements[*at], parts)) else {
            return true;
        };
        let last = rest.clone().find(|at| status(&elements[*at], parts) == Status::In);
        let last = last.unwrap_or(elements.len() - 1);
        budget.spend(last.max(next) - from);
        let mut better: Vec<usize> = (from..=last)
            .filter(|at| elements[*at].node < elements[next].node)
            .filter(|at| status(&elements[*at], parts) != Status::Out)
            .collect();
        better.sort_by_key(|at| elements[*at].node);
        let chosen = better.into_iter().find(|at| choose(&elements[from..=*at], parts, budget));
        if budget.is_spent() {
            return false;
        }
        let chosen = chosen.unwrap_or(next);
        if chosen == next {
            choose(&elements[from..=next], parts, budget);
        }
        from = chosen + 1;
    }
}

/// Decides that of these elements the last one is in and no other, if some best plan agrees.
fn choose(elements: &[Element], parts: &mut [Solved<'_>], budget: &mut Budget<'_>) -> bool {
    let mut decisions: Vec<(usize, u32, Status)> = Vec::new();
    for (at, element) in elements.iter().enumerate() {
        let Some((part, item)) = element.at else { continue };
        let status = if at + 1 == elements.len() { Status::In } else { Status::Out };
        decisions.push((part, item, status));
    }
    decisions.sort_by_key(|(part, ..)| *part);
    let mut agreed: Vec<(usize, usize, Vec<u32>)> = Vec::new();
    for group in decisions.chunk_by(|a, b| a.0 == b.0) {
        let part = group[0].0;
        let mark = parts[part].state.trail.len();
        let own: Vec<(u32, Status)> =
            group.iter().map(|(_, item, status)| (*item, *status)).collect();
        match parts[part].like_best(&own, budget) {
            Some(plan) => agreed.push((part, mark, plan)),
            None => {
                for (part, mark, _) in agreed {
                    parts[part].state.undo(mark);
                }
                return false;
            }
        }
    }
    for (part, _, plan) in agreed {
        parts[part].plan = plan;
    }
    true
}
