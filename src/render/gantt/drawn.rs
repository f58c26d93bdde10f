//! The chart as SVG.

use super::{BAR, Bar, Chart, DATES, HEAD, LEGEND, ROW, SMALL, TEXT};
use crate::answer::{amount, in_units};
use crate::diagnostic::visible;
use crate::layout::{Area, Point, text_width, wrapped};
use crate::render::Look;
use crate::render::xml::{escaped, number, placed, words};

/// Room around everything.
const MARGIN: f64 = 24.0;
const TITLE: f64 = 16.0;
const TITLE_LINE: f64 = 22.0;

impl Chart<'_> {
    /// The whole document, and how large it is.
    pub(in crate::render) fn document(&self, look: &Look<'_>) -> (String, Point) {
        let size = self.size();
        let query = visible(&look.query.split_whitespace().collect::<Vec<&str>>().join(" "));
        let title = wrapped(&query, size.x, 2, |text| text_width(text, TITLE));
        let top = MARGIN + (title.len() + 1) as f64 * TITLE_LINE + 8.0;
        let all = Point { x: size.x + 2.0 * MARGIN, y: top + size.y + MARGIN };
        let (across, down) = (number(all.x), number(all.y));
        let mut text = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{across}\" height=\"{down}\" \
             viewBox=\"0 0 {across} {down}\" role=\"img\" aria-labelledby=\"title desc\" \
             font-family=\"'DejaVu Sans', Verdana, sans-serif\">\n\
             <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n<style>{}</style>\n\
             <rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n",
            escaped(&query),
            escaped(&self.in_short()),
            self.style(look.drawing.theme),
        );
        for (at, line) in title.iter().enumerate() {
            let y = MARGIN + TITLE + TITLE_LINE * at as f64;
            text.push_str(&words("title", line, Point { x: MARGIN, y }, TITLE, "start"));
        }
        let below = Point { x: MARGIN, y: MARGIN + TITLE + TITLE_LINE * title.len() as f64 - 2.0 };
        text.push_str(&words("soft", &self.in_short(), below, TEXT, "start"));
        text.push_str(&format!(
            "\n<g transform=\"translate({} {})\">\n{}</g>\n</svg>\n",
            number(MARGIN),
            number(top),
            self.fragment()
        ));
        (text, all)
    }

    /// The chart without a document around it.
    pub(in crate::render) fn fragment(&self) -> String {
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
        text + &self.legend(y + LEGEND - 14.0)
    }

    /// What the colours mean.
    fn legend(&self, y: f64) -> String {
        let (mut x, mut text) = (0.0, String::new());
        let schema = self.atlas.schema();
        for kind in self.kinds() {
            let Some(name) = schema.kinds.get(kind).map(|kind| visible(&kind.name)) else {
                continue;
            };
            let corner = Point { x, y: y - 9.0 };
            let area = Area { corner, width: 14.0, height: 10.0 };
            text.push_str(&format!("<g class=\"k{kind}\"><rect {} rx=\"2\"/></g>", placed(area)));
            text.push_str(&words("soft", &name, Point { x: x + 20.0, y }, SMALL, "start"));
            text.push('\n');
            x += 38.0 + text_width(&name, SMALL);
        }
        text
    }

    /// A name in the room that there is.
    fn fitted(&self, name: &str, indent: f64) -> String {
        let room = self.names - indent - 10.0;
        wrapped(name, room, 1, |text| text_width(text, TEXT)).remove(0)
    }

    /// The columns: every other one is shaded, and as many are labelled as there is room for.
    fn weeks(&self) -> String {
        let (height, dated) = (self.size().y, self.schedule.from.is_some());
        let wide = if dated { 40.0 } else { 26.0 };
        let every = (wide / self.week).ceil().max(1.0) as usize;
        let mut text = String::new();
        for place in 0..self.weeks {
            let left = self.names + self.week * place as f64;
            let area = Area {
                corner: Point { x: left, y: 0.0 },
                width: self.week,
                height: height - LEGEND + 2.0,
            };
            if (place / every) % 2 == 0 {
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
                text.push_str(&words("soft", &day.to_string()[5..], at, SMALL - 1.0, "start"));
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
