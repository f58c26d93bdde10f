//! Graph files to facts and back: native JSON, node-link JSON, and the built-in graph. Reads
//! texts, never files: opening them is the program's business.

mod built_in;
mod canvas;
mod cytoscape;
#[cfg(feature = "cli")]
pub(crate) mod edit;
mod flow;
pub(crate) mod foreign;
mod graphify;
mod json;
pub(crate) mod json_graph;
mod native;
mod node_link;
mod profile;
pub(crate) mod roles;
mod save;
mod schema;
pub(crate) mod sheets;
#[cfg(feature = "postgres")]
mod tables;
pub(crate) mod yaml;

pub use built_in::{BUILT_IN, BuiltIn, built_in, built_in_unquoted};
pub use profile::{KnownItem, Profile};
pub use roles::{COLUMN_MEANINGS, NEEDS, PLAIN_LINK};
pub(crate) use save::yaml_of;
pub(crate) use save::{CitationObject, OneOrList, prerequisite_word};
pub use save::{save, snapshot};
#[cfg(feature = "postgres")]
pub(crate) use tables::{COLUMNS, MappedTable, PlacedText, TableMap};

use crate::diagnostic::{Diagnostic, Text};
use crate::graph::Builder;
use json::Reader;
use std::sync::Arc;

/// Reads one graph file into the builder, as a layer or a part of one. Problems are noted there.
pub fn read(builder: &mut Builder, text: &Arc<Text>, layer: &str) {
    let file = builder.begin_file(text, layer);
    read_value(&mut Reader::new(builder, text, file));
}

/// Reads what stands in a graph file, in whatever notation.
fn read_value(reader: &mut Reader<'_, '_>) {
    let Some((root, members)) = reader.root("a graph file", "it begins with `{`") else { return };
    let has = |name: &str| members.iter().any(|member| member.key == name);
    if has("atlas") {
        native::read(reader, &members);
    } else if has(cytoscape::ELEMENTS) {
        cytoscape::read(reader, &members);
    } else if json_graph::recognises(&members) && !has("nodes") {
        json_graph::read(reader, &members);
    } else if has("nodes") && has("edges") || has("links") || has("directed") {
        node_link::read(reader, root, &members);
    } else {
        let problem =
            Diagnostic::new("unknown-format", "this JSON is no graph file that is known here");
        let problem = problem
            .help("native files begin with `{\"atlas\": 1, \"nodes\": […], \"edges\": […]}`")
            .help("node-link files have `nodes` and `links` with `source` and `target`; graphify, React Flow, JSON Canvas and Cytoscape are read, too")
            .help("JSON Graph Format begins with `{\"graph\": {\"nodes\": …, \"edges\": […]}}`");
        reader.problem(root, problem);
    }
}

/// The layer's name for a file: without folder and extension.
#[must_use]
pub fn layer_name(file: &str) -> &str {
    let base = file.rsplit(['/', '\\']).next().unwrap_or(file);
    match base.rfind('.') {
        Some(at) if at > 0 => &base[..at],
        _ => base,
    }
}

#[cfg(test)]
mod tests;
