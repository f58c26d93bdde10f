//! `dot`: the picture as a DOT document, a line for each node and edge.

use super::harmless::kept;
use super::palette::Color;
use super::{Direction, Format, Look};
use crate::answer::{Answer, Picture, Way};
use crate::diagnostic::Diagnostic;
use crate::export::dot_word;
use crate::graph::{Atlas, NodeIndex, Strength};
use crate::stop::until;
use std::borrow::Cow;

pub(super) const FORMAT: Format = Format {
    name: "dot",
    extensions: &["dot", "gv"],
    summary: "a DOT document for Graphviz",
    write: |answer, look| document(answer, look).map(String::into_bytes),
    ..Format::PLAIN
};

/// The answer as a DOT document.
pub(super) fn document(answer: &Answer, look: &Look<'_>) -> Result<String, Diagnostic> {
    let picture = look.drawing.picture(answer, look.stop)?;
    let back = runs_back(&picture, !look.drawing.columns.by_kind(&picture));
    let ranks = match (look.drawing.direction, back) {
        (Direction::Right, false) => "LR",
        (Direction::Right, true) => "RL",
        (Direction::Down, false) => "TB",
        (Direction::Down, true) => "BT",
    };
    let heading = label(look.heading(), look);
    let mut text = format!(
        "digraph opsatlas {{\n  rankdir=\"{ranks}\"\n  label={heading}\n  labelloc=\"t\"\n  fontname=\"Helvetica\"\n  \
         node[shape=\"box\" style=\"rounded\" fontname=\"Helvetica\"]\n  \
         edge[fontname=\"Helvetica\" fontsize=\"10\"]\n"
    );
    let atlas = picture.atlas;
    for drawn in until(look.stop, &picture.nodes) {
        let [id, name] =
            [node_id(atlas, drawn.node, look), label(atlas.node(drawn.node).name(), look)];
        let color = Color::of_node(atlas, drawn).hex();
        let marked = match (drawn.emphasised, drawn.recommended) {
            (true, _) => STRONG,
            (false, true) => " style=\"rounded,dashed\"",
            (false, false) => "",
        };
        text.push_str(&format!("  {id}[label={name} color=\"{color}\"{marked}]\n"));
    }
    edges(&mut text, &picture, look);
    text.push_str("}\n");
    Ok(text)
}

/// What is emphasised.
const STRONG: &str = " penwidth=\"2.5\"";

/// Edges as they are stored, each by itself. One that is read backwards has its head at its tail, so
/// that it is drawn as in other pictures, and names its relation for whoever reads the document.
fn edges(text: &mut String, picture: &Picture<'_>, look: &Look<'_>) {
    let atlas = picture.atlas;
    let steps = !look.drawing.columns.by_kind(picture);
    let turned = runs_back(picture, steps);
    for drawn in until(look.stop, &picture.edges) {
        let reading = picture.reading(drawn, steps);
        let mut attributes = format!("label={}", label(&reading.words, look));
        let relation = &picture.relation(drawn).name;
        if reading.words != *relation {
            let name = dot_word(&kept(relation, look)).unwrap_or_else(|| label(relation, look));
            attributes.push_str(&format!(" kind={name}"));
        }
        let [line, strong] =
            Color::of_lines(drawn.relation, picture.edges.len(), false).map(Color::hex);
        let line = if drawn.emphasised { &strong } else { &line };
        attributes.push_str(&format!(" color=\"{line}\" fontcolor=\"{strong}\""));
        attributes.push_str(match (reading.headed, reading.inverse) {
            (false, _) => " dir=\"none\"",
            (true, true) => " dir=\"back\"",
            (true, false) => "",
        });
        // What runs the other way than most shall not turn them round.
        let against = if turned { Way::Forward } else { Way::Backward };
        if steps && drawn.way == Some(against) {
            attributes.push_str(" constraint=\"false\"");
        }
        if drawn.emphasised {
            attributes.push_str(STRONG);
        }
        let [from, to] = [drawn.from, drawn.to].map(|end| node_id(atlas, end, look));
        for edge in &drawn.stored {
            let recommended = atlas.edge(*edge).strength == Strength::Recommended;
            let dashed = if recommended { " style=\"dashed\"" } else { "" };
            text.push_str(&format!("  {from} -> {to} [{attributes}{dashed}]\n"));
        }
    }
}

/// Do most edges say what their sources need? Then columns run from right to left, so that what is
/// needed stands on the left.
fn runs_back(picture: &Picture<'_>, steps: bool) -> bool {
    let ways: Vec<Way> = picture.edges.iter().filter_map(|edge| edge.way).collect();
    let back = ways.iter().filter(|way| **way == Way::Backward).count();
    steps && back * 2 > ways.len()
}

/// The node's id. One that a terminal must not show, or that DOT cannot write, is told in other
/// words, with a number that keeps it apart from others.
fn node_id(atlas: &Atlas, node: NodeIndex, look: &Look<'_>) -> String {
    let id = &atlas.node(node).id;
    let shown: Vec<Cow<'_, str>> = id.split('\n').map(|line| kept(line, look)).collect();
    let exact = (shown.join("\n") == **id).then(|| dot_word(id)).flatten();
    let told = || {
        let words = format!("{} #{}", shown.join(" ").replace('\\', "/"), node.index());
        format!("\"{}\"", words.replace('"', "\\\""))
    };
    exact.unwrap_or_else(told)
}

/// A label; Graphviz decodes escapes and HTML entities in them.
fn label(text: &str, look: &Look<'_>) -> String {
    let text = kept(text, look).replace('&', "&amp;").replace('\\', "\\\\");
    format!("\"{}\"", text.replace('"', "\\\"").replace('\n', "\\n"))
}
