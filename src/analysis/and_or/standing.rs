//! Where somebody stands with the steps of a plan.

use super::clauses::clauses;
use super::fringe::fringe;
use crate::graph::{Flow, NodeIndex};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Where somebody stands with a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is known, or these are, each of which does where it is asked for.
    Known(Vec<NodeIndex>),
    /// All that it needs is known.
    Ready,
    /// Something else comes first.
    Missing,
}

impl Standing {
    /// The words for each.
    pub const WORDS: [&'static str; 3] = ["known", "ready", "missing"];

    /// The word for it.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        Self::WORDS[match self {
            Self::Known(_) => 0,
            Self::Ready => 1,
            Self::Missing => 2,
        }]
    }

    /// Need it not be learned any more?
    #[must_use]
    pub const fn is_known(&self) -> bool {
        matches!(self, Self::Known(_))
    }
}

/// Where somebody who knows `known` stands with each of the `steps` by which a plan reaches its
/// `goals`. A node of which another option is known counts as known, unless it is a goal or some
/// step that is still to learn requires it in a clause that nothing known satisfies. O(n + m) in
/// what lies behind the goals, with logarithms.
#[must_use]
pub fn standings(
    flow: &Flow<'_>,
    steps: &[Vec<NodeIndex>],
    goals: &[NodeIndex],
    known: &[NodeIndex],
) -> Vec<Standing> {
    let known: HashSet<NodeIndex> = known.iter().copied().collect();
    let instead = known_instead(flow, steps, goals, &known);
    let listed: Vec<NodeIndex> = known.iter().copied().collect();
    let ready: HashSet<NodeIndex> =
        fringe(flow, &listed).into_iter().map(|(node, _)| node).collect();
    let standing = |step: &Vec<NodeIndex>| {
        let mut others = BTreeSet::new();
        let mut open = Vec::new();
        for node in step.iter().filter(|node| !known.contains(node)) {
            match instead.get(node) {
                Some(instead) => others.extend(instead),
                None => open.push(*node),
            }
        }
        if open.is_empty() {
            Standing::Known(others.into_iter().copied().collect())
        } else if open.iter().all(|node| ready.contains(node)) {
            Standing::Ready
        } else {
            Standing::Missing
        }
    };
    steps.iter().map(standing).collect()
}

/// What is known in the place of nodes that are not.
fn known_instead(
    flow: &Flow<'_>,
    steps: &[Vec<NodeIndex>],
    goals: &[NodeIndex],
    known: &HashSet<NodeIndex>,
) -> BTreeMap<NodeIndex, BTreeSet<NodeIndex>> {
    let planned: HashSet<NodeIndex> = steps.iter().flatten().copied().collect();
    let mut instead: BTreeMap<NodeIndex, BTreeSet<NodeIndex>> = BTreeMap::new();
    let mut asked: HashSet<NodeIndex> = goals.iter().copied().collect();
    for dependent in steps.iter().flatten() {
        for clause in clauses(flow, *dependent) {
            let has: Vec<NodeIndex> = clause.nodes().filter(|node| known.contains(node)).collect();
            for node in clause.nodes().filter(|node| planned.contains(node)) {
                if !has.is_empty() {
                    instead.entry(node).or_default().extend(&has);
                } else if clause.required && !known.contains(dependent) {
                    // Something known may do for another clause; this one still wants the node
                    // itself.
                    asked.insert(node);
                }
            }
        }
    }
    instead.retain(|node, _| !asked.contains(node));
    instead
}
