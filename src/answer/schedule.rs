//! A plan laid into weeks: the rows of a table, of which calendars, check lists and charts are made.

use super::words::{amount, number};
use super::{Answer, Body, Plan, Set, Table};
use crate::analysis::{Amount, Date, EFFORT, Part, UNIT, effortless, schedule};
use crate::graph::{Atlas, NodeIndex};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Steps in weeks.
#[derive(Debug, Clone, Default)]
pub struct Schedule {
    /// What is added up.
    pub field: String,
    /// How much a week holds.
    pub each: Amount,
    /// The first day, if it has dates.
    pub from: Option<Date>,
    /// What it reaches; of an answer without goals, all that is in it.
    pub goals: Vec<NodeIndex>,
    /// What is known already, of all that the goals need.
    pub known: Vec<NodeIndex>,
    /// A slot for each row of the table.
    pub slots: Vec<Slot>,
}

/// What of a step is done in a week.
#[derive(Debug, Clone)]
pub struct Slot {
    /// What is learned, together.
    pub nodes: Vec<NodeIndex>,
    /// The milestone that needs it first.
    pub under: Option<NodeIndex>,
    /// Where in the schedule, and how much.
    pub part: Part,
    /// How much the whole step takes.
    pub whole: Amount,
}

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
fn plan_of(answer: &Answer) -> Option<&Plan> {
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
    let joint = plan_of(answer).map(Plan::joint).unwrap_or_default();
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
        let body = Body::Table(schedule.into_table(&self.atlas));
        Self { body, ..self }
    }
}

/// `1 hour`, `4.5 hours`, `3 days`.
#[must_use]
pub fn in_units(cost: Amount, field: &str) -> String {
    let one = if cost == UNIT && field == EFFORT { "hour" } else { field };
    format!("{} {one}", amount(cost))
}

impl Slot {
    /// Is more of the step done in another week?
    #[must_use]
    pub fn is_part(&self) -> bool {
        self.part.amount < self.whole
    }

    /// How much is done, in words, and of how much if that is not all; nothing of what takes nothing.
    #[must_use]
    pub fn spent(&self, field: &str) -> String {
        match (self.whole, self.is_part()) {
            (0, _) => String::new(),
            (whole, true) => format!("{} of {}", amount(self.part.amount), in_units(whole, field)),
            (whole, false) => in_units(whole, field),
        }
    }

    /// What is learned, in words.
    #[must_use]
    pub fn name(&self, atlas: &Atlas) -> String {
        let names = self.nodes.iter().map(|node| atlas.node(*node).name());
        names.collect::<Vec<&str>>().join(" + ")
    }
}

impl Schedule {
    /// The names of the columns.
    #[must_use]
    pub fn columns(field: &str, dated: bool) -> Vec<String> {
        let dates: &[&str] = if dated { &["from", "to"] } else { &[] };
        [&["week"], dates, &["step", field, "done after"]]
            .concat()
            .into_iter()
            .map(str::to_owned)
            .collect()
    }

    /// The first and the last day of a week.
    #[must_use]
    pub fn days(&self, week: usize) -> Option<(Date, Date)> {
        let first = self.from?.later(7 * (week as i64 - 1))?;
        Some((first, first.later(6)?))
    }

    /// The slots week by week.
    #[must_use]
    pub fn weeks(&self) -> BTreeMap<usize, Vec<&Slot>> {
        let mut weeks: BTreeMap<usize, Vec<&Slot>> = BTreeMap::new();
        for slot in &self.slots {
            weeks.entry(slot.part.week).or_default().push(slot);
        }
        weeks
    }

    fn into_table(self, atlas: &Atlas) -> Table {
        let rows = self.slots.iter().map(|slot| {
            let days = self.days(slot.part.week);
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
        let columns = Self::columns(&self.field, self.from.is_some());
        Table { columns, rows, schedule: Some(Box::new(self)) }
    }
}
