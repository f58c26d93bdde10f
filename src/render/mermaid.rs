//! `mermaid`: the picture as a Mermaid flowchart, which Git hosts draw inside Markdown.

use super::palette::{Color, INK, WHITE};
use super::{Direction, Format, Look, gantt};
use crate::answer::{Picture, PictureNode};
use crate::diagnostic::visible;
use crate::graph::RelationId;
use std::collections::BTreeMap;

pub(super) const FORMAT: Format = Format {
    name: "mermaid",
    extensions: &["mmd"],
    summary: "a Mermaid flowchart, or of a schedule a Gantt chart, as Git hosts draw it",
    single: true,
    write: |answer, look| {
        if let Some(schedule) = answer.schedule() {
            return Ok(gantt::mermaid(answer, schedule, look, escaped).into_bytes());
        }
        let mut picture = look.drawing.picture(answer, look.stop)?;
        picture.fold();
        Ok(flowchart(&picture, look).into_bytes())
    },
    ..Format::PLAIN
};

/// What Mermaid draws unless its page is configured otherwise.
const MOST_EDGES: usize = 500;
const MOST_TEXT: usize = 50_000;

fn flowchart(picture: &Picture<'_>, look: &Look<'_>) -> String {
    let place = picture.places();
    let runs = if look.drawing.direction == Direction::Down { "TD" } else { "LR" };
    let mut text = format!("flowchart {runs}\n  accTitle: {}\n", escaped(look.heading()));
    for (at, node) in picture.nodes.iter().enumerate() {
        let (class, ..) = class(picture, node);
        text.push_str(&format!("  n{at}[\"{}\"]:::{class}\n", escaped(&picture.name(node))));
    }
    let steps = !look.drawing.columns.by_kind(picture);
    for edge in &picture.edges {
        let reading = picture.reading(edge, steps);
        let arrow = match (edge.emphasised, edge.recommended, reading.headed) {
            (_, true, true) => "-.->",
            (_, true, false) => "-.-",
            (true, false, true) => "==>",
            (true, false, false) => "===",
            (false, false, true) => "-->",
            (false, false, false) => "---",
        };
        let (from, to) = if reading.inverse { (edge.to, edge.from) } else { (edge.from, edge.to) };
        let words = escaped(&reading.words);
        text.push_str(&format!("  n{} {arrow}|\"{words}\"| n{}\n", place[&from], place[&to]));
    }
    text.push_str(&colors(picture));
    for note in &picture.left_out {
        text.push_str(&format!("  %% {}\n", visible(&note.to_string())));
    }
    let (edges, size) = (picture.edges.len(), text.len());
    if edges > MOST_EDGES || size > MOST_TEXT {
        // A comment in the first line, where whoever wonders will look.
        return format!(
            "%% {edges} edges, {size} bytes: Mermaid draws at most {MOST_EDGES} and {MOST_TEXT} unless told otherwise (maxEdges, maxTextSize)\n{text}"
        );
    }
    text
}

/// The class of a node, its colour, and whether it is filled.
fn class(picture: &Picture<'_>, node: &PictureNode) -> (String, Color, bool) {
    let atlas = picture.atlas;
    let filled = atlas.is_milestone(node.node);
    let class = match node.readiness {
        Some(readiness) => format!("s{}{}", readiness as u8, if filled { "m" } else { "" }),
        None => format!("k{}", atlas.node(node.node).kinds.first().copied().unwrap_or(0)),
    };
    (class, Color::of_node(atlas, node), filled)
}

/// The colours of nodes and relations.
fn colors(picture: &Picture<'_>) -> String {
    let mut text = String::new();
    let classes = picture.nodes.iter().map(|node| {
        let (class, color, filled) = class(picture, node);
        (class, (color, filled))
    });
    for (class, (color, milestone)) in classes.collect::<BTreeMap<_, _>>() {
        let fill = if milestone { color } else { color.on(WHITE, 11) };
        let ink = if milestone { color.ink() } else { INK };
        text.push_str(&format!(
            "  classDef {class} fill:{},stroke:{},color:{}\n",
            fill.hex(),
            color.hex(),
            ink.hex()
        ));
    }
    let mut places: BTreeMap<(&str, bool, RelationId), Vec<String>> = BTreeMap::new();
    for (at, edge) in picture.edges.iter().enumerate() {
        let key = (picture.relation(edge).name.as_str(), edge.emphasised, edge.relation);
        places.entry(key).or_default().push(at.to_string());
    }
    for ((_, emphasised, relation), places) in places {
        let [line, strong] = Color::of_lines(relation, picture.edges.len(), false);
        let color = if emphasised { strong } else { line }.hex();
        let wide = if emphasised { ",stroke-width:3px" } else { "" };
        text.push_str(&format!("  linkStyle {} stroke:{color}{wide}\n", places.join(",")));
    }
    text
}

/// Text inside quotes: whatever could mean something to Mermaid, Markdown or HTML becomes a
/// character code, which Mermaid writes `#34;`.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    let mut before = None;
    for character in visible(text).chars() {
        // `1. ` and `- ` at the beginning would be lists.
        let plain = character.is_alphanumeric()
            || !character.is_ascii()
            || character == ' '
            || (matches!(character, '.' | '-' | '/' | ',' | '(' | ')' | '·' | '→' | '+' | '_')
                && before.is_some_and(char::is_alphabetic));
        if plain {
            safe.push(character);
        } else {
            safe.push_str(&format!("#{};", character as u32));
        }
        before = Some(character);
    }
    safe
}
