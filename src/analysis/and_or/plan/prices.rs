//! Where a plan chose among alternatives: what it took, and what the others would cost.

use super::branch_and_bound::Budget;
use super::parts::Solved;
use super::propagate::{State, Status};
use super::puzzle::{Puzzle, Weight};
use super::{Cost, Question};
use crate::analysis::and_or::clauses::{Clause, clauses};
use crate::analysis::and_or::instance::{NONE, Requirements};
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
    Exactly(Cost),
    /// At least this; the search was not finished.
    AtLeast(Cost),
    /// There is no such plan: it is avoided or cannot be derived.
    None,
}

/// A plan being made.
pub(super) struct Made<'a> {
    pub(super) question: &'a Question<'a>,
    pub(super) requirements: &'a Requirements,
    /// The step of each item.
    pub(super) relevant: &'a [u32],
    pub(super) puzzle: &'a Puzzle,
    /// By item: is it in the plan?
    pub(super) taken: &'a [bool],
    pub(super) scale: Weight,
}

/// The choices of a plan in the order of its dependents' steps. A clause that something needed
/// anyway satisfies, or all of whose options the plan has, leaves no choice.
pub(super) fn choices(made: &Made<'_>, state: &State<'_>, parts: &mut [Solved<'_>]) -> Vec<Choice> {
    let mut item_of = vec![NONE; made.requirements.members.len()];
    for (item, step) in made.relevant.iter().enumerate() {
        item_of[*step as usize] = item as u32;
    }
    let item = |node: NodeIndex| {
        let step = made.requirements.step(node)?;
        Some(item_of[step as usize]).filter(|item| *item != NONE)
    };
    let taken = |node: NodeIndex| item(node).filter(|item| made.taken[*item as usize]);
    let mut found = Vec::new();
    // The clauses of the node looked at: one may ask for thousands.
    let mut own: (Option<NodeIndex>, Vec<Clause>) = Default::default();
    for owner in (0..made.taken.len()).filter(|owner| made.taken[*owner]) {
        let step = made.relevant[owner] as usize;
        for clause in made.requirements.asks.row(step) {
            let (node, number) = made.requirements.origin[*clause as usize];
            if own.0 != Some(node) {
                own = (Some(node), clauses(made.question.flow, node));
            }
            let clause = own.1[number as usize].clone();
            let free =
                |node: NodeIndex| taken(node).is_none_or(|item| state.is(item, Status::Open));
            if !clause.is_plain() && clause.nodes().all(free) {
                found.push(clause);
            }
        }
    }
    let rank = crate::analysis::learning_rank(made.question.flow.atlas());
    found.sort_by_key(|clause| rank[clause.dependent.index()]);
    let total: Weight = (0..made.taken.len())
        .filter(|item| made.taken[*item])
        .map(|item| made.puzzle.weight[item])
        .sum();
    let places = places(parts);
    let mut left = LIMIT_TOGETHER;
    let mut choice = |clause: Clause| {
        let (own, others): (Vec<NodeIndex>, Vec<NodeIndex>) =
            clause.nodes().partition(|node| taken(*node).is_some());
        let price = |node: NodeIndex| match item(node) {
            None => Price::None,
            Some(item) => price(made, parts, &places, total, item, &mut left),
        };
        let mut price = price;
        let others = others.into_iter().map(|node| Other { node, price: price(node) }).collect();
        Choice { dependent: clause.dependent, taken: own, others, ties: clause.ties }
    };
    let choices = found.into_iter().map(&mut choice);
    choices.filter(|choice| !choice.others.is_empty()).collect()
}

/// The part of each item, and the item there.
pub(super) type Places = BTreeMap<u32, (usize, u32)>;

/// Where each item is.
pub(super) fn places(parts: &[Solved<'_>]) -> Places {
    let numbered = parts.iter().enumerate().flat_map(|(number, part)| {
        let items = part.items.iter().enumerate().skip(1);
        items.map(move |(local, item)| (*item, (number, local as u32)))
    });
    numbered.collect()
}

/// What the lightest plan with an item costs: only the item's own part changes.
fn price(
    made: &Made<'_>,
    parts: &mut [Solved<'_>],
    places: &Places,
    total: Weight,
    item: u32,
    left: &mut usize,
) -> Price {
    let Some(&(at, local)) = places.get(&item) else { return Price::None };
    let part = &mut parts[at];
    let limit = LIMIT_EACH.min(*left);
    if limit == 0 || raised(made.question.stop) {
        return Price::AtLeast(0);
    }
    let mut budget = Budget::new(limit, made.question.stop);
    let (plan, least) = part.with(local, &mut budget);
    *left -= (limit - budget.left.min(limit)).min(*left);
    let Some(plan) = plan else { return Price::None };
    let rest = total - part.weight();
    let weight = part.state.puzzle.weight_of(&plan);
    if weight == least {
        Price::Exactly((rest + weight) / made.scale)
    } else {
        Price::AtLeast((rest + least).div_ceil(made.scale))
    }
}
