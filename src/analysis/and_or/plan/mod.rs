//! The cheapest plan: what to learn to reach some goals, in an order in which it can be learned.
//! `docs/analysis.md` gives the model, the algorithm and its sources.

mod branch_and_bound;
mod budget;
mod decompose;
mod dual_ascent;
mod model;
mod parts;
mod prices;
mod problem;
mod propagate;
mod strength;
#[cfg(test)]
mod tests;
mod tie_break;

pub use prices::{Choice, Other, Price};

use super::clauses::Clause;
use super::feasibility::{Feasible, feasible};
use super::graph::AndOrGraph;
use super::hindrance::Blocked;
use super::landmarks::Certain;
use super::requirements::{Requirements, marks};
use crate::analysis::{Amount, in_learning_order, learning_rank};
use crate::graph::{Flow, NodeIndex};
use budget::Budget;
use decompose::decompose;
use model::Model;
use parts::{SolvedPart, places, solve};
use problem::Weight;
use propagate::{Assignment, Status};
use std::collections::BTreeSet;
use std::sync::atomic::AtomicBool;
use tie_break::{PlanCandidate, first_list};

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
    pub cost: &'a dyn Fn(NodeIndex) -> Option<Amount>,
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
    pub cost: Amount,
    /// What any plan costs at least; less than `cost` if the search was not finished.
    pub least: Amount,
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

impl Question<'_> {
    /// By node: need not be learned.
    fn is_known(&self) -> Vec<bool> {
        marks(self.flow.atlas().node_bound(), self.known)
    }

    /// The clauses behind the goals.
    fn graph(&self, known: &[bool]) -> AndOrGraph<'_> {
        let avoided = marks(known.len(), self.avoid);
        let closed = |node: NodeIndex| known[node.index()] || avoided[node.index()];
        AndOrGraph::behind(self.flow, self.goals, closed)
    }
}

/// The cheapest plan. Without alternatives O((n + m) log n); with them branch and bound within
/// the search limit, see [`Plan::least`].
#[must_use]
pub fn plan(question: &Question<'_>) -> Outcome {
    let known = question.is_known();
    let graph = question.graph(&known);
    let feasible = feasible(&graph, question.goals, &known, question.avoid, question.stop);
    let Feasible { requirements, dropped } = match feasible {
        Ok(feasible) => feasible,
        Err(blocked) => return Outcome::Blocked(blocked),
    };
    let instance = &requirements.instance;
    let goals = requirements.steps(question.goals);
    // What no derivation of the goals can use needs no price, and is no item of the search.
    let relevant = instance.relevant(&goals);
    let unpriced = without_cost(question, &requirements, &relevant);
    if !unpriced.is_empty() {
        return Outcome::Unpriced(unpriced);
    }
    let mut certain = Certain::new(instance);
    certain.add(&goals);
    let forced: Vec<u32> = certain.items().collect();
    // Often what is certain is a plan already, and then it is the only cheapest one.
    let chosen = if instance.derive(|step| certain.has(step)).has_all(&goals) {
        Chosen { steps: forced, least: None, settled: true, choices: Vec::new() }
    } else {
        choose(&Model::new(question, &requirements, &forced, &relevant))
    };
    let allowed = instance.marks(&chosen.steps);
    let order = requirements.in_order(|step| allowed[step as usize]).order;
    let steps: Vec<Vec<NodeIndex>> =
        order.iter().map(|step| requirements.members[*step as usize].clone()).collect();
    let cost = steps.iter().flatten().filter_map(|node| (question.cost)(*node)).sum();
    let numbers = steps.iter().flatten().flat_map(|node| graph.numbers(*node));
    let dropped = numbers.filter(|number| dropped.contains(number));
    Outcome::Plan(Plan {
        recommended: if graph.is_required() {
            BTreeSet::new()
        } else {
            strength::recommended(question, &graph, &known, &steps)
        },
        choices: chosen.choices,
        dropped: dropped.map(|number| graph.clause(number).clone()).collect(),
        cost,
        least: chosen.least.unwrap_or(cost),
        settled: chosen.settled,
        steps,
    })
}

/// The nodes that a plan might contain though nobody says what they cost, in learning order.
#[must_use]
pub fn unpriced(question: &Question<'_>) -> Vec<NodeIndex> {
    let known = question.is_known();
    let graph = question.graph(&known);
    let feasible = feasible(&graph, question.goals, &known, question.avoid, question.stop);
    let Ok(Feasible { requirements, .. }) = feasible else { return Vec::new() };
    let relevant = requirements.instance.relevant(&requirements.steps(question.goals));
    without_cost(question, &requirements, &relevant)
}

fn without_cost(
    question: &Question<'_>,
    requirements: &Requirements<'_>,
    relevant: &[u32],
) -> Vec<NodeIndex> {
    let mut nodes = requirements.nodes(relevant.iter().copied());
    nodes.retain(|node| (question.cost)(*node).is_none());
    in_learning_order(question.flow.atlas(), nodes)
}

/// The steps of a plan that had to be chosen.
struct Chosen {
    steps: Vec<u32>,
    least: Option<Amount>,
    settled: bool,
    choices: Vec<Choice>,
}

/// Decides what follows, solves what is left part by part, and breaks ties.
fn choose(model: &Model<'_>) -> Chosen {
    let mut budget = Budget::new(model.question.search_limit, model.question.stop);
    // The goals can be derived, so nothing contradicts them.
    let forced = Assignment::of_goals(&model.problem);
    let forced = forced.unwrap_or_else(|_| Assignment::new(&model.problem));
    let parts = decompose(&forced);
    let (mut solved, mut settled) = solve(&parts, &mut budget);
    let optimal = solved.iter().all(SolvedPart::is_optimal);
    // Among plans that are not proved cheapest there are no ties to break.
    if optimal && settled {
        settled = first_list(&candidates(model, &forced, &solved), &mut solved, &mut budget);
    }
    let mut items: Vec<u32> = forced.items(Status::In).collect();
    items.extend(solved.iter().flat_map(SolvedPart::taken));
    let taken = model.problem.instance.marks(&items);
    let items = model.problem.instance.items().filter(|item| taken[*item as usize]);
    let items: Vec<u32> = items.collect();
    let weight = model.problem.weight_of(&items);
    // Parts share no item, so that the gaps between their plans and bounds add up.
    let surplus: Weight = solved.iter().map(|part| part.weight() - part.least).sum();
    Chosen {
        steps: items.iter().map(|item| model.step(*item)).collect(),
        least: (!optimal).then(|| model.cost(weight - surplus)),
        settled: settled && optimal,
        choices: prices::choices(model, &forced, &taken, &solved),
    }
}

/// The nodes that a plan may have, in learning order.
fn candidates(
    model: &Model<'_>,
    forced: &Assignment<'_>,
    solved: &[SolvedPart<'_>],
) -> Vec<PlanCandidate> {
    let places = places(solved);
    let mut candidates = Vec::new();
    for item in model.problem.instance.items().filter(|item| !forced.is(*item, Status::Out)) {
        let at = places.get(&item).copied();
        candidates.extend(model.nodes(item).iter().map(|node| PlanCandidate { node: *node, at }));
    }
    let rank = learning_rank(model.question.flow.atlas());
    candidates.sort_by_key(|candidate| rank[candidate.node.index()]);
    candidates
}
