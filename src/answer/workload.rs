//! The steps of an answer with what each takes, and how they become the rows of a schedule.

use super::words::number;
use super::{Answer, Body, Schedule, Set, Slot, StudyPlan, Table};
use crate::analysis::{Amount, Date, effortless, schedule};
use crate::graph::{Atlas, NodeIndex};
use serde_json::Value;
use std::collections::BTreeSet;

/// The steps of an answer with what each takes.
#[derive(Debug, Default)]
pub struct Workload {
    /// The steps, in order.
    pub steps: Vec<Vec<NodeIndex>>,
    /// What each takes.
    pub amounts: Vec<Amount>,
    /// Nodes that say nothing, and for which nothing stands in.
    pub silent: Vec<NodeIndex>,
    /// For how many the default stands in.
    pub defaulted: usize,
}

impl Workload {
    /// What all steps take.
    #[must_use]
    pub fn total(&self) -> Amount {
        self.amounts.iter().sum()
    }
}

/// The plan of which these are steps.
fn plan_of(answer: &Answer) -> Option<&StudyPlan> {
    match &answer.body {
        Body::Plan(plan) => Some(plan),
        Body::Set(Set { origin: Some(origin), .. }) => match &**origin {
            Body::Plan(plan) => Some(plan),
            _ => None,
        },
        _ => None,
    }
}

/// The steps of an answer: those of a plan, or else its nodes one by one, but for those that can
/// only be learned together.
fn steps_of(answer: &Answer) -> Vec<Vec<NodeIndex>> {
    if let Body::Plan(plan) = &answer.body {
        return plan.made.steps.clone();
    }
    let nodes = answer.nodes();
    let joint = plan_of(answer).map(StudyPlan::joint).unwrap_or_default();
    let together = |a: &NodeIndex, b: &NodeIndex| {
        joint.get(a).is_some_and(|number| joint.get(b) == Some(number))
    };
    nodes.chunk_by(together).map(<[NodeIndex]>::to_vec).collect()
}

impl Answer {
    /// Its steps, with what each node takes by `takes`. Milestones that say nothing take none, and
    /// if `free_goals` so do goals of a kind that nobody measures.
    #[must_use]
    pub fn workload(
        &self,
        takes: impl Fn(NodeIndex) -> Option<Amount>,
        default: Option<Amount>,
        free_goals: bool,
    ) -> Workload {
        let mut load = Workload { steps: steps_of(self), ..Workload::default() };
        let nodes: Vec<NodeIndex> = load.steps.concat();
        let goals = plan_of(self).map_or(&[][..], |plan| &plan.goals);
        let free: BTreeSet<NodeIndex> = if free_goals {
            effortless(&self.atlas, &nodes, goals)
        } else {
            nodes.iter().copied().filter(|node| self.atlas.is_milestone(*node)).collect()
        };
        for step in &load.steps {
            let mut sum = 0;
            for node in step {
                match (takes(*node), default) {
                    (Some(amount), _) => sum += amount,
                    (None, _) if free.contains(node) => {}
                    (None, Some(amount)) => {
                        load.defaulted += 1;
                        sum += amount;
                    }
                    (None, None) => load.silent.push(*node),
                }
            }
            load.amounts.push(sum);
        }
        load
    }

    /// The schedule that its rows are, if they are one.
    #[must_use]
    pub fn schedule(&self) -> Option<&Schedule> {
        match &self.body {
            Body::Table(Table { schedule, .. }) => schedule.as_deref(),
            _ => None,
        }
    }

    /// Its steps laid into weeks that hold `each`, as a table.
    #[must_use]
    pub fn scheduled(self, load: &Workload, each: Amount, field: &str, from: Option<Date>) -> Self {
        let plan = plan_of(&self);
        let known = plan.map(|plan| plan.known.clone()).unwrap_or_default();
        let goals = plan.map_or_else(|| self.nodes(), |plan| plan.goals.clone());
        let listing = self.listing();
        let slots = schedule(&load.amounts, each).into_iter().map(|part| {
            let nodes = load.steps[part.step].clone();
            let under = nodes.first().and_then(|node| listing.under(*node));
            Slot { nodes, under, part, whole: load.amounts[part.step] }
        });
        let schedule =
            Schedule { field: field.to_owned(), each, from, goals, known, slots: slots.collect() };
        let body = Body::Table(into_table(schedule, &self.atlas));
        Self { body, ..self }
    }
}

/// The slots as rows.
fn into_table(schedule: Schedule, atlas: &Atlas) -> Table {
    let rows = schedule.slots.iter().map(|slot| {
        let days = schedule.days(slot.part.week);
        let days = days.into_iter().flat_map(|(first, last)| [first, last]);
        let names: Vec<Value> =
            slot.nodes.iter().map(|node| atlas.node(*node).name().into()).collect();
        let step = match names.as_slice() {
            [name] => name.clone(),
            _ => names.into(),
        };
        let mut row: Vec<Value> = vec![slot.part.week.into()];
        row.extend(days.map(|day| Value::from(day.to_string())));
        row.extend([step, number(slot.part.amount), number(slot.part.done)]);
        row
    });
    let rows = rows.collect();
    let columns = Schedule::columns(&schedule.field, schedule.from.is_some());
    Table { schedule: Some(Box::new(schedule)), ..Table::of(columns, rows) }
}
