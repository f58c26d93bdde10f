//! A plan laid into weeks, of which calendars, check lists and charts are made.

use super::words::amount;
use crate::analysis::{Amount, Date, EFFORT, Part, UNIT};
use crate::graph::{Atlas, NodeIndex};
use std::collections::BTreeMap;

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
}
