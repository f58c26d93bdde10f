//! The legend: what the colours and lines of a picture mean.

use super::svg::{escaped, number, words};
use crate::answer::{Picture, Standing};
use crate::diagnostic::visible;
use crate::layout::{Point, Scene, text_width};
use std::collections::BTreeMap;

const TEXT: f64 = 11.5;
const LINE: f64 = 22.0;
/// A swatch, and what is between it and its words.
const SWATCH: f64 = 22.0;
const GAP: f64 = 18.0;

/// What an entry shows.
enum Sign {
    Node(String),
    Edge(String),
    Nothing,
}

/// The entries of a legend with their places.
pub(super) struct Legend {
    entries: Vec<(Sign, String, Point)>,
    pub(super) height: f64,
}

impl Legend {
    pub(super) fn new(picture: &Picture<'_>, scene: &Scene, width: f64) -> Self {
        let mut legend = Self { entries: Vec::new(), height: 0.0 };
        let mut at = Point { x: 0.0, y: 0.0 };
        let groups = [nodes(picture), edges(picture, scene), notes(picture)];
        for group in groups.into_iter().filter(|group| !group.is_empty()) {
            // Kinds, relations and notes each begin a line.
            if at.x > 0.0 {
                at = Point { x: 0.0, y: at.y + LINE };
            }
            for (sign, text) in group {
                let swatch = if matches!(sign, Sign::Nothing) { 0.0 } else { SWATCH + 7.0 };
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
        let mut text = String::from("<g class=\"legend\">\n");
        for (sign, meaning, place) in &self.entries {
            let at = place.moved(corner);
            let middle = number(at.y + LINE / 2.0);
            let (left, right) = (number(at.x), number(at.x + SWATCH));
            let indent = match sign {
                Sign::Node(class) => {
                    text.push_str(&format!(
                        "<g class=\"{class}\"><rect x=\"{left}\" y=\"{}\" width=\"{SWATCH}\" height=\"13\" rx=\"4\"/></g>",
                        number(at.y + LINE / 2.0 - 6.5)
                    ));
                    SWATCH + 7.0
                }
                Sign::Edge(class) => {
                    text.push_str(&format!(
                        "<g class=\"{class}\"><path d=\"M{left} {middle}H{right}\"/></g>"
                    ));
                    SWATCH + 7.0
                }
                Sign::Nothing => 0.0,
            };
            let baseline = Point { x: at.x + indent, y: at.y + LINE / 2.0 + TEXT * 0.36 };
            text.push_str(&words("soft", meaning, baseline, TEXT, "start"));
        }
        text.push_str("</g>\n");
        text
    }
}

fn nodes(picture: &Picture<'_>) -> Vec<(Sign, String)> {
    let atlas = picture.atlas;
    let mut entries = Vec::new();
    let standings = [
        (Standing::Known, "known"),
        (Standing::Ready, "ready to begin"),
        (Standing::Later, "later"),
        (Standing::Goal, "goal"),
    ];
    for (standing, meaning) in standings {
        if picture.nodes.iter().any(|node| node.standing == Some(standing)) {
            let class = format!("node s{}", standing as u8);
            entries.push((Sign::Node(class), meaning.to_owned()));
        }
    }
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for node in picture.nodes.iter().filter(|node| node.standing.is_none()) {
        if let Some(kind) = atlas.node(node.node).kinds.first() {
            *counts.entry(*kind).or_default() += 1;
        }
    }
    for (kind, _) in counts {
        let facts = &atlas.schema().kinds[kind];
        let milestone = if facts.milestone { " milestone" } else { "" };
        let class = format!("node k{kind}{milestone}");
        entries.push((Sign::Node(class), visible(&facts.name)));
    }
    if picture.nodes.iter().any(|node| node.recommended) {
        let class = "node recommended sample".to_owned();
        entries.push((Sign::Node(class), "recommended only".to_owned()));
    }
    entries
}

fn edges(picture: &Picture<'_>, scene: &Scene) -> Vec<(Sign, String)> {
    let schema = picture.atlas.schema();
    let mut relations: BTreeMap<&str, bool> = BTreeMap::new();
    for (edge, drawn) in picture.edges.iter().zip(&scene.edges) {
        *relations.entry(&edge.relation).or_default() |= drawn.inverse;
    }
    let mut entries = Vec::new();
    for (name, inverse) in relations {
        let id = schema.relation(name);
        let read = id.and_then(|id| schema.relations[id].inverse.as_ref());
        let meaning = match read {
            Some(read) if inverse => format!("{read} ({name})"),
            None if inverse => format!("← {name} (read against the arrow)"),
            _ => name.to_owned(),
        };
        entries.push((Sign::Edge(format!("edge r{}", id.unwrap_or(0))), visible(&meaning)));
    }
    if picture.edges.iter().any(|edge| edge.recommended) {
        entries.push((Sign::Edge("edge recommended sample".to_owned()), "recommended".to_owned()));
    }
    entries
}

fn notes(picture: &Picture<'_>) -> Vec<(Sign, String)> {
    picture.left_out.iter().map(|note| (Sign::Nothing, escaped(note))).collect()
}
