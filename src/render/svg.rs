//! `svg`: the picture as a document of its own, light and dark: a roadmap where that is asked for or
//! suggests itself, else the graph.

use super::gantt::GanttChart;
use super::paper::Paper;
use super::sheet::SizedDocument;
use super::{Format, Layout, Look, graph, roadmap};
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
        return Ok(GanttChart::new(answer, schedule)?.documents(look, paper));
    }
    if let Some(map) = look.drawing.roadmap(answer)? {
        return roadmap::documents(&map, look, paper);
    }
    let (picture, scene) = look.drawing.scene(answer, look.stop)?;
    let graph = graph::document(&picture, &scene, look, [None, None]);
    // What is learned before what is no use where nobody can read it.
    let legible = paper.legible(graph.size);
    let readable = legible || look.drawing.layout == Layout::Layers;
    match answer.roadmap().filter(|map| map.is_learned && !readable) {
        Some(map) => roadmap::documents(&map, look, paper),
        // What cannot be read on a sheet of A4 has one as large as itself.
        None if legible || look.drawing.is_sized() => {
            Ok(vec![graph::document(&picture, &scene, look, paper.size)])
        }
        None => Ok(vec![graph]),
    }
}
