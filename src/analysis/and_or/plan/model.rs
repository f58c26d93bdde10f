//! A question about plans as a problem in numbers, and the way back to nodes and costs.

use super::problem::{Problem, Weight};
use super::{Amount, Question};
use crate::analysis::and_or::instance::{Instance, NONE};
use crate::analysis::and_or::requirements::Requirements;
use crate::graph::NodeIndex;
use std::collections::{BTreeMap, BTreeSet};

/// The steps that a plan may have as the items of a problem.
pub(super) struct Model<'a> {
    pub(super) question: &'a Question<'a>,
    pub(super) requirements: &'a Requirements<'a>,
    pub(super) problem: Problem,
    /// The step of each item, ascending.
    step_of: &'a [u32],
    /// The item of each step, or [`NONE`].
    item_of: Vec<u32>,
    /// How many units of weight a unit of cost is.
    scale: Weight,
}

impl<'a> Model<'a> {
    /// The problem of reaching `goals` by `relevant` steps. What costs nothing weighs a little, so
    /// that a plan never holds what it does not need: all of it together less than one unit.
    pub(super) fn new(
        question: &'a Question<'a>,
        requirements: &'a Requirements<'a>,
        goals: &[u32],
        relevant: &'a [u32],
    ) -> Self {
        let nodes = relevant.iter().map(|step| requirements.members[*step as usize].len());
        // More than all nodes: if none of them cost anything, together they weigh less than one
        // unit.
        let scale = nodes.sum::<usize>() as Weight + 1;
        let mut item_of = vec![NONE; requirements.members.len()];
        for (item, step) in (0u32..).zip(relevant) {
            item_of[*step as usize] = item;
        }
        let weigh = |node: &NodeIndex| match (question.cost)(*node).unwrap_or_default() {
            0 => 1,
            cost => cost * scale,
        };
        let members = relevant.iter().map(|step| &requirements.members[*step as usize]);
        let weight: Vec<Weight> = members.map(|nodes| nodes.iter().map(weigh).sum()).collect();
        let asked = (0u32..).zip(relevant).flat_map(|(item, step)| {
            let clauses = requirements.instance.asks.row(*step as usize).iter();
            clauses.map(move |clause| (item, *clause))
        });
        let clauses = asked.map(|(item, clause)| {
            let options = requirements.instance.options.row(clause as usize).iter();
            (item, options.map(|option| item_of[*option as usize]))
        });
        let instance = Instance::new(weight.len(), clauses);
        let goals = goals.iter().map(|goal| item_of[*goal as usize]).collect();
        let problem = Problem { instance, weight, goals, pairs: Vec::new() };
        let mut model = Self { question, requirements, problem, step_of: relevant, item_of, scale };
        model.problem.pairs = model.pairs();
        model
    }

    /// How many sources speak for each alternative beside its dependent.
    fn pairs(&self) -> Vec<(u32, u32, u32)> {
        let mut pairs: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for item in self.problem.instance.items() {
            for node in self.nodes(item) {
                for (other, sources) in self.sourced(*node) {
                    // The nodes of a joint step are one item: what speaks for each of them adds up.
                    *pairs.entry((item, other)).or_default() += sources;
                }
            }
        }
        pairs.into_iter().map(|((item, other), sources)| (item, other, sources)).collect()
    }

    /// The alternatives of a node, each with the number of distinct sources that offer it.
    fn sourced(&self, node: NodeIndex) -> Vec<(u32, u32)> {
        let atlas = self.question.flow.atlas();
        let mut found = Vec::new();
        for clause in self.requirements.graph.clauses(node) {
            for (other, edges) in clause.alternatives.iter().filter(|(other, _)| *other != node) {
                let Some(item) = self.item(*other) else { continue };
                // Ties make each edge of the clause an alternative; otherwise `any-of` says so edge
                // by edge.
                let is_choice =
                    |edge| !clause.ties.is_empty() || atlas.edge(edge).any_of().is_some();
                let offers = edges.iter().filter(|edge| is_choice(**edge));
                let sources: BTreeSet<&str> =
                    offers.flat_map(|edge| atlas.edge(*edge).source_ids()).collect();
                if !sources.is_empty() {
                    found.push((item, sources.len() as u32));
                }
            }
        }
        found
    }

    /// The nodes of an item.
    pub(super) fn nodes(&self, item: u32) -> &'a [NodeIndex] {
        &self.requirements.members[self.step(item) as usize]
    }

    /// The step of an item.
    pub(super) fn step(&self, item: u32) -> u32 {
        self.step_of[item as usize]
    }

    /// The item of a node, unless no plan may have it.
    pub(super) fn item(&self, node: NodeIndex) -> Option<u32> {
        let item = self.item_of[self.requirements.step(node)? as usize];
        Some(item).filter(|item| *item != NONE)
    }

    /// What a plan of this weight costs, or at least costs if it weighs at least this.
    pub(super) fn cost(&self, weight: Weight) -> Amount {
        // What is free weighs one, too little to add up to a unit: rounding down leaves it out.
        weight / self.scale
    }
}
