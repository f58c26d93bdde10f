//! The colours of a picture as CSS: light, and dark where the reader's system is.

use super::Theme;
use super::palette::{ASH, CHALK, Color, GREY, INK, NIGHT, WHITE};
use crate::answer::{Picture, PictureEdge, Readiness};
use crate::graph::RelationId;
use std::collections::BTreeSet;

/// What is the same by day and by night.
const SHAPES: &str = "\
.edge path{fill:none;stroke-width:1.3}\
.node rect{stroke-width:1.2}.node.milestone rect{stroke-width:1.6}\
.recommended path{stroke-dasharray:5 4}.node.recommended rect{stroke-dasharray:5 3}\
.edge.emphasised path{stroke-width:2.6}.node.emphasised rect{stroke-width:2.6}\
.node.folded rect{stroke-dasharray:1.5 3}.sample rect{fill:none}";

/// The style of a picture's nodes and edges. A dark theme stands in a media query unless one
/// was chosen.
#[must_use]
pub fn style(picture: &Picture<'_>, theme: Theme) -> String {
    theme.css(SHAPES, |dark| colors(picture, dark))
}

fn colors(picture: &Picture<'_>, dark: bool) -> String {
    let (ground, ink, soft) = if dark { (NIGHT, CHALK, ASH) } else { (WHITE, INK, GREY) };
    let mut css = format!(
        ".ground{{fill:{}}}text{{fill:{}}}.soft,.label{{fill:{}}}.sample path,.sample rect{{stroke:{}}}",
        ground.hex(),
        ink.hex(),
        soft.hex(),
        soft.hex()
    );
    let atlas = picture.atlas;
    let first = |node| atlas.node(node).kinds.first().copied();
    let kinds: BTreeSet<Option<usize>> =
        picture.nodes.iter().map(|node| first(node.node)).collect();
    for kind in kinds {
        let class = format!("k{}", kind.unwrap_or(0));
        css.push_str(&node_color(&class, Color::of_kind(atlas, kind), dark));
    }
    let stages: BTreeSet<Readiness> =
        picture.nodes.iter().filter_map(|node| node.readiness).collect();
    for readiness in stages {
        let class = format!("s{}", readiness as u8);
        css.push_str(&node_color(&class, Color::of_progress(readiness), dark));
    }
    let named = |edge: &PictureEdge| (picture.relation(edge).name.as_str(), edge.relation);
    let relations: BTreeSet<(&str, RelationId)> = picture.edges.iter().map(named).collect();
    for (_, relation) in relations {
        let class = format!("r{relation}");
        let [line, text] = Color::of_lines(relation, picture.edges.len(), dark).map(Color::hex);
        css.push_str(&format!(
            ".{class} path{{stroke:{line}}}.{class} polygon{{fill:{line}}}.{class} .label{{fill:{text}}}\
             .{class}.emphasised path{{stroke:{text}}}.{class}.emphasised polygon{{fill:{text}}}"
        ));
    }
    css
}

/// A box in a tint of its colour; one of a milestone in the colour itself.
fn node_color(class: &str, color: Color, dark: bool) -> String {
    let (fill, line) = if dark {
        (color.on(NIGHT, 26), color.on(WHITE, 72))
    } else {
        (color.on(WHITE, 11), color.on(WHITE, 88))
    };
    let solid = if dark { color.on(NIGHT, 82) } else { color };
    let ink = solid.ink();
    format!(
        ".{class} rect{{fill:{};stroke:{}}}.{class}.milestone rect{{fill:{}}}.{class}.milestone text{{fill:{}}}",
        fill.hex(),
        line.hex(),
        solid.hex(),
        ink.hex()
    )
}
