//! `svg`: the scene as a document of its own: light and dark, with tooltips that name sources, a
//! title, a legend, and attributes by which a page finds nodes and edges.

use super::drawing;
use super::gantt::Chart;
use super::harmless::harmless_id;
use super::legend::{self, Legend};
use super::roadmap::{self, Paper};
use super::sheet::{Document, Surroundings};
use super::style::style;
use super::xml::{escaped, number, placed, words};
use super::{Format, Look};
use crate::answer::{Answer, Picture, PictureEdge, PictureNode, sources_in_words};
use crate::diagnostic::{Diagnostic, visible};
use crate::layout::{Curve, EDGE_TEXT, LINE, NODE_TEXT, Point, Scene, SceneEdge, SceneNode};

pub(super) const FORMAT: Format = Format {
    name: "svg",
    extensions: &["svg"],
    summary: "a picture, light and dark",
    single: true,
    write: |answer, look| {
        if let Some(engine) = look.drawing.engine.filter(|_| answer.schedule().is_none()) {
            return super::graphviz::draw(answer, look, engine, "svg");
        }
        let sheets = documents(answer, look, &Paper::screen(look))?;
        Ok(sheets.into_iter().map(|sheet| sheet.text).collect::<String>().into_bytes())
    },
    ..Format::PLAIN
};

/// A small picture is at least so wide, for its title and legend.
const NARROWEST: f64 = 420.0;

/// The picture as documents, one a sheet: as a roadmap where that is asked for, or suggests itself.
pub(super) fn documents(
    answer: &Answer,
    look: &Look<'_>,
    paper: &Paper,
) -> Result<Vec<Document>, Diagnostic> {
    if let Some(schedule) = answer.schedule() {
        let (text, size) = Chart::new(answer, schedule)?.document(look);
        return Ok(vec![Document { text, size }]);
    }
    if let Some(map) = look.drawing.roadmap(answer)? {
        let sheets = roadmap::documents(&map, look, paper);
        return sheets.ok_or_else(|| drawing::too_large(map.nodes, map.links.len()));
    }
    let (picture, scene) = look.drawing.scene(answer, look.stop)?;
    Ok(vec![document(&picture, &scene, look)])
}

/// The graph as a document.
fn document(picture: &Picture<'_>, scene: &Scene, look: &Look<'_>) -> Document {
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
    around.around(&drawn, size, [look.drawing.width, look.drawing.height])
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
    for (name, has) in [("recommended", edge.recommended), ("emphasised", edge.emphasised)] {
        if has {
            classes.push_str(&format!(" {name}"));
        }
    }
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
    for (name, has) in [
        ("milestone", atlas.is_milestone(node.node)),
        ("recommended", node.recommended),
        ("emphasised", node.emphasised),
        ("folded", !node.folded.is_empty()),
    ] {
        if has {
            classes.push_str(&format!(" {name}"));
        }
    }
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

pub(super) fn path(curve: &Curve) -> String {
    let mut text = format!("M{} {}", number(curve.start.x), number(curve.start.y));
    for [first, second, end] in &curve.pieces {
        let point = |point: &Point| format!("{} {}", number(point.x), number(point.y));
        text.push_str(&format!("C{},{},{}", point(first), point(second), point(end)));
    }
    text
}

/// The head of the arrow at a curve's end, which lies in its direction.
pub(super) fn arrow(curve: &Curve, emphasised: bool) -> String {
    let Some([_, before, tip]) = curve.pieces.last() else {
        return String::new();
    };
    let (x, y) = (tip.x - before.x, tip.y - before.y);
    let length = x.hypot(y).max(1e-9);
    let (x, y) = (x / length, y / length);
    let (long, wide) = if emphasised { (10.0, 5.0) } else { (7.5, 3.6) };
    let corner = |side: f64| {
        let base = Point { x: tip.x - x * long, y: tip.y - y * long };
        format!("{} {}", number(base.x - y * wide * side), number(base.y + x * wide * side))
    };
    format!(
        "<polygon points=\"{} {} {} {}\"/>",
        number(tip.x),
        number(tip.y),
        corner(1.0),
        corner(-1.0)
    )
}
