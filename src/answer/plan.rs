//! A plan and how it is told: under milestones, with what was chosen instead of what.

use super::page::{Block, Cell, Groups, node_grid, under_milestones};
use super::{Answer, Body, Closure, Line, Outline, Set, Standing};
use crate::analysis;
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
    pub of: BTreeMap<NodeIndex, analysis::PlanCost>,
}

/// An amount in words: with as many decimals as it has.
#[must_use]
pub fn amount(cost: analysis::PlanCost) -> String {
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
        let flow = Flow::new(atlas, &None, true);
        let step_of: BTreeMap<NodeIndex, usize> = (0..)
            .zip(&self.made.steps)
            .flat_map(|(number, step)| step.iter().map(move |node| (*node, number)))
            .collect();
        // What can only be learned together with a goal comes not behind it.
        let passed = |goal: NodeIndex| {
            let mut opened = flow.opens(goal).filter_map(|(_, node)| step_of.get(&node));
            opened.any(|step| Some(step) != step_of.get(&goal))
        };
        let known = self.known.iter().map(|node| (*node, Standing::Known));
        let planned = nodes.into_iter().map(|node| {
            let waits = flow.needs(node).any(|(_, need)| need != node && inside.contains(&need));
            let standing = match (self.goals.contains(&node) && !passed(node), waits) {
                (true, _) => Standing::Goal,
                (false, true) => Standing::Later,
                (false, false) => Standing::Ready,
            };
            (node, standing)
        });
        known.chain(planned).collect()
    }

    /// Its nodes as what the goals need.
    pub(super) fn as_set(&self) -> Set {
        let nodes = self.nodes();
        let inside: BTreeSet<NodeIndex> = nodes.iter().copied().collect();
        let of = self.goals.iter().copied().filter(|goal| inside.contains(goal)).collect();
        let closure = Some(Closure { of, needs: true });
        Set { recommended: self.made.recommended.clone(), closure, ..Set::of(nodes) }
    }

    fn groups(&self, atlas: &Atlas) -> Groups {
        let nodes = self.nodes();
        let inside: BTreeSet<NodeIndex> = nodes.iter().copied().collect();
        let candidates = nodes.iter().copied();
        under_milestones(atlas, &None, &nodes, candidates, |node| inside.contains(&node))
    }

    /// The plan as columns and rows.
    pub(super) fn grid(&self, atlas: &Atlas) -> Block {
        let names = |nodes: &BTreeSet<NodeIndex>| {
            let names: Vec<&str> = nodes.iter().map(|node| atlas.node(*node).name()).collect();
            names.join(" or ")
        };
        let (passed, joint) = (self.passed_over(), self.joint());
        let none = BTreeSet::new();
        let instead = |node: NodeIndex| names(passed.get(&node).unwrap_or(&none));
        let together = |node: NodeIndex| {
            joint.get(&node).map(|number| format!("step {number}")).unwrap_or_default()
        };
        let spent = |node: NodeIndex| {
            let cost = self.spent.as_ref().and_then(|spent| spent.of.get(&node));
            cost.map(|cost| amount(*cost)).unwrap_or_default()
        };
        let field = self.spent.as_ref().map_or("", |spent| spent.field.as_str());
        let further: [(&str, Cell<'_>); 3] =
            [("instead of", &instead), ("learned together", &together), (field, &spent)];
        node_grid(atlas, &self.groups(atlas), &self.made.recommended, &further)
    }

    /// For each node that was chosen: the alternatives that were not.
    fn passed_over(&self) -> BTreeMap<NodeIndex, BTreeSet<NodeIndex>> {
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
    fn joint(&self) -> BTreeMap<NodeIndex, usize> {
        let joint = (1..).zip(&self.made.steps).filter(|(_, step)| step.len() > 1);
        joint.flat_map(|(number, step)| step.iter().map(move |node| (*node, number))).collect()
    }
}

impl Answer<'_> {
    /// A plan as a check list: its milestones with what to learn for each below them. `None` for
    /// other answers.
    #[must_use]
    pub fn checklist(&self) -> Option<Vec<(Option<NodeIndex>, Outline)>> {
        let Body::Plan(plan) = &self.body else { return None };
        let atlas: &Atlas = &self.atlas;
        let passed = plan.passed_over();
        let joint = plan.joint();
        let named = |nodes: Option<&BTreeSet<NodeIndex>>| {
            let names = nodes.into_iter().flatten().map(|node| atlas.node(*node).name());
            names.collect::<Vec<&str>>().join(" or ")
        };
        let line = |node: &NodeIndex| {
            let mut asides = vec![atlas.kind_words(*node)];
            if plan.made.recommended.contains(node) {
                asides.push("recommended".to_owned());
            }
            let others = named(passed.get(node));
            if !others.is_empty() {
                asides.push(format!("instead of {others}"));
            }
            if let Some(number) = joint.get(node) {
                asides.push(format!("together: step {number}"));
            }
            if let Some(spent) = &plan.spent
                && let Some(cost) = spent.of.get(node)
            {
                asides.push(format!("{} {}", amount(*cost), spent.field));
            }
            asides.retain(|aside| !aside.is_empty());
            Line::new(0).node(atlas, *node).aside(asides.join(", "))
        };
        let groups = plan.groups(atlas).into_iter();
        Some(groups.map(|(under, nodes)| (under, nodes.iter().map(line).collect())).collect())
    }
}
