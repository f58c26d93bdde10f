//! `unicode`: the picture for a terminal, boxes and lines on a grid of character cells, from the
//! same layout as every other.

use super::canvas::{Canvas, Stroke};
use super::drawing::MOST_NODES as MOST_DRAWN;
use super::text::{counted, unfinished};
use super::tracks::{self, Climb};
use super::{Direction, Drawing, Format, Look, tree};
use crate::answer::{Answer, Picture, PictureEdge};
use crate::diagnostic::{Diagnostic, visible};
use crate::graph::NodeIndex;
use crate::layout::{Curve, Metrics, Scene, SceneEdge};
use std::collections::BTreeMap;

pub(super) const FORMAT: Format = Format {
    name: "unicode",
    extensions: &[],
    summary: "a picture of boxes and lines for a terminal",
    write: |answer, look| draw(answer, look).map(String::into_bytes),
    ..Format::PLAIN
};

/// Larger ones are told as a tree.
const MOST_NODES: usize = 400;

fn draw(answer: &Answer, look: &Look<'_>) -> Result<String, Diagnostic> {
    let drawing = Drawing { direction: Direction::Right, ..look.drawing };
    let mut picture = drawing.picture(answer, look.stop)?;
    picture.fold();
    if picture.nodes.is_empty() {
        return Ok("no nodes\n".to_owned());
    }
    if picture.nodes.len() > MOST_NODES {
        return Ok(instead(
            answer,
            look,
            &format!("{} nodes would be unreadable", picture.nodes.len()),
        ));
    }
    // Words only make it wider.
    let plain = match lay_out(&drawing, &picture, false, look)? {
        Ok(plain) => plain,
        Err(width) => {
            let wide = format!("the picture is at least {width} columns wide");
            let why = format!("{wide}, the terminal {}", look.width);
            return Ok(instead(answer, look, &why));
        }
    };
    Ok(match lay_out(&drawing, &picture, true, look)? {
        Ok((scene, tracks)) => drawn(&picture, &scene, &tracks, true),
        Err(_) => drawn(&picture, &plain.0, &plain.1, false),
    })
}

/// The answer as a tree, with why it is no picture.
fn instead(answer: &Answer, look: &Look<'_>, why: &str) -> String {
    let mut page = tree::branches(answer, look);
    // Of what this format does not show, others tell.
    counted(&mut page, answer, look);
    unfinished(&mut page, answer, look);
    let file = if answer.nodes().len() > MOST_DRAWN { "dot" } else { "svg" };
    page.push_str(&format!("note: a tree instead, since {why}; -o answer.{file} draws it\n"));
    page
}

/// Where the upright part of each climb stands, behind its column's end.
type Tracks = BTreeMap<(i64, usize), i64>;

/// Lays out twice: the first time to see how many upright lines stand side by side. The width if it is
/// too wide.
fn lay_out(
    drawing: &Drawing,
    picture: &Picture<'_>,
    labelled: bool,
    look: &Look<'_>,
) -> Result<Result<(Scene, Tracks), usize>, Diagnostic> {
    let too_wide =
        |scene: &Scene| Some(scene.width.ceil() as usize).filter(|width| *width > look.width);
    let scene = drawing.lay_out(picture, &Metrics::cells(labelled, 3), look.stop)?;
    if let Some(width) = too_wide(&scene) {
        return Ok(Err(width));
    }
    let (_, most) = tracks(&scene);
    let scene = drawing.lay_out(picture, &Metrics::cells(labelled, most + 2), look.stop)?;
    if let Some(width) = too_wide(&scene) {
        return Ok(Err(width));
    }
    let (tracks, _) = tracks(&scene);
    Ok(Ok((scene, tracks)))
}

fn row(y: f64) -> i64 {
    (y + 1e-3).floor() as i64
}

/// The climbs of each gap between columns, by where it begins.
fn climbs(scene: &Scene) -> BTreeMap<i64, Vec<Climb>> {
    let mut gaps: BTreeMap<i64, Vec<Climb>> = BTreeMap::new();
    for (edge, drawn) in scene.edges.iter().enumerate() {
        for (from, to) in steps(&drawn.curve) {
            let (from, to) = if from.0 <= to.0 { (from, to) } else { (to, from) };
            if from.1 != to.1 {
                gaps.entry(from.0).or_default().push(Climb { edge, rows: (from.1, to.1) });
            }
        }
    }
    gaps
}

/// The straight and climbing pieces of a curve, from cell to cell.
fn steps(curve: &Curve) -> Vec<((i64, i64), (i64, i64))> {
    let mut from = curve.start;
    let steps = curve.pieces.iter().map(|piece| {
        let step =
            ((from.x.round() as i64, row(from.y)), (piece[2].x.round() as i64, row(piece[2].y)));
        from = piece[2];
        step
    });
    steps.collect()
}

/// A track for each climb; and how many tracks the fullest gap has.
fn tracks(scene: &Scene) -> (Tracks, usize) {
    let mut all = Tracks::new();
    let mut most = 1;
    for (start, climbs) in climbs(scene) {
        for (edge, track) in tracks::tracks(&climbs) {
            most = most.max(track + 1);
            all.insert((start, edge), track as i64);
        }
    }
    (all, most)
}

fn drawn(picture: &Picture<'_>, scene: &Scene, tracks: &Tracks, labelled: bool) -> String {
    let mut canvas = Canvas::new(scene.width.ceil() as usize, scene.height.ceil() as usize + 1);
    for (at, (edge, drawn)) in picture.edges.iter().zip(&scene.edges).enumerate() {
        let line = if edge.recommended { Stroke::Dashed } else { Stroke::Plain };
        for (from, to) in steps(&drawn.curve) {
            let (from, to) = if from.0 <= to.0 { (from, to) } else { (to, from) };
            // Between columns a line reaches the cell before the next one begins.
            if from.1 == to.1 {
                canvas.across(from.1, from.0, to.0 - 1, line);
                continue;
            }
            let track = from.0 + 1 + tracks.get(&(from.0, at)).copied().unwrap_or(0);
            canvas.across(from.1, from.0, track, line);
            canvas.up_or_down(track, from.1, to.1, line);
            canvas.across(to.1, track, to.0 - 1, line);
        }
    }
    for (node, drawn) in picture.nodes.iter().zip(&scene.nodes) {
        let looped =
            picture.edges.iter().any(|edge| edge.from == node.node && edge.to == node.node);
        let line = match (node.emphasised, node.recommended) {
            (true, _) => Stroke::Double,
            (false, true) => Stroke::Dashed,
            (false, false) if picture.atlas.is_milestone(node.node) => Stroke::Heavy,
            (false, false) => Stroke::Plain,
        };
        // Its middle row is where its edges meet it.
        let above = drawn.lines.len() as i64 / 2 + 1;
        let (x, y) = (drawn.area.corner.x.round() as i64, row(drawn.area.middle().y) - above);
        canvas.boxed((x, y), drawn.area.width.round() as i64, &drawn.lines, line, looped);
    }
    for (at, drawn) in scene.edges.iter().enumerate() {
        if picture.edges[at].from != picture.edges[at].to {
            label_and_head(&mut canvas, drawn);
        }
    }
    let mut text = canvas.text();
    text.push_str(&loops(picture));
    if !labelled && proper(picture).next().is_some() {
        let mut relations: Vec<&str> =
            proper(picture).map(|edge| picture.relation(edge).name.as_str()).collect();
        relations.sort_unstable();
        relations.dedup();
        let relations = visible(&relations.join(", "));
        text.push_str(&format!("lines: {relations} (a wider terminal shows which)\n"));
    }
    for note in &picture.left_out {
        text.push_str(&format!("note: {}\n", visible(&note.to_string())));
    }
    text
}

/// The edges that are no loops.
fn proper<'a>(picture: &'a Picture<'_>) -> impl Iterator<Item = &'a PictureEdge> {
    picture.edges.iter().filter(|edge| edge.from != edge.to)
}

/// Loops, which a box has a sign for, by their names.
fn loops(picture: &Picture<'_>) -> String {
    let mut names: BTreeMap<NodeIndex, Vec<&str>> = BTreeMap::new();
    for edge in picture.edges.iter().filter(|edge| edge.from == edge.to) {
        names.entry(edge.from).or_default().push(&picture.relation(edge).name);
    }
    let told = picture.nodes.iter().filter_map(|node| {
        let (name, loops) = (picture.name(node), names.get(&node.node)?.join(", "));
        Some(format!("↺ {}: {}\n", visible(&name), visible(&loops)))
    });
    told.collect()
}

/// The words of an edge, on its line, and the head of its arrow.
fn label_and_head(canvas: &mut Canvas, drawn: &SceneEdge) {
    if let Some(label) = &drawn.label {
        let middle = label.area.middle();
        let start = (middle.x - label.area.width / 2.0).floor() as i64;
        canvas.words((start, row(middle.y)), &format!(" {} ", label.text));
    }
    if !drawn.headed {
        return;
    }
    let end = drawn.curve.end();
    let rightward = end.x >= drawn.curve.start.x;
    let x = end.x.round() as i64;
    canvas.head((if rightward { x - 1 } else { x }, row(end.y)), rightward);
}
