//! A plan and how it is told: under milestones, with what was chosen instead of what.

use super::columns::number;
use super::{Answer, Body, COLUMNS, Closure, Line, Outline, Set, Standing};
use crate::analysis::{self, EFFORT, effort, effortless};
use crate::graph::{Atlas, Flow, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// What to learn, step by step.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The plan as it was made.
    pub made: analysis::Plan,
    /// What it reaches.
    pub goals: Vec<NodeIndex>,
    /// What is known, of all that the goals need, in learning order.
    pub known: Vec<NodeIndex>,
    /// What each node takes of a field, if the question named one.
    pub spent: Option<Spent>,
}

/// What the nodes of a plan take of a field.
#[derive(Debug, Clone)]
pub struct Spent {
    /// The field.
    pub field: String,
    /// Each node's amount.
    pub of: BTreeMap<NodeIndex, analysis::Amount>,
}

/// How long a plan takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// The sum of what its nodes say.
    pub amount: analysis::Amount,
    /// How many steps have a node that says nothing.
    pub without: usize,
    /// Of how many.
    pub steps: usize,
}

impl Effort {
    /// The sum as a number.
    #[must_use]
    pub fn number(&self) -> serde_json::Value {
        number(self.amount)
    }

    /// In words.
    #[must_use]
    pub fn words(&self) -> String {
        let sum = format!("{} {EFFORT} in all", amount(self.amount));
        match self.without {
            0 => sum,
            1 => format!("{sum}; 1 of {} steps says none", self.steps),
            without => format!("{sum}; {without} of {} steps say none", self.steps),
        }
    }
}

/// An amount in words: with as many decimals as it has.
#[must_use]
pub fn amount(cost: analysis::Amount) -> String {
    let (whole, part) = (cost / analysis::UNIT, cost % analysis::UNIT);
    let text = format!("{whole}.{part:06}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Plan {
    /// Its nodes, step by step.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeIndex> {
        self.made.steps.iter().flatten().copied().collect()
    }

    /// Where each of its nodes stands: known, a goal that nothing else of the plan requires, ready
    /// since nothing of the plan is required before it, or later.
    pub(super) fn standings(&self, atlas: &Atlas) -> BTreeMap<NodeIndex, Standing> {
        let nodes = self.nodes();
        let inside: BTreeSet<NodeIndex> = nodes.iter().copied().collect();
        let flow = Flow::required(atlas);
        let step_of: BTreeMap<NodeIndex, usize> = (0..)
            .zip(&self.made.steps)
            .flat_map(|(number, step)| step.iter().map(move |node| (*node, number)))
            .collect();
        // What can only be learned together with a goal comes not behind it.
        let passed = |goal: NodeIndex| {
            let mut opened = flow.opens(goal).filter_map(|(_, node)| step_of.get(&node));
            opened.any(|step| Some(step) != step_of.get(&goal))
        };
        let goals: BTreeSet<NodeIndex> = self.goals.iter().copied().collect();
        let known = self.known.iter().map(|node| (*node, Standing::Known));
        let planned = nodes.into_iter().map(|node| {
            let waits = flow.needs(node).any(|(_, need)| need != node && inside.contains(&need));
            let standing = match (goals.contains(&node) && !passed(node), waits) {
                (true, _) => Standing::Goal,
                (false, true) => Standing::Later,
                (false, false) => Standing::Ready,
            };
            (node, standing)
        });
        known.chain(planned).collect()
    }

    /// How long it takes, if any of its nodes says so.
    #[must_use]
    pub fn effort(&self, atlas: &Atlas) -> Option<Effort> {
        let nodes = self.nodes();
        let asked = self.spent.as_ref().filter(|spent| spent.field == EFFORT);
        let takes = |node: &NodeIndex| match asked {
            Some(spent) => spent.of.get(node).copied(),
            None => effort(atlas, *node),
        };
        let said: Vec<_> = nodes.iter().filter_map(takes).collect();
        if said.is_empty() {
            return None;
        }
        let free = effortless(atlas, &nodes, &self.goals);
        let silent = |node: &NodeIndex| takes(node).is_none() && !free.contains(node);
        let without = self.made.steps.iter().filter(|step| step.iter().any(silent)).count();
        Some(Effort { amount: said.into_iter().sum(), without, steps: self.made.steps.len() })
    }

    /// Its nodes as what the goals need.
    pub(super) fn as_set(&self) -> Set {
        let nodes = self.nodes();
        let inside: BTreeSet<NodeIndex> = nodes.iter().copied().collect();
        let of = self.goals.iter().copied().filter(|goal| inside.contains(goal)).collect();
        let closure = Some(Closure { of, needs: true, every: false });
        Set { recommended: self.made.recommended.clone(), closure, ..Set::of(nodes) }
    }

    /// For each node that was chosen: the alternatives that were not.
    pub(super) fn passed_over(&self) -> BTreeMap<NodeIndex, BTreeSet<NodeIndex>> {
        let mut passed: BTreeMap<NodeIndex, BTreeSet<NodeIndex>> = BTreeMap::new();
        for choice in &self.made.choices {
            for node in &choice.taken {
                let others = choice.others.iter().map(|other| other.node);
                passed.entry(*node).or_default().extend(others);
            }
        }
        passed
    }

    /// The number of the joint step of each node that has one.
    pub(super) fn joint(&self) -> BTreeMap<NodeIndex, usize> {
        let joint = (1..).zip(&self.made.steps).filter(|(_, step)| step.len() > 1);
        joint.flat_map(|(number, step)| step.iter().map(move |node| (*node, number))).collect()
    }
}

impl Answer {
    /// A plan as a check list: its milestones with what to learn for each below them. `None` for
    /// other answers.
    #[must_use]
    pub fn checklist(&self) -> Option<Vec<(Option<NodeIndex>, Outline)>> {
        let Body::Plan(_) = &self.body else { return None };
        let listing = self.listing();
        let line = |node: &NodeIndex| {
            let asides = COLUMNS.iter().filter(|column| !column.aside.is_empty());
            let asides = asides.filter_map(|column| column.beside(&listing, *node));
            let asides = asides.collect::<Vec<String>>().join(", ");
            Line::new(0).node(&self.atlas, *node).aside(asides)
        };
        let groups = listing.groups().iter();
        Some(groups.map(|(under, nodes)| (*under, nodes.iter().map(line).collect())).collect())
    }
}
