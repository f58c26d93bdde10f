//! `svg` and `png` drawn by an installed Graphviz. The only subprocess, run by graphviz-rust.

use super::dot::document;
use super::{Format, Look};
use crate::answer::Answer;
use crate::diagnostic::Diagnostic;
use graphviz_rust::cmd::{CommandArg, Format as Drawn};
use graphviz_rust::printer::PrinterContext;
use std::io::ErrorKind;

pub(super) const SVG: Format = Format {
    name: "svg",
    extensions: &["svg"],
    summary: "a picture, drawn by an installed Graphviz",
    single: true,
    notes: false,
    write: |answer, look| draw(answer, look, Drawn::Svg),
};

pub(super) const PNG: Format = Format {
    name: "png",
    extensions: &["png"],
    summary: "a picture in pixels, drawn by an installed Graphviz",
    single: true,
    notes: false,
    write: |answer, look| draw(answer, look, Drawn::Png),
};

/// What Graphviz lays out in bearable time and a person can still read.
const MOST_NODES: usize = 1_500;
const MOST_EDGES: usize = 5_000;

fn draw(answer: &Answer<'_>, look: &Look<'_>, format: Drawn) -> Result<Vec<u8>, Diagnostic> {
    let size = answer.picture().map(|picture| (picture.nodes.len(), picture.edges.len()));
    if let Some((nodes, edges)) = size.filter(|size| size.0 > MOST_NODES || size.1 > MOST_EDGES) {
        let message = format!("a picture of {nodes} nodes and {edges} edges would be unreadable");
        return Err(Diagnostic::new("too-large", message)
            .help(format!("pictures have at most {MOST_NODES} nodes and {MOST_EDGES} edges"))
            .help("ask for less, such as `near X` or `prereqs X depth 2`, or write DOT: -o answer.dot"));
    }
    let document = document(answer, look)?;
    let arguments = vec![CommandArg::Format(format)];
    graphviz_rust::exec(document, &mut PrinterContext::default(), arguments).map_err(|error| {
        if error.kind() == ErrorKind::NotFound {
            Diagnostic::new(
                "no-graphviz",
                "this picture is drawn by Graphviz, but no `dot` is on the PATH",
            )
            .help("install Graphviz (the package is mostly called `graphviz`)")
            .help("or write the DOT document and draw it elsewhere: -o answer.dot")
        } else {
            let told = error.to_string();
            Diagnostic::new("no-graphviz", format!("Graphviz could not draw this: {}", told.trim()))
                .help("write the DOT document and look at it: -o answer.dot")
        }
    })
}
