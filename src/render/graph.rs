//! A graph as SVG: its boxes and edges with tooltips that name sources, and attributes by which a page
//! finds them.

use super::Look;
use super::curves::{arrow, path};
use super::harmless::harmless_id;
use super::legend::{self, Legend};
use super::sheet::{SizedDocument, Surroundings};
use super::style::style;
use super::xml::{escaped, placed, words};
use crate::answer::{Picture, PictureEdge, PictureNode, sources_in_words};
use crate::diagnostic::visible;
use crate::layout::{EDGE_TEXT, LINE, NODE_TEXT, Point, Scene, SceneEdge, SceneNode};

/// A small picture is at least so wide, for its title and legend.
const NARROWEST: f64 = 420.0;

/// The graph as a document.
pub(super) fn document(
    picture: &Picture<'_>,
    scene: &Scene,
    look: &Look<'_>,
    asked: [Option<f64>; 2],
) -> SizedDocument {
    let inner = scene.width.max(NARROWEST);
    let told = if look.drawing.legend { legend::entries(picture, scene) } else { Vec::new() };
    let told = told.into_iter().chain([legend::footnote(look)]).collect();
    let around = Surroundings {
        look,
        inner,
        description: description(picture),
        style: style(picture, look.drawing.theme),
        legend: Legend::of(told, inner),
        number: None,
    };
    let mut drawn = fragment(picture, scene);
    if scene.nodes.is_empty() {
        let at = Point { x: 0.0, y: 10.0 };
        drawn.push_str(&words("soft", "no nodes", at, NODE_TEXT, "start"));
        drawn.push('\n');
    }
    let size = Point { x: scene.width, y: scene.height };
    around.around(&drawn, size, asked)
}

fn description(picture: &Picture<'_>) -> String {
    let (nodes, edges) = (picture.nodes.len(), picture.edges.len());
    let names: Vec<String> = picture.nodes.iter().map(|node| picture.name(node)).collect();
    let listed =
        names.iter().take(40).map(|name| visible(name)).collect::<Vec<String>>().join(", ");
    let more = if nodes > 40 { ", …" } else { "" };
    format!("{nodes} nodes and {edges} edges: {listed}{more}")
}

/// The nodes and edges of a scene, without a document around them. Each node is a
/// `<g class="node" data-node="ID" data-kind="…">`, each edge a
/// `<g class="edge" data-from="ID" data-to="ID" data-relation="…">`; [`style`] has their colours.
#[must_use]
pub fn fragment(picture: &Picture<'_>, scene: &Scene) -> String {
    let mut text = String::new();
    let edges = || picture.edges.iter().zip(&scene.edges);
    // Emphasised edges lie above others, nodes above all edges.
    for (edge, drawn) in edges().filter(|(edge, _)| !edge.emphasised) {
        text.push_str(&edge_group(picture, edge, drawn));
    }
    for (edge, drawn) in edges().filter(|(edge, _)| edge.emphasised) {
        text.push_str(&edge_group(picture, edge, drawn));
    }
    for (node, drawn) in picture.nodes.iter().zip(&scene.nodes) {
        text.push_str(&node_group(picture, node, drawn));
    }
    text
}

/// The classes that it has of these.
fn add_classes(classes: &mut String, own: &[(&str, bool)]) {
    own.iter().filter(|(_, has)| *has).for_each(|(name, _)| *classes += &format!(" {name}"));
}

fn edge_group(picture: &Picture<'_>, edge: &PictureEdge, drawn: &SceneEdge) -> String {
    let atlas = picture.atlas;
    let (from, to) = (harmless_id(atlas, edge.from), harmless_id(atlas, edge.to));
    let relation = visible(&picture.relation(edge).name);
    let mut told = format!("{from} {relation} {to}");
    if edge.recommended {
        told.push_str(" (recommended, optional)");
    }
    let stored = edge.stored.iter();
    let cited = sources_in_words(stored.flat_map(|edge| atlas.edge(*edge).sources));
    if !cited.is_empty() {
        told.push_str(&format!("\n{}", visible(&cited)));
    }
    let mut classes = format!("edge r{}", edge.relation);
    let own = [("recommended", edge.recommended), ("emphasised", edge.emphasised)];
    add_classes(&mut classes, &own);
    let mut text = format!(
        "<g class=\"{classes}\" data-from=\"{}\" data-to=\"{}\" data-relation=\"{}\">\
         <title>{}</title><path d=\"{}\"/>{}",
        escaped(&from),
        escaped(&to),
        escaped(&relation),
        escaped(&told),
        path(&drawn.curve),
        if drawn.headed { arrow(&drawn.curve, edge.emphasised) } else { String::new() },
    );
    if let Some(label) = &drawn.label {
        let area = label.area;
        text.push_str(&format!("<rect class=\"ground\" {} rx=\"4\"/>", placed(area)));
        let at = Point { x: area.middle().x, y: area.middle().y + EDGE_TEXT * 0.36 };
        text.push_str(&words("label", &label.text, at, EDGE_TEXT, "middle"));
    }
    text.push_str("</g>\n");
    text
}

fn node_group(picture: &Picture<'_>, node: &PictureNode, drawn: &SceneNode) -> String {
    let atlas = picture.atlas;
    let facts = atlas.node(node.node);
    let kinds = visible(&atlas.kind_words(node.node));
    let told: Vec<String> = if node.folded.is_empty() {
        let about = format!("{} · {}", atlas.kind_words(node.node), facts.id);
        let lines = [picture.name(node), about, sources_in_words(&facts.sources)];
        lines.iter().filter(|line| !line.is_empty()).map(|line| visible(line)).collect()
    } else {
        node.folded.iter().map(|node| visible(atlas.node(*node).name())).collect()
    };
    let mut classes = format!("node k{}", facts.kinds.first().copied().unwrap_or(0));
    if let Some(readiness) = node.readiness {
        classes.push_str(&format!(" s{}", readiness as u8));
    }
    let own = [
        ("milestone", atlas.is_milestone(node.node)),
        ("recommended", node.recommended),
        ("emphasised", node.emphasised),
        ("folded", !node.folded.is_empty()),
    ];
    add_classes(&mut classes, &own);
    let area = drawn.area;
    let mut text = format!(
        "<g class=\"{classes}\" data-node=\"{}\" data-kind=\"{}\"><title>{}</title>\
         <rect {} rx=\"7\"/>",
        escaped(&harmless_id(atlas, node.node)),
        escaped(&kinds),
        escaped(&told.join("\n")),
        placed(area)
    );
    let middle = area.middle();
    let first = middle.y - LINE * (drawn.lines.len() - 1) as f64 / 2.0 + NODE_TEXT * 0.36;
    for (at, line) in drawn.lines.iter().enumerate() {
        let at = Point { x: middle.x, y: first + LINE * at as f64 };
        text.push_str(&words("name", line, at, NODE_TEXT, "middle"));
    }
    text.push_str("</g>\n");
    text
}
