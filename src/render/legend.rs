//! The legend: what the colours and lines of a picture mean.

use super::Look;
use super::xml::{number, words};
use crate::answer::{OPTIONAL, Picture, Readiness};
use crate::diagnostic::visible;
use crate::graph::RelationId;
use crate::layout::{Point, Scene, text_width, wrapped};
use std::collections::BTreeMap;

const TEXT: f64 = 11.5;
const LINE: f64 = 22.0;
/// A swatch, and what is between it and its words.
const SWATCH: f64 = 22.0;
const GAP: f64 = 18.0;

/// Lines of one note at most.
const MOST_LINES: usize = 4;

/// What an entry shows.
pub(super) enum Swatch {
    Node(String),
    /// A card of a roadmap, with its bar.
    Card(String),
    Edge(String),
    Nothing,
}

/// The entries of a legend with their places.
pub(super) struct Legend {
    entries: Vec<(Swatch, String, Point)>,
    pub(super) height: f64,
}

impl Legend {
    /// Groups of entries in lines of a width.
    pub(super) fn of(groups: Vec<Vec<(Swatch, String)>>, width: f64) -> Self {
        let mut legend = Self { entries: Vec::new(), height: 0.0 };
        let mut at = Point { x: 0.0, y: 0.0 };
        for group in groups.into_iter().filter(|group| !group.is_empty()) {
            // Kinds, relations and notes each begin a line.
            if at.x > 0.0 {
                at = Point { x: 0.0, y: at.y + LINE };
            }
            let told = group.into_iter().flat_map(|(sign, text)| in_lines(sign, &text, width));
            for (sign, text) in told {
                let swatch = if matches!(sign, Swatch::Nothing) { 0.0 } else { SWATCH + 7.0 };
                let wide = swatch + text_width(&text, TEXT);
                if at.x > 0.0 && at.x + wide > width {
                    at = Point { x: 0.0, y: at.y + LINE };
                }
                legend.entries.push((sign, text, at));
                at.x += wide + GAP;
            }
        }
        if !legend.entries.is_empty() {
            legend.height = at.y + LINE;
        }
        legend
    }

    pub(super) fn drawn(&self, corner: Point) -> String {
        if self.entries.is_empty() {
            return String::new();
        }
        let mut text = String::from("<g class=\"legend\">\n");
        for (sign, meaning, place) in &self.entries {
            let at = place.moved(corner);
            let middle = number(at.y + LINE / 2.0);
            let (left, right) = (number(at.x), number(at.x + SWATCH));
            let indent = match sign {
                Swatch::Node(class) => {
                    text.push_str(&format!(
                        "<g class=\"{class}\"><rect x=\"{left}\" y=\"{}\" width=\"{SWATCH}\" height=\"13\" rx=\"4\"/></g>",
                        number(at.y + LINE / 2.0 - 6.5)
                    ));
                    SWATCH + 7.0
                }
                Swatch::Card(class) => {
                    let top = number(at.y + LINE / 2.0 - 6.5);
                    text.push_str(&format!(
                        "<g class=\"{class}\"><rect class=\"box\" x=\"{left}\" y=\"{top}\" width=\"{SWATCH}\" height=\"13\" rx=\"4\"/>\
                         <rect class=\"bar\" x=\"{left}\" y=\"{top}\" width=\"5\" height=\"13\" rx=\"2\"/></g>"
                    ));
                    SWATCH + 7.0
                }
                Swatch::Edge(class) => {
                    text.push_str(&format!(
                        "<g class=\"{class}\"><path d=\"M{left} {middle}H{right}\"/></g>"
                    ));
                    SWATCH + 7.0
                }
                Swatch::Nothing => 0.0,
            };
            let baseline = Point { x: at.x + indent, y: at.y + LINE / 2.0 + TEXT * 0.36 };
            text.push_str(&words("soft", meaning, baseline, TEXT, "start"));
            text.push('\n');
        }
        text.push_str("</g>\n");
        text
    }
}

/// What a format has to say of the picture.
pub(super) fn footnote(look: &Look<'_>) -> Vec<(Swatch, String)> {
    look.footnote.map(|words| (Swatch::Nothing, words.to_owned())).into_iter().collect()
}

/// A text that is longer than a line in several entries; beside a sign it is cut.
fn in_lines(sign: Swatch, text: &str, width: f64) -> Vec<(Swatch, String)> {
    let (most, room) = match sign {
        Swatch::Nothing => (MOST_LINES, width),
        _ => (1, width - SWATCH - 7.0),
    };
    let lines = wrapped(text, room, most, |text| text_width(text, TEXT)).into_iter();
    let signs = std::iter::once(sign).chain(std::iter::repeat_with(|| Swatch::Nothing));
    signs.zip(lines).collect()
}

/// What the colours and lines of a graph mean.
pub(super) fn entries(picture: &Picture<'_>, scene: &Scene) -> Vec<Vec<(Swatch, String)>> {
    vec![nodes(picture), edges(picture, scene), notes(picture)]
}

fn nodes(picture: &Picture<'_>) -> Vec<(Swatch, String)> {
    let atlas = picture.atlas;
    let mut entries = Vec::new();
    let stages = [
        (Readiness::Known, "known"),
        (Readiness::Ready, "ready to begin"),
        (Readiness::Later, "later"),
        (Readiness::Goal, "goal"),
    ];
    for (readiness, meaning) in stages {
        if picture.nodes.iter().any(|node| node.readiness == Some(readiness)) {
            let class = format!("node s{}", readiness as u8);
            entries.push((Swatch::Node(class), meaning.to_owned()));
        }
    }
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for node in picture.nodes.iter().filter(|node| node.readiness.is_none()) {
        if let Some(kind) = atlas.node(node.node).kinds.first() {
            *counts.entry(*kind).or_default() += 1;
        }
    }
    for (kind, _) in counts {
        let facts = &atlas.schema().kinds[kind];
        let milestone = if facts.milestone { " milestone" } else { "" };
        let class = format!("node k{kind}{milestone}");
        entries.push((Swatch::Node(class), visible(&facts.name)));
    }
    if picture.nodes.iter().any(|node| node.recommended) {
        let class = "node recommended sample".to_owned();
        entries.push((Swatch::Node(class), OPTIONAL.to_owned()));
    }
    entries
}

fn edges(picture: &Picture<'_>, scene: &Scene) -> Vec<(Swatch, String)> {
    let mut relations: BTreeMap<(&str, RelationId), bool> = BTreeMap::new();
    for (edge, drawn) in picture.edges.iter().zip(&scene.edges) {
        let name = picture.relation(edge).name.as_str();
        *relations.entry((name, edge.relation)).or_default() |= drawn.inverse;
    }
    let mut entries = Vec::new();
    for ((name, id), inverse) in relations {
        let meaning = match &picture.atlas.schema().relations[id].inverse {
            Some(read) if inverse => format!("{read} ({name})"),
            None if inverse => format!("← {name} (read against the arrow)"),
            _ => name.to_owned(),
        };
        entries.push((Swatch::Edge(format!("edge r{id}")), visible(&meaning)));
    }
    if picture.edges.iter().any(|edge| edge.recommended) {
        entries.push((Swatch::Edge("edge recommended sample".to_owned()), OPTIONAL.to_owned()));
    }
    entries
}

fn notes(picture: &Picture<'_>) -> Vec<(Swatch, String)> {
    picture.left_out.iter().map(|note| (Swatch::Nothing, visible(&note.to_string()))).collect()
}
