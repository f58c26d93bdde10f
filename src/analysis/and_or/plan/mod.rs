//! The cheapest plan: what to learn to reach some goals, in an order in which it can be learned.
//! `docs/analysis.md` gives the model, the algorithm and its sources.

mod branch_and_bound;
mod decompose;
mod dual_ascent;
mod feasibility;
mod parts;
mod prices;
mod propagate;
mod puzzle;
mod strength;
mod tie_break;

pub use feasibility::{Blocked, Hindrance};
pub use prices::{Choice, Other, Price};

use super::clauses::{Clause, clauses};
use super::instance::{NONE, Requirements};
use super::landmarks::WORK;
use crate::graph::{Flow, NodeIndex};
use branch_and_bound::Budget;
use feasibility::{Feasible, feasible};
use parts::{Solved, solve};
use propagate::Status;
use puzzle::{Puzzle, Weight};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicBool;
use tie_break::{Element, first_list};

/// What something costs, in millionths of the unit: exact sums for six decimals.
pub type Cost = u128;
/// One unit of [`Cost`].
pub const UNIT: Cost = 1_000_000;
/// How many search nodes a plan may take unless told otherwise.
pub const SEARCH_LIMIT: usize = 5_000;

/// What is asked.
#[derive(Clone, Copy)]
pub struct Question<'a> {
    /// What needs what.
    pub flow: &'a Flow<'a>,
    /// What shall be reached.
    pub goals: &'a [NodeIndex],
    /// What need not be learned, closed downward or not.
    pub known: &'a [NodeIndex],
    /// What must not be learned.
    pub avoid: &'a [NodeIndex],
    /// What a node costs, if that is known.
    pub cost: &'a dyn Fn(NodeIndex) -> Option<Cost>,
    /// How many search nodes may be visited.
    pub search_limit: usize,
    /// Set from outside to stop.
    pub stop: &'a AtomicBool,
}

/// A plan.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The steps in an order in which they can be made, each the nodes learned together, by id.
    pub steps: Vec<Vec<NodeIndex>>,
    /// The nodes that are only recommended.
    pub recommended: BTreeSet<NodeIndex>,
    /// Where there was a choice, what was chosen.
    pub choices: Vec<Choice>,
    /// Recommendations of the plan's nodes that could not be followed.
    pub dropped: Vec<Clause>,
    /// What it costs.
    pub cost: Cost,
    /// What any plan costs at least; less than `cost` if the search was not finished.
    pub least: Cost,
    /// Is it the one plan that the rules for ties name?
    pub settled: bool,
}

/// The answer.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// A plan.
    Plan(Plan),
    /// There is none, and why.
    Blocked(Blocked),
    /// These nodes might be in the plan, but nobody says what they cost.
    Unpriced(Vec<NodeIndex>),
}

/// The cheapest plan. Without alternatives O((n + m) log n); with them branch and bound within
/// the search limit, see [`Plan::least`].
#[must_use]
pub fn plan(question: &Question<'_>) -> Outcome {
    let feasible = match feasible(question) {
        Ok(feasible) => feasible,
        Err(blocked) => return Outcome::Blocked(blocked),
    };
    let requirements = &feasible.requirements;
    let goals = requirements.steps(question.goals);
    let relevant = requirements.behind(&goals, |clause| requirements.options.row(clause).to_vec());
    let nodes = |step: &u32| requirements.members[*step as usize].iter().copied();
    if relevant.iter().flat_map(nodes).any(|node| (question.cost)(node).is_none()) {
        return Outcome::Unpriced(unpriced(question));
    }
    let mut sure = vec![false; requirements.members.len()];
    requirements.settle(&goals, &mut sure, &mut WORK.clone());
    let forced: Vec<u32> = (0..sure.len() as u32).filter(|step| sure[*step as usize]).collect();
    let inside = |steps: &[u32]| {
        let mut inside = vec![false; requirements.members.len()];
        for step in steps {
            inside[*step as usize] = true;
        }
        inside
    };
    let allowed = inside(&forced);
    let alone = requirements.derive(|step| !allowed[step as usize], |_| false);
    let made = if goals.iter().all(|goal| alone.done[*goal as usize]) {
        Made { steps: forced, least: None, settled: true, choices: Vec::new() }
    } else {
        chosen(question, requirements, &forced, &relevant)
    };
    let allowed = inside(&made.steps);
    let order = requirements.derive(|step| !allowed[step as usize], |_| false).order;
    let steps: Vec<Vec<NodeIndex>> = order.iter().map(|step| nodes(step).collect()).collect();
    let cost = steps.iter().flatten().filter_map(|node| (question.cost)(*node)).sum();
    Outcome::Plan(Plan {
        recommended: if requirements.soft.contains(&true) {
            strength::recommended(question, &steps)
        } else {
            BTreeSet::new()
        },
        choices: made.choices,
        dropped: dropped(question, &feasible, &steps),
        cost,
        least: made.least.unwrap_or(cost),
        settled: made.settled,
        steps,
    })
}

/// The nodes that a plan might contain though nobody says what they cost, in learning order.
#[must_use]
pub fn unpriced(question: &Question<'_>) -> Vec<NodeIndex> {
    let Ok(Feasible { requirements, .. }) = feasible(question) else {
        return Vec::new();
    };
    let goals = requirements.steps(question.goals);
    let relevant = requirements.behind(&goals, |clause| requirements.options.row(clause).to_vec());
    let nodes = relevant.iter().flat_map(|step| &requirements.members[*step as usize]).copied();
    let without = nodes.filter(|node| (question.cost)(*node).is_none());
    crate::analysis::in_learning_order(question.flow.atlas(), without)
}

/// The steps of a plan that had to be chosen.
struct Made {
    steps: Vec<u32>,
    least: Option<Cost>,
    settled: bool,
    choices: Vec<Choice>,
}

fn chosen(
    question: &Question<'_>,
    requirements: &Requirements,
    goals: &[u32],
    relevant: &[u32],
) -> Made {
    let scale =
        relevant.iter().map(|step| requirements.members[*step as usize].len()).sum::<usize>();
    let scale = scale as Weight + 1;
    let puzzle = puzzle(question, requirements, goals, relevant, scale);
    let mut budget = Budget::new(question.search_limit, question.stop);
    let state = parts::decided(&puzzle);
    let parts = parts::parts(&state);
    let (mut solved, mut settled) = solve(&parts, &mut budget);
    let optimal = solved.iter().all(Solved::is_optimal);
    if optimal && settled {
        let elements = elements(question, requirements, relevant, &state, &solved);
        settled = first_list(&elements, &mut solved, &mut budget);
    }
    let mut taken: Vec<bool> = state.status.iter().map(|status| *status == Status::In).collect();
    for part in &solved {
        part.plan.iter().skip_while(|item| **item == 0).for_each(|item| {
            taken[part.items[*item as usize] as usize] = true;
        });
    }
    let own = |item: &usize| relevant[*item];
    let items: Vec<usize> = (0..taken.len()).filter(|item| taken[*item]).collect();
    let weight: Weight = items.iter().map(|item| puzzle.weight[*item]).sum();
    let surplus: Weight = solved.iter().map(|part| part.weight() - part.least).sum();
    let least = (!optimal).then(|| (weight - surplus).div_ceil(scale));
    let steps: Vec<u32> = items.iter().map(own).collect();
    let choices = prices::choices(
        &prices::Made { question, requirements, relevant, puzzle: &puzzle, taken: &taken, scale },
        &state,
        &mut solved,
    );
    Made { steps, least, settled: settled && optimal, choices }
}

/// The relevant steps as a puzzle. What costs nothing weighs a little, so that a plan never holds
/// what it does not need.
fn puzzle(
    question: &Question<'_>,
    requirements: &Requirements,
    goals: &[u32],
    relevant: &[u32],
    scale: Weight,
) -> Puzzle {
    let mut item_of = vec![NONE; requirements.members.len()];
    for (item, step) in relevant.iter().enumerate() {
        item_of[*step as usize] = item as u32;
    }
    let weigh = |node: &NodeIndex| match (question.cost)(*node).unwrap_or_default() {
        0 => 1,
        cost => cost * scale,
    };
    let weights =
        relevant.iter().map(|step| requirements.members[*step as usize].iter().map(weigh).sum());
    let (mut asked, mut pairs) = (Vec::new(), BTreeMap::new());
    for (item, step) in relevant.iter().enumerate() {
        for clause in requirements.asks.row(*step as usize) {
            let options = requirements.options.row(*clause as usize).iter();
            asked.push((item as u32, options.map(|option| item_of[*option as usize]).collect()));
        }
        for node in &requirements.members[*step as usize] {
            for (other, sources) in sourced(question, *node) {
                if let Some(other) = requirements.step(other).map(|step| item_of[step as usize]) {
                    *pairs.entry((item as u32, other)).or_default() += sources;
                }
            }
        }
    }
    let goals = goals.iter().map(|goal| item_of[*goal as usize]).collect();
    let pairs = pairs.into_iter().filter(|((_, other), sources)| *other != NONE && *sources > 0);
    let pairs = pairs.map(|((item, other), sources)| (item, other, sources)).collect();
    Puzzle::new(weights.collect(), goals, asked, pairs)
}

/// The alternatives of a node, each with the number of distinct sources that offer it.
fn sourced(question: &Question<'_>, node: NodeIndex) -> Vec<(NodeIndex, u32)> {
    let atlas = question.flow.atlas();
    let grouped = clauses(question.flow, node).into_iter().flat_map(|clause| {
        let tied = !clause.ties.is_empty();
        clause.alternatives.into_iter().map(move |(other, edges)| (other, edges, tied))
    });
    let counted = grouped.filter_map(|(other, edges, tied)| {
        let offers = edges.iter().filter(|edge| tied || atlas.edge(**edge).any_of().is_some());
        let sources: BTreeSet<&str> =
            offers.flat_map(|edge| atlas.edge(*edge).source_ids()).collect();
        (!sources.is_empty() && other != node).then_some((other, sources.len() as u32))
    });
    counted.collect()
}

/// The nodes that a plan may have, in learning order.
fn elements(
    question: &Question<'_>,
    requirements: &Requirements,
    relevant: &[u32],
    state: &propagate::State<'_>,
    solved: &[Solved<'_>],
) -> Vec<Element> {
    let at = prices::places(solved);
    let mut elements = Vec::new();
    for (item, step) in relevant.iter().enumerate() {
        if state.status[item] != Status::Out {
            let at = at.get(&(item as u32)).copied();
            let nodes = requirements.members[*step as usize].iter();
            elements.extend(nodes.map(|node| Element { node: *node, at }));
        }
    }
    let rank = crate::analysis::learning_rank(question.flow.atlas());
    elements.sort_by_key(|element| rank[element.node.index()]);
    elements
}

/// The recommendations of the plan's nodes that could not be followed.
fn dropped(question: &Question<'_>, feasible: &Feasible, steps: &[Vec<NodeIndex>]) -> Vec<Clause> {
    let mut found = Vec::new();
    for node in steps.iter().flatten() {
        let own = feasible.dropped.range((*node, 0)..=(*node, u32::MAX)).peekable();
        let mut own = own.map(|(_, number)| *number as usize).peekable();
        if own.peek().is_some() {
            let all = clauses(question.flow, *node);
            found.extend(own.map(|number| all[number].clone()));
        }
    }
    found
}
