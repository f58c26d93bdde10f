//! A schedule as a Gantt chart: weeks across, steps down, a bar for each from where it begins to
//! where it ends, under the milestone that needs it first.

mod drawn;
mod mermaid;

pub(super) use mermaid::mermaid;

use super::Theme;
use super::palette::{ASH, CHALK, Color, GREY, INK, NIGHT, WHITE};
use crate::analysis::Amount;
use crate::answer::{Answer, Schedule, Slot, in_units};
use crate::diagnostic::{Diagnostic, visible};
use crate::graph::{Atlas, NodeIndex};
use crate::layout::{Point, text_width};
use std::collections::BTreeSet;

/// A step of a schedule.
struct Bar<'a> {
    slots: Vec<&'a Slot>,
    name: String,
    /// Where it begins and ends, in weeks.
    start: f64,
    end: f64,
}

/// A schedule as bars, in sections.
pub(super) struct GanttChart<'a> {
    atlas: &'a Atlas,
    schedule: &'a Schedule,
    sections: Vec<(Option<NodeIndex>, Vec<Bar<'a>>)>,
    /// The first week, and how many there are.
    first: usize,
    weeks: usize,
    /// How wide the names are, and a week.
    names: f64,
    week: f64,
}

const TEXT: f64 = 12.0;
const SMALL: f64 = 11.0;
/// How high a row is, and a bar in it.
const ROW: f64 = 24.0;
const BAR: f64 = 15.0;
/// Room for the weeks' numbers, and their dates.
const HEAD: f64 = 22.0;
const DATES: f64 = 16.0;
/// Room for what it is in short.
const SUBTITLE: f64 = 26.0;
const WIDEST_NAME: f64 = 280.0;
/// What all weeks have together if that makes none too narrow or too wide.
const ACROSS: f64 = 900.0;
const NARROWEST: f64 = 12.0;
const WIDEST: f64 = 72.0;
/// Nobody could read more.
const MOST_ROWS: usize = 2_000;
const MOST_WEEKS: usize = 1_000;

impl<'a> GanttChart<'a> {
    /// The chart of a schedule; an error if it would be too large.
    pub(super) fn new(answer: &'a Answer, schedule: &'a Schedule) -> Result<Self, Diagnostic> {
        let atlas = &answer.atlas;
        let in_weeks = || schedule.slots.iter().map(|slot| slot.part.week);
        let (first, last) = (in_weeks().min().unwrap_or(1), in_weeks().max().unwrap_or(1));
        let (sections, weeks) = (sections(atlas, schedule), last - first + 1);
        let bars = || sections.iter().flat_map(|(_, bars)| bars);
        if bars().count() > MOST_ROWS || weeks > MOST_WEEKS {
            return Err(too_large(bars().count(), weeks));
        }
        let widths = bars().map(|bar| text_width(&bar.name, TEXT));
        let headings = sections.iter().filter_map(|(under, _)| *under);
        let headings = headings.map(|node| text_width(atlas.node(node).name(), TEXT));
        let names = widths.chain(headings).fold(60.0, f64::max).min(WIDEST_NAME) + 24.0;
        let week = (ACROSS / weeks as f64).clamp(NARROWEST, WIDEST);
        Ok(Self { atlas, schedule, sections, first, weeks, names, week })
    }

    /// How wide and high it is.
    pub(super) fn size(&self) -> Point {
        let rows: usize = self.sections.iter().map(|(_, bars)| bars.len()).sum();
        let headings = if self.has_headings() { self.sections.len() } else { 0 };
        // What stands behind the last bar.
        let width = self.names + self.week * self.weeks as f64 + 56.0;
        Point { x: width, y: SUBTITLE + self.head() + (rows + headings) as f64 * ROW }
    }

    fn head(&self) -> f64 {
        HEAD + if self.schedule.from.is_some() { DATES } else { 0.0 }
    }

    fn has_headings(&self) -> bool {
        self.sections.iter().any(|(under, _)| under.is_some())
    }

    fn heading(&self, under: Option<NodeIndex>) -> String {
        visible(under.map_or("Others", |node| self.atlas.node(node).name()))
    }

    fn color(&self, bar: &Bar<'_>) -> usize {
        let node = bar.slots[0].nodes[0];
        self.atlas.node(node).kinds.first().copied().unwrap_or(0)
    }

    /// The kinds of its steps, by which bars are coloured.
    fn kinds(&self) -> BTreeSet<usize> {
        let bars = self.sections.iter().flat_map(|(_, bars)| bars);
        bars.map(|bar| self.color(bar)).collect()
    }

    /// How much, how many weeks, from when to when.
    pub(super) fn in_short(&self) -> String {
        let sum: Amount = self.schedule.slots.iter().map(|slot| slot.part.amount).sum();
        let weeks = if self.weeks == 1 { "1 week".into() } else { format!("{} weeks", self.weeks) };
        let mut words = format!("{} · {weeks}", visible(&in_units(sum, &self.schedule.field)));
        let days = self.schedule.days(self.first);
        let last = self.schedule.days(self.first + self.weeks - 1);
        if let (Some((from, _)), Some((_, to))) = (days, last) {
            words.push_str(&format!(" · {from} – {to}"));
        }
        words
    }

    /// The colours, as CSS.
    pub(super) fn style(&self, theme: Theme) -> String {
        theme.css("", |dark| self.colors(dark))
    }

    fn colors(&self, dark: bool) -> String {
        let (ground, ink, soft) = if dark { (NIGHT, CHALK, ASH) } else { (WHITE, INK, GREY) };
        let mut css = format!(
            ".ground{{fill:{}}}text{{fill:{}}}text.soft{{fill:{}}}.band{{fill:{}}}\
             .grid{{stroke:{};stroke-width:1}}",
            ground.hex(),
            ink.hex(),
            soft.hex(),
            soft.on(ground, 7).hex(),
            soft.on(ground, 28).hex()
        );
        for kind in self.kinds() {
            let color = Color::of_kind(self.atlas, Some(kind));
            let fill = if dark { color.on(NIGHT, 82) } else { color.on(WHITE, 88) };
            let inside = fill.ink();
            css.push_str(&format!(
                ".k{kind} rect,.k{kind} path{{fill:{}}}.k{kind} text.inside{{fill:{}}}",
                fill.hex(),
                inside.hex()
            ));
        }
        css
    }
}

/// The refusal of a chart that nobody could read.
fn too_large(steps: usize, weeks: usize) -> Diagnostic {
    let message = format!("a chart of {steps} steps in {weeks} weeks would be unreadable");
    Diagnostic::new("too-large", message)
        .help(format!("charts have at most {MOST_ROWS} steps and {MOST_WEEKS} weeks"))
        .help("ask for less: then where week <= 52")
}

/// The steps under their milestones, both in the order in which they come first.
fn sections<'a>(atlas: &Atlas, schedule: &'a Schedule) -> Vec<(Option<NodeIndex>, Vec<Bar<'a>>)> {
    let mut places = std::collections::HashMap::new();
    let mut steps: Vec<Vec<&Slot>> = Vec::new();
    for slot in &schedule.slots {
        let place = *places.entry(slot.part.step).or_insert(steps.len());
        if place == steps.len() {
            steps.push(Vec::new());
        }
        steps[place].push(slot);
    }
    let mut sections: Vec<(Option<NodeIndex>, Vec<Bar<'a>>)> = Vec::new();
    for slots in steps {
        let under = slots[0].under;
        let bar = Bar::new(atlas, schedule, slots);
        match sections.iter_mut().find(|(own, _)| *own == under) {
            Some((_, bars)) => bars.push(bar),
            None => sections.push((under, vec![bar])),
        }
    }
    sections
}

impl<'a> Bar<'a> {
    fn new(atlas: &Atlas, schedule: &Schedule, slots: Vec<&'a Slot>) -> Self {
        // How much is done by then tells the place, in weeks of so much: bars begin and end within
        // one.
        let each = schedule.each.max(1) as f64;
        let begins = slots.iter().map(|slot| slot.part.done - slot.part.amount).min();
        let ends = slots.iter().map(|slot| slot.part.done).max();
        let [start, end] = [begins, ends].map(|place| place.unwrap_or_default() as f64 / each);
        let name = visible(&slots[0].name(atlas));
        Self { slots, name, start, end }
    }

    /// How much of it is in the chart.
    fn amount(&self) -> Amount {
        self.slots.iter().map(|slot| slot.part.amount).sum()
    }

    /// Does it take nothing?
    fn is_point(&self) -> bool {
        self.slots.iter().all(|slot| slot.whole == 0)
    }
}
