//! What people's knowledge is measured against: the plan for some goals, or one that was asked for.

use super::plan::PlanOperator;
use crate::analysis::{Amount, EFFORT};
use crate::answer::{Answer, Body, Note, Shape, Spent, number};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, Flow, NodeIndex};
use crate::query::bind::{Arguments, Atom};
use crate::query::{Limits, Operator};
use serde_json::Value;
use std::collections::BTreeSet;

/// The operand of a verb, as a plan.
#[derive(Debug)]
pub(super) struct Target {
    plan: Box<dyn Operator>,
    /// Is it a plan with conditions of its own?
    pub(super) given: bool,
}

/// A plan for somebody who knows nothing, unless it says otherwise.
pub(super) struct Planned {
    answer: Answer,
    /// What each step takes, if anybody says so.
    pub(super) hours: Vec<Option<Amount>>,
    /// How many steps have a node that says nothing, and does not take nothing.
    unsaid: usize,
    /// Why there is none, or how far it is the best.
    pub(super) notes: Vec<Note>,
    pub(super) complete: bool,
}

impl Target {
    pub(super) fn bind(arguments: &Arguments<'_>) -> Result<Self, Diagnostic> {
        arguments.must_flow(Flow::exists(arguments.binder.atlas, &None))?;
        let of = arguments.operand()?;
        let given =
            matches!(of.atoms.as_slice(), [Atom::Query(query)] if query.shape == Shape::Plan);
        let plan: Box<dyn Operator> =
            if given { Box::new(of) } else { Box::new(PlanOperator::of(of)) };
        Ok(Self { plan, given })
    }

    pub(super) fn planned(&self, atlas: &Atlas, limits: &Limits<'_>) -> Planned {
        let mut answer = self.plan.run(atlas, limits);
        let complete = answer.complete;
        let mut notes = std::mem::take(&mut answer.notes);
        let (hours, unsaid) = hours(atlas, &answer);
        match (hours.is_empty(), complete) {
            (true, _) => {}
            // How good the plan is stands first.
            (false, false) => notes.truncate(1),
            (false, true) => notes.clear(),
        }
        Planned { answer, hours, unsaid, notes, complete }
    }
}

impl Planned {
    /// The nodes of each step.
    pub(super) fn steps(&self) -> &[Vec<NodeIndex>] {
        match &self.answer.body {
            Body::Plan(plan) => &plan.made.steps,
            _ => &[],
        }
    }

    pub(super) fn goals(&self) -> &[NodeIndex] {
        match &self.answer.body {
            Body::Plan(plan) => &plan.goals,
            _ => &[],
        }
    }

    /// The places of the steps that stand under each milestone, in the order in which a page shows
    /// them.
    pub(super) fn under(&self) -> Vec<(Option<NodeIndex>, Vec<usize>)> {
        let listing = self.answer.listing();
        let order: Vec<Option<NodeIndex>> =
            listing.groups().iter().map(|(under, _)| *under).collect();
        let mut groups: Vec<(Option<NodeIndex>, Vec<usize>)> =
            order.into_iter().map(|under| (under, Vec::new())).collect();
        for (at, step) in self.steps().iter().enumerate() {
            let under = step.iter().find_map(|node| listing.under(*node));
            if let Some((_, places)) = groups.iter_mut().find(|(own, _)| *own == under) {
                places.push(at);
            }
        }
        groups.retain(|(_, places)| !places.is_empty());
        groups
    }

    /// The sum of what these steps take; nothing where nobody says anything of any step.
    pub(super) fn sum(&self, places: impl IntoIterator<Item = usize>) -> Value {
        if self.hours.iter().all(Option::is_none) {
            return Value::Null;
        }
        number(places.into_iter().filter_map(|at| self.hours[at]).sum())
    }

    /// What to say of the steps that say no hours, if some do.
    pub(super) fn unsaid(&self) -> Option<Note> {
        let steps = self.hours.len();
        match self.unsaid {
            0 => None,
            _ if self.hours.iter().all(Option::is_none) => None,
            1 => Some(format!("1 of {steps} steps says no {EFFORT}").into()),
            unsaid => Some(format!("{unsaid} of {steps} steps say no {EFFORT}").into()),
        }
    }
}

/// What each step takes, if any of its nodes says so; and of how many steps not all is said.
fn hours(atlas: &Atlas, answer: &Answer) -> (Vec<Option<Amount>>, usize) {
    let Body::Plan(plan) = &answer.body else { return (Vec::new(), 0) };
    let takes = |node: NodeIndex| Spent::hours(plan.spent.as_ref(), atlas, node);
    let load = answer.workload(takes, None, true);
    let silent: BTreeSet<NodeIndex> = load.silent.iter().copied().collect();
    let steps = load.steps.iter();
    let unsaid = steps.clone().filter(|step| step.iter().any(|node| silent.contains(node)));
    let says = |step: &Vec<NodeIndex>| step.iter().any(|node| takes(*node).is_some());
    let hours = steps.clone().zip(&load.amounts).map(|(step, sum)| says(step).then_some(*sum));
    (hours.collect(), unsaid.count())
}
