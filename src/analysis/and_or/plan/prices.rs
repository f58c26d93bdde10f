//! Where a plan chose among alternatives: what it took, and what the others would cost.

use super::Amount;
use super::budget::Budget;
use super::model::Model;
use super::parts::{SolvedPart, places};
use super::problem::Weight;
use super::propagate::{Assignment, Status};
use crate::analysis::and_or::clauses::Clause;
use crate::analysis::learning_rank;
use crate::graph::{EdgeIndex, NodeIndex};
use crate::stop::raised;
use std::collections::BTreeMap;

/// How many search nodes the price of one other alternative may take.
const LIMIT_EACH: usize = 200;
/// How many they may take together.
const LIMIT_TOGETHER: usize = 4_000;

/// One decision.
#[derive(Debug, Clone)]
pub struct Choice {
    /// Who asks for one of them.
    pub dependent: NodeIndex,
    /// What the plan has of the alternatives.
    pub taken: Vec<NodeIndex>,
    /// The other alternatives, by id.
    pub others: Vec<Other>,
    /// The edges that tie the alternatives, where the dependent does not call them so itself.
    pub ties: Vec<EdgeIndex>,
}

/// An alternative that was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Other {
    /// The node.
    pub node: NodeIndex,
    /// What a plan with it costs.
    pub price: Price,
}

/// What a plan with something else costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Price {
    /// Exactly this.
    Exactly(Amount),
    /// At least this; the search was not finished.
    AtLeast(Amount),
    /// There is no such plan: it is avoided or cannot be derived.
    None,
}

/// The choices of a plan whose items are `taken`, in the order of its dependents' steps. A clause
/// that something needed anyway satisfies, or all of whose options the plan has, leaves no choice.
pub(super) fn choices(
    model: &Model<'_>,
    forced: &Assignment<'_>,
    taken: &[bool],
    parts: &[SolvedPart<'_>],
) -> Vec<Choice> {
    let items = || model.problem.instance.items().filter(|item| taken[*item as usize]);
    let requirements = model.requirements;
    let is_taken = |node: &NodeIndex| model.item(*node).is_some_and(|item| taken[item as usize]);
    let is_free = |node: NodeIndex| {
        !is_taken(&node) || model.item(node).is_none_or(|item| forced.is(item, Status::Open))
    };
    let asked = items().flat_map(|item| {
        let clauses = requirements.instance.asks.row(model.step(item) as usize).iter();
        clauses.map(|clause| requirements.clause(*clause as usize))
    });
    let open = asked.filter(|clause| !clause.is_plain() && clause.nodes().all(is_free));
    let mut open: Vec<&Clause> = open.collect();
    let rank = learning_rank(model.question.flow.atlas());
    open.sort_by_key(|clause| rank[clause.dependent.index()]);
    let total = items().map(|item| model.problem.weight[item as usize]).sum();
    let mut prices = Prices { model, parts, places: places(parts), total, left: LIMIT_TOGETHER };
    let choice = |clause: &Clause| {
        let (taken, others): (Vec<_>, Vec<_>) = clause.nodes().partition(is_taken);
        let others = others.into_iter().map(|node| Other { node, price: prices.of(node) });
        let others = others.collect();
        Choice { dependent: clause.dependent, taken, others, ties: clause.ties.clone() }
    };
    let choices = open.into_iter().map(choice);
    choices.filter(|choice| !choice.others.is_empty()).collect()
}

/// Works out prices as long as the budget for all of them lasts.
struct Prices<'a> {
    model: &'a Model<'a>,
    parts: &'a [SolvedPart<'a>],
    /// The part of each item, and the item there.
    places: BTreeMap<u32, (usize, u32)>,
    /// What the plan weighs.
    total: Weight,
    left: usize,
}

impl Prices<'_> {
    /// What the lightest plan with a node costs: only the part changes that it belongs to.
    fn of(&mut self, node: NodeIndex) -> Price {
        let item = self.model.item(node);
        let Some(&(at, item)) = item.and_then(|item| self.places.get(&item)) else {
            return Price::None;
        };
        let limit = LIMIT_EACH.min(self.left);
        if limit == 0 || raised(self.model.question.stop) {
            return Price::AtLeast(0);
        }
        let mut budget = Budget::new(limit, self.model.question.stop);
        let part = &self.parts[at];
        let best = part.with(item, &mut budget);
        self.left -= limit - budget.left();
        let rest = self.total - part.weight();
        let weight = best.plan.map(|plan| part.assignment.problem.weight_of(&plan));
        match weight {
            Some(weight) if weight == best.least => Price::Exactly(self.model.cost(rest + weight)),
            None if best.finished => Price::None,
            _ => Price::AtLeast(self.model.cost(rest + best.least)),
        }
    }
}
