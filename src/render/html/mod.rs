//! `html`: one page to explore, whole and offline. The picture is our own SVG, the facts are JSON
//! in a block that no browser runs, and a content security policy lets nothing else in. Answers
//! that are no piece of graph become a page to read.

mod facts;
mod lanes;
mod reading;

use super::drawing::bounded;
use super::gantt::GanttChart;
use super::graph::fragment;
use super::style::style;
use super::xml::{escaped, number};
use super::{Format, Layout, Look, Theme};
use crate::answer::{Answer, Picture, Readiness, Roadmap};
use crate::diagnostic::{Diagnostic, visible};
use crate::layout::{Metrics, Scene};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac_sha256::Hash;

pub(super) const FORMAT: Format = Format {
    name: "html",
    extensions: &["html", "htm"],
    summary: "one page to explore in a browser, whole and offline",
    single: true,
    notes: true,
    write: |answer, look| page(answer, look).map(String::into_bytes),
    ..Format::PLAIN
};

const EXPLORE: &str = include_str!("explore.html");
const READ: &str = include_str!("read.html");
const STYLE: &str = include_str!("page.css");
const MAP: &str = include_str!("map.css");
const NIGHT: &str = include_str!("night.css");
/// What a page to read does with its tables.
const SORTING: &str = include_str!("read.js");
/// The script's files are one script: what the graph says, how it is seen, what is told of a
/// node, how a roadmap is walked, and what the keys and buttons do.
const SCRIPT: &str = concat!(
    include_str!("graph.js"),
    include_str!("view.js"),
    include_str!("card.js"),
    include_str!("map.js"),
    include_str!("page.js"),
);

fn page(answer: &Answer, look: &Look<'_>) -> Result<String, Diagnostic> {
    if let Some(schedule) = answer.schedule() {
        return Ok(charted(answer, &GanttChart::new(answer, schedule)?, look));
    }
    match look.drawing.picture(answer, look.stop) {
        Ok(picture) if !picture.nodes.is_empty() => explore(answer, &picture, look),
        _ => Ok(read(answer, look)),
    }
}

/// A page to explore. Nothing is folded in it: one can search and filter instead.
fn explore(answer: &Answer, picture: &Picture<'_>, look: &Look<'_>) -> Result<String, Diagnostic> {
    let scene = look.drawing.lay_out(picture, &Metrics::PIXELS, look.stop)?;
    let is_drawn = |map: &Roadmap<'_>| map.is_way || look.drawing.layout == Layout::Roadmap;
    let map = bounded(answer.roadmap().filter(is_drawn))?;
    let map = map.as_ref().filter(|map| !map.lanes.is_empty());
    let facts = facts::in_json(answer, picture, map, look);
    let picture = &living(picture);
    let colors = |dark| lanes::colors(picture, map, dark);
    let day = format!("{STYLE}{MAP}{}{}", style(picture, Theme::Light), colors(false));
    let night = format!("{NIGHT}{}{}", style(picture, Theme::Dark), colors(true));
    let script = bare(SCRIPT);
    let head = PageHead { look, day: &day, night: &night, script: Some(&script) };
    Ok(head.page(EXPLORE, &[("picture", &drawn(picture, &scene)), ("facts", &facts)]))
}

/// The picture without where its nodes stand, which the page tells from its marks as they change; what a
/// plan is for stays marked.
fn living<'g>(picture: &Picture<'g>) -> Picture<'g> {
    let mut living = picture.clone();
    for node in &mut living.nodes {
        node.emphasised |= node.readiness.take() == Some(Readiness::Goal);
    }
    living
}

/// A script without comments, which stand in lines of their own, and without indentation.
fn bare(script: &str) -> String {
    let comment = |line: &str| ["//", "/**", "* "].iter().any(|start| line.starts_with(start));
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !comment(line));
    lines.fold(String::new(), |bare, line| bare + line + "\n")
}

fn drawn(picture: &Picture<'_>, scene: &Scene) -> String {
    let (width, height) = (number(scene.width), number(scene.height));
    format!(
        "<svg id=\"picture\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"group\" aria-label=\"Picture\" \
         font-family=\"'DejaVu Sans', Verdana, sans-serif\">\n{}</svg>",
        fragment(picture, scene)
    )
}

/// A schedule as a chart, with the table below it.
fn charted(answer: &Answer, chart: &GanttChart<'_>, look: &Look<'_>) -> String {
    let day = format!("{STYLE}.gantt{{max-width:100%;height:auto}}{}", chart.style(Theme::Light));
    let night = format!("{NIGHT}{}", chart.style(Theme::Dark));
    let head = PageHead { look, day: &day, night: &night, script: None };
    let (drawn, size) = chart.with_legend();
    let (width, height) = (number(size.x), number(size.y));
    let picture = format!(
        "<svg class=\"gantt\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"Gantt chart\" \
         font-family=\"'DejaVu Sans', Verdana, sans-serif\">\n{drawn}</svg>\n"
    );
    head.page(READ, &[("answer", &(picture + &reading::in_html(answer).0))])
}

/// A page to read: tables, values and empty answers.
fn read(answer: &Answer, look: &Look<'_>) -> String {
    let (read, has_table) = reading::in_html(answer);
    let sorting = bare(SORTING);
    let script = has_table.then_some(sorting.as_str());
    let head = PageHead { look, day: STYLE, night: NIGHT, script };
    let code = script.map_or(String::new(), |script| format!("<script>{script}</script>\n"));
    head.page(READ, &[("answer", &read), ("code", &code)])
}

/// What stands in the head of a page.
struct PageHead<'a> {
    look: &'a Look<'a>,
    day: &'a str,
    night: &'a str,
    script: Option<&'a str>,
}

impl PageHead<'_> {
    /// The skeleton filled in.
    fn page(&self, skeleton: &str, parts: &[(&str, &str)]) -> String {
        let query = self.look.query.split_whitespace().collect::<Vec<&str>>().join(" ");
        let query = escaped(&visible(&query));
        let (policy, night_when) = (self.policy(), self.night_when());
        let mut all = vec![
            ("query", query.as_str()),
            ("policy", &policy),
            ("day", self.day),
            ("night", self.night),
            ("night-when", night_when),
            ("script", self.script.unwrap_or_default()),
        ];
        all.extend(parts);
        filled(skeleton, &all)
    }

    /// Nothing is loaded, and only the very style and script of the page are obeyed: each is
    /// named by its SHA-256, as Content Security Policy Level 2 has it. The empty icon keeps
    /// browsers from asking for one.
    fn policy(&self) -> String {
        let hash =
            |text: &str| format!("'sha256-{}'", STANDARD.encode(Hash::hash(text.as_bytes())));
        let script = self.script.map_or("'none'".to_owned(), hash);
        format!(
            "default-src 'none'; script-src {script}; style-src {} {}; img-src data:; \
             base-uri 'none'; form-action 'none'",
            hash(self.day),
            hash(self.night)
        )
    }

    /// The media for which the page is dark at first. Paper is always white.
    fn night_when(&self) -> &'static str {
        match self.look.drawing.theme {
            Theme::Auto => "screen and (prefers-color-scheme: dark)",
            Theme::Light => "not all",
            Theme::Dark => "screen",
        }
    }
}

/// The skeleton with each `{{name}}` replaced; what is filled in is not searched again.
fn filled(skeleton: &str, parts: &[(&str, &str)]) -> String {
    let mut pieces = skeleton.split("{{");
    let mut page = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (name, rest) = piece.split_once("}}").unwrap_or((piece, ""));
        let part = parts.iter().find(|(known, _)| *known == name);
        page.push_str(part.map_or("", |(_, text)| text));
        page.push_str(rest);
    }
    page
}
