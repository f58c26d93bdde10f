//! The chart as Mermaid draws it.

use super::{Bar, sections};
use crate::analysis::Date;
use crate::answer::{Answer, Schedule, in_units};
use crate::render::Look;

/// Where nobody says when it begins: a Monday that begins the first whole week of its year, so that
/// the axis numbers the weeks.
const UNDATED: &str = "2000-01-03";

/// A Gantt chart for Mermaid, in which `escaped` makes texts harmless.
pub(in crate::render) fn mermaid(
    answer: &Answer,
    schedule: &Schedule,
    look: &Look<'_>,
    escaped: fn(&str) -> String,
) -> String {
    let atlas = &answer.atlas;
    let mut text = format!("gantt\n  accTitle: {}\n  dateFormat YYYY-MM-DD\n", escaped(look.query));
    let axis = if schedule.from.is_some() { "%m-%d" } else { "week %W" };
    text.push_str(&format!("  axisFormat {axis}\n  tickInterval 1week\n"));
    let Some(from) = schedule.from.or_else(|| Date::read(UNDATED)) else { return text };
    let mut number = 0;
    for (under, bars) in sections(atlas, schedule) {
        if let Some(node) = under {
            text.push_str(&format!("  section {}\n", escaped(atlas.node(node).name())));
        } else if number > 0 {
            text.push_str("  section Others\n");
        }
        for bar in bars {
            number += 1;
            text.push_str(&task(&bar, &schedule.field, number, from, escaped));
        }
    }
    text
}

/// A line for a step, which lasts whole days.
fn task(
    bar: &Bar<'_>,
    field: &str,
    number: usize,
    from: Date,
    escaped: fn(&str) -> String,
) -> String {
    let name = escaped(&bar.name);
    let (start, end) = ((bar.start * 7.0).floor() as i64, (bar.end * 7.0).ceil() as i64);
    if bar.is_point() {
        let day = from.later((end - 1).max(0)).unwrap_or(from);
        return format!("  {name} :milestone, s{number}, {day}, 0d\n");
    }
    let day = from.later(start).unwrap_or(from);
    let spent = escaped(&in_units(bar.amount(), field));
    format!("  {name}, {spent} :s{number}, {day}, {}d\n", (end - start).max(1))
}
