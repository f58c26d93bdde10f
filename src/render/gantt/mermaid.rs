//! The chart as Mermaid draws it.

use super::{Bar, sections};
use crate::analysis::Date;
use crate::answer::{Answer, Schedule, in_units};
use crate::render::Look;

/// Where nobody says when it begins: a Monday that begins the first whole week of its year, so that
/// the axis numbers the weeks.
const UNDATED: &str = "2000-01-03";

/// So many weeks of a year can be numbered by dates.
const YEAR: usize = 52;
/// Beyond that a week is a second, whose number the axis tells; in thousandths.
const SECOND: f64 = 1000.0;

/// How a chart tells when something is.
#[derive(Clone, Copy)]
enum Clock {
    Days(Date),
    Seconds,
}

impl Clock {
    fn of(schedule: &Schedule) -> Option<Self> {
        let weeks = schedule.slots.iter().map(|slot| slot.part.week).max().unwrap_or(0);
        match schedule.from {
            Some(from) => Some(Self::Days(from)),
            None if weeks > YEAR => Some(Self::Seconds),
            None => Date::read(UNDATED).map(Self::Days),
        }
    }

    fn head(self, schedule: &Schedule) -> &'static str {
        match (self, schedule.from) {
            (Self::Seconds, _) => "  dateFormat x\n  axisFormat week %s\n  tickInterval 4second\n",
            (_, Some(_)) => "  dateFormat YYYY-MM-DD\n  axisFormat %m-%d\n  tickInterval 1week\n",
            (_, None) => "  dateFormat YYYY-MM-DD\n  axisFormat week %W\n  tickInterval 1week\n",
        }
    }

    /// When a step begins, and how long it lasts.
    fn span(self, bar: &Bar<'_>) -> (String, String) {
        match self {
            Self::Days(from) => {
                let (start, end) =
                    ((bar.start * 7.0).floor() as i64, (bar.end * 7.0).ceil() as i64);
                let start = if bar.is_point() { (end - 1).max(0) } else { start };
                let lasts = if bar.is_point() { 0 } else { (end - start).max(1) };
                (from.later(start).unwrap_or(from).to_string(), format!("{lasts}d"))
            }
            // The first week is the first second, not the one before.
            Self::Seconds => {
                let at = |weeks: f64| ((weeks + 1.0) * SECOND).round() as i64;
                let start = if bar.is_point() { at(bar.end) } else { at(bar.start) };
                let lasts = if bar.is_point() { 0 } else { (at(bar.end) - start).max(1) };
                (start.to_string(), format!("{lasts}ms"))
            }
        }
    }
}

/// A Gantt chart for Mermaid, in which `escaped` makes texts harmless.
pub(in crate::render) fn mermaid(
    answer: &Answer,
    schedule: &Schedule,
    look: &Look<'_>,
    escaped: fn(&str) -> String,
) -> String {
    let atlas = &answer.atlas;
    let mut text = format!("gantt\n  accTitle: {}\n", escaped(look.query));
    let Some(clock) = Clock::of(schedule) else { return text };
    text.push_str(clock.head(schedule));
    let mut number = 0;
    for (under, bars) in sections(atlas, schedule) {
        if let Some(node) = under {
            text.push_str(&format!("  section {}\n", escaped(atlas.node(node).name())));
        } else if number > 0 {
            text.push_str("  section Others\n");
        }
        for bar in bars {
            number += 1;
            text.push_str(&task(&bar, &schedule.field, number, clock, escaped));
        }
    }
    text
}

/// A line for a step, which lasts whole days where days are told.
fn task(
    bar: &Bar<'_>,
    field: &str,
    number: usize,
    clock: Clock,
    escaped: fn(&str) -> String,
) -> String {
    let name = escaped(&bar.name);
    let (start, lasts) = clock.span(bar);
    if bar.is_point() {
        return format!("  {name} :milestone, s{number}, {start}, {lasts}\n");
    }
    let spent = escaped(&in_units(bar.amount(), field));
    format!("  {name}, {spent} :s{number}, {start}, {lasts}\n")
}
