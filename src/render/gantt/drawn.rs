//! The chart as SVG.

use super::{BAR, Bar, DATES, GanttChart, HEAD, ROW, SMALL, SUBTITLE, TEXT};
use crate::answer::{amount, in_units};
use crate::diagnostic::visible;
use crate::layout::{Area, Point, text_width, wrapped};
use crate::render::Look;
use crate::render::legend::{Legend, Swatch, footnote};
use crate::render::paper::Paper;
use crate::render::sheet::{MARGIN, SizedDocument, Surroundings};
use crate::render::xml::{escaped, number, placed, words};

/// So many rows are on every sheet.
const FEWEST_ROWS: usize = 4;

impl GanttChart<'_> {
    /// The document; on paper as many sheets as it takes.
    pub(in crate::render) fn documents(self, look: &Look<'_>, paper: &Paper) -> Vec<SizedDocument> {
        let around = self.around(look, None);
        let charts = match (paper.pages, paper.size) {
            (true, [Some(width), Some(height)]) => {
                let room = height * (around.inner + 2.0 * MARGIN) / width - around.height();
                let rows = (room - SUBTITLE - self.head()) / ROW;
                self.parted((rows as usize).max(FEWEST_ROWS))
            }
            _ => vec![self],
        };
        let count = charts.len();
        let documents = charts.iter().enumerate().map(|(at, chart)| {
            let around = chart.around(look, (count > 1).then(|| format!("{} / {count}", at + 1)));
            around.around(&chart.fragment(), chart.size(), paper.size)
        });
        documents.collect()
    }

    fn around<'a>(&self, look: &'a Look<'a>, number: Option<String>) -> Surroundings<'a> {
        let size = self.size();
        let told = if look.drawing.legend { vec![self.kinds_told()] } else { Vec::new() };
        let told = told.into_iter().chain([footnote(look)]).collect();
        Surroundings {
            look,
            inner: size.x,
            description: self.in_short(),
            style: self.style(look.drawing.theme),
            legend: Legend::of(told, size.x),
            number,
        }
    }

    /// Charts of so many rows, their headings among them.
    fn parted(mut self, rows: usize) -> Vec<Self> {
        let heading = usize::from(self.has_headings());
        let mut sheets = vec![Vec::new()];
        let mut left = rows;
        for (under, bars) in std::mem::take(&mut self.sections) {
            let mut bars = bars.into_iter().peekable();
            while bars.peek().is_some() {
                if left <= heading {
                    sheets.push(Vec::new());
                    left = rows;
                }
                let here: Vec<Bar<'_>> = bars.by_ref().take(left - heading).collect();
                left -= heading + here.len();
                if let Some(sheet) = sheets.last_mut() {
                    sheet.push((under, here));
                }
            }
        }
        sheets.into_iter().map(|sections| Self { sections, ..self }).collect()
    }

    /// The chart and what its colours mean, and how high they are.
    pub(in crate::render) fn with_legend(&self) -> (String, Point) {
        let Point { x, y } = self.size();
        let legend = Legend::of(vec![self.kinds_told()], x);
        let drawn = legend.drawn(Point { x: 0.0, y: y + 8.0 });
        (self.fragment() + &drawn, Point { x, y: y + 8.0 + legend.height })
    }

    fn kinds_told(&self) -> Vec<(Swatch, String)> {
        let schema = self.atlas.schema();
        let told = self.kinds().into_iter().filter_map(|kind| {
            let name = visible(&schema.kinds.get(kind)?.name);
            Some((Swatch::Node(format!("k{kind}")), name))
        });
        told.collect()
    }

    /// The chart without a document around it.
    fn fragment(&self) -> String {
        let mut text = self.weeks();
        let mut y = self.head();
        for (under, bars) in &self.sections {
            if self.has_headings() {
                let line = number(y + 0.5);
                let end = number(self.names + self.week * self.weeks as f64);
                text.push_str(&format!("<path class=\"grid\" d=\"M0 {line}H{end}\"/>"));
                let at = Point { x: 0.0, y: y + ROW / 2.0 + TEXT * 0.36 };
                let name = self.fitted(&self.heading(*under), 0.0);
                text.push_str(&words("heading", &name, at, TEXT, "start"));
                text.push('\n');
                y += ROW;
            }
            for bar in bars {
                text.push_str(&self.bar(bar, y));
                y += ROW;
            }
        }
        let at = Point { x: 0.0, y: TEXT };
        let in_short = words("soft", &self.in_short(), at, TEXT, "start");
        format!(
            "{in_short}
<g transform=\"translate(0 {})\">
{text}</g>
",
            number(SUBTITLE)
        )
    }

    /// A name in the room that there is.
    fn fitted(&self, name: &str, indent: f64) -> String {
        let room = self.names - indent - 10.0;
        wrapped(name, room, 1, |text| text_width(text, TEXT)).remove(0)
    }

    /// The columns: every other one is shaded, and as many are labelled as there is room for.
    fn weeks(&self) -> String {
        let (height, dated) = (self.size().y - SUBTITLE, self.schedule.from.is_some());
        let wide = if dated { 40.0 } else { 26.0 };
        let every = (wide / self.week).ceil().max(1.0) as usize;
        let mut text = String::new();
        for place in 0..self.weeks {
            let left = self.names + self.week * place as f64;
            let area = Area { corner: Point { x: left, y: 0.0 }, width: self.week, height };
            if (place / every).is_multiple_of(2) {
                text.push_str(&format!("<rect class=\"band\" {}/>\n", placed(area)));
            }
            if place % every != 0 {
                continue;
            }
            let week = self.first + place;
            let at = Point { x: left + 4.0, y: HEAD - 7.0 };
            text.push_str(&words("soft", &week.to_string(), at, SMALL, "start"));
            if let Some((day, _)) = self.schedule.days(week) {
                let at = Point { x: left + 4.0, y: HEAD + DATES - 8.0 };
                text.push_str(&words("soft", &day.to_string()[5..], at, SMALL, "start"));
            }
            text.push('\n');
        }
        let line = number(self.head() - 0.5);
        let right = number(self.names + self.week * self.weeks as f64);
        text + &format!("<path class=\"grid\" d=\"M0 {line}H{right}\"/>\n")
    }

    /// A row: the name, the bar, how much.
    fn bar(&self, bar: &Bar<'_>, y: f64) -> String {
        let indent = if self.has_headings() { 12.0 } else { 0.0 };
        let middle = y + ROW / 2.0;
        let base = middle + TEXT * 0.36;
        let mut text = format!(
            "<g class=\"bar k{}\"><title>{}</title>",
            self.color(bar),
            escaped(&self.told(bar))
        );
        let name = self.fitted(&bar.name, indent);
        text.push_str(&words("name", &name, Point { x: indent, y: base }, TEXT, "start"));
        let place = |weeks: f64| self.names + (weeks - (self.first - 1) as f64) * self.week;
        let (left, right) = (place(bar.start), place(bar.end));
        if bar.is_point() {
            let (x, half) = (right, 6.0);
            text.push_str(&format!(
                "<path d=\"M{} {m}L{x} {}L{} {m}L{x} {}Z\"/></g>\n",
                number(x - half),
                number(middle - half),
                number(x + half),
                number(middle + half),
                m = number(middle),
                x = number(x),
            ));
            return text;
        }
        let width = (right - left).max(2.0);
        let corner = Point { x: left, y: middle - BAR / 2.0 };
        let area = Area { corner, width, height: BAR };
        text.push_str(&format!("<rect {} rx=\"3\"/>", placed(area)));
        let hours = amount(bar.amount());
        let inside = text_width(&hours, SMALL) + 8.0 < width;
        let (class, x, anchor) = if inside {
            ("inside", left + width / 2.0, "middle")
        } else {
            ("soft", left + width + 5.0, "start")
        };
        let at = Point { x, y: middle + SMALL * 0.36 };
        text.push_str(&words(class, &hours, at, SMALL, anchor));
        text + "</g>\n"
    }

    /// What is told of a bar where one points at it.
    fn told(&self, bar: &Bar<'_>) -> String {
        let week = |slot: Option<&&crate::answer::Slot>| slot.map_or(1, |slot| slot.part.week);
        let (first, last) = (week(bar.slots.first()), week(bar.slots.last()));
        let weeks = if first == last {
            format!("week {first}")
        } else {
            format!("weeks {first} to {last}")
        };
        let spent = visible(&in_units(bar.amount(), &self.schedule.field));
        let mut told = format!("{}: {spent}, {weeks}", bar.name);
        let days = (self.schedule.days(first), self.schedule.days(last));
        if let (Some((from, _)), Some((_, to))) = days {
            told.push_str(&format!(" ({from} – {to})"));
        }
        told
    }
}
