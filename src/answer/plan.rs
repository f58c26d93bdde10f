//! A plan as an answer: its steps, what it passed over, how long it takes.

use super::words::{amount, number};
use crate::analysis::{self, Amount, EFFORT, effort, effortless};
use crate::graph::{Atlas, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// What to learn, step by step.
#[derive(Debug, Clone, Default)]
pub struct StudyPlan {
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
    pub of: BTreeMap<NodeIndex, Amount>,
}

/// How long a plan takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// The sum of what its nodes say.
    pub amount: Amount,
    /// How many steps have a node that says nothing.
    pub without: usize,
    /// Of how many.
    pub steps: usize,
}

impl Spent {
    /// How many hours a node takes: as a plan reckons that was made of them, or as it says itself.
    pub(crate) fn hours(spent: Option<&Self>, atlas: &Atlas, node: NodeIndex) -> Option<Amount> {
        match spent.filter(|spent| spent.field == EFFORT) {
            Some(spent) => spent.of.get(&node).copied(),
            None => effort(atlas, node),
        }
    }
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

impl StudyPlan {
    /// Its nodes, step by step.
    #[must_use]
    pub fn nodes(&self) -> Vec<NodeIndex> {
        self.made.steps.iter().flatten().copied().collect()
    }

    /// Its nodes where they have other places; what it passed over is not told of a part.
    pub(super) fn moved(&self, place: &dyn Fn(NodeIndex) -> Option<NodeIndex>) -> Self {
        let all = |nodes: &[NodeIndex]| nodes.iter().filter_map(|node| place(*node)).collect();
        let recommended = self.made.recommended.iter().filter_map(|node| place(*node));
        let made = analysis::Plan {
            steps: self.made.steps.iter().map(|step| all(step)).collect(),
            recommended: recommended.collect(),
            choices: Vec::new(),
            dropped: Vec::new(),
            ..self.made.clone()
        };
        let spent = self.spent.as_ref().map(|spent| Spent {
            of: spent.of.iter().filter_map(|(node, of)| Some((place(*node)?, *of))).collect(),
            field: spent.field.clone(),
        });
        Self { made, goals: all(&self.goals), known: all(&self.known), spent }
    }

    /// How long it takes, if any of its nodes says so.
    #[must_use]
    pub fn effort(&self, atlas: &Atlas) -> Option<Effort> {
        let nodes = self.nodes();
        let takes = |node: &NodeIndex| Spent::hours(self.spent.as_ref(), atlas, *node);
        let said: Vec<_> = nodes.iter().filter_map(takes).collect();
        if said.is_empty() {
            return None;
        }
        let free = effortless(atlas, &nodes, &self.goals);
        let silent = |node: &NodeIndex| takes(node).is_none() && !free.contains(node);
        let without = self.made.steps.iter().filter(|step| step.iter().any(silent)).count();
        Some(Effort { amount: said.into_iter().sum(), without, steps: self.made.steps.len() })
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
