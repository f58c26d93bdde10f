//! `svg`: the picture as a document of its own, light and dark: a roadmap where that is asked for or
//! suggests itself, else the graph.

use super::gantt::GanttChart;
use super::roadmap::Paper;
use super::sheet::SizedDocument;
use super::{Format, Look, drawing, graph, roadmap};
use crate::answer::Answer;
use crate::diagnostic::Diagnostic;

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

/// The picture as documents, one a sheet.
pub(super) fn documents(
    answer: &Answer,
    look: &Look<'_>,
    paper: &Paper,
) -> Result<Vec<SizedDocument>, Diagnostic> {
    if let Some(schedule) = answer.schedule() {
        return Ok(vec![GanttChart::new(answer, schedule)?.document(look)]);
    }
    if let Some(map) = look.drawing.roadmap(answer)? {
        let sheets = roadmap::documents(&map, look, paper);
        return sheets.ok_or_else(|| drawing::too_large(map.nodes, map.links.len()));
    }
    let (picture, scene) = look.drawing.scene(answer, look.stop)?;
    Ok(vec![graph::document(&picture, &scene, look)])
}
