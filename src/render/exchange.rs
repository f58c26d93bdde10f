//! `graphml`, `gexf`: what an answer is about, for other programs, as graphs are saved.

use super::{Drawing, Format, Look};
use crate::answer::Answer;
use crate::diagnostic::Diagnostic;
use crate::export::{Saver, Subgraph};

pub(super) const GRAPHML: Format = Format {
    name: "graphml",
    extensions: &["graphml"],
    summary: "the nodes and the edges between them as GraphML, with their properties",
    single: true,
    write: |answer, look| write(answer, look, "graphml"),
    ..Format::PLAIN
};

pub(super) const GEXF: Format = Format {
    name: "gexf",
    extensions: &["gexf"],
    summary: "the same as GEXF, for Gephi",
    single: true,
    write: |answer, look| write(answer, look, "gexf"),
    ..Format::PLAIN
};

fn write(answer: &Answer, look: &Look<'_>, name: &str) -> Result<Vec<u8>, Diagnostic> {
    // What follows from others is a fact all the same.
    let picture = Drawing { all_edges: true, ..look.drawing }.picture(answer, look.stop)?;
    let nodes = picture.nodes.iter().flat_map(|drawn| match drawn.folded.as_slice() {
        [] => vec![drawn.node],
        folded => folded.to_vec(),
    });
    let mut part = Subgraph {
        nodes: nodes.collect(),
        edges: picture.edges.iter().flat_map(|drawn| drawn.stored.iter().copied()).collect(),
    };
    part.nodes.sort_unstable();
    part.nodes.dedup();
    part.edges.sort_unstable();
    part.edges.dedup();
    let Some(saver) = Saver::named(name) else { return Ok(Vec::new()) };
    let saved = saver.save_part(picture.atlas, &part)?;
    Ok(saved.files.into_iter().flat_map(|(_, text)| text).collect())
}
