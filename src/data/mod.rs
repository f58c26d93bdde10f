//! Graph files to facts and back: native JSON, node-link JSON, and the built-in graph. Reads
//! texts, never files: opening them is the program's business.

mod built_in;
mod json;
mod native;
mod node_link;
mod save;
mod schema;

pub use built_in::{BUILT_IN, BuiltIn};
pub use node_link::PLAIN_LINK;
pub use save::save;
pub(crate) use save::{CitationObject, one_or_list, prerequisite_word};

use crate::diagnostic::{Diagnostic, Text};
use crate::graph::{Atlas, Builder};
use json::{Member, Reader};
use std::sync::Arc;

/// Reads one graph file into the builder, as a layer or a part of one. Problems are noted there.
pub fn read(builder: &mut Builder, text: &Arc<Text>, layer: &str) {
    let file = builder.begin_file(text, layer);
    let mut reader = Reader::new(builder, text, file);
    let root = reader.root();
    if root.is_empty() {
        reader.problem(root, Diagnostic::new("bad-json", "this file is empty"));
        return;
    }
    if !root.starts_with('{') {
        let problem = Diagnostic::new("bad-json", "a graph file is one JSON object");
        let line = root.lines().next().unwrap_or(root);
        reader.problem(line, problem.help("it begins with `{`"));
        return;
    }
    let Some(members) = reader.object(root, "a graph file") else {
        return;
    };
    let has = |name: &str| members.iter().any(|member| member.key == name);
    if has("atlas") {
        native::read(&mut reader, &members);
    } else if has("links") || has("directed") || edges_have_source(&mut reader, &members) {
        node_link::read(&mut reader, &members);
    } else {
        let problem =
            Diagnostic::new("unknown-format", "this JSON is no graph file that is known here");
        let problem = problem
            .help("native files begin with `{\"atlas\": 1, \"nodes\": […], \"edges\": […]}`")
            .help("node-link files have `nodes` and `links` with `source` and `target`");
        reader.problem(root, problem);
    }
}

fn edges_have_source<'t>(reader: &mut Reader<'_, 't>, members: &[Member<'t>]) -> bool {
    let Some(edges) = members.iter().find(|member| member.key == "edges") else {
        return false;
    };
    let Some(items) = edges.value.starts_with('[').then(|| reader.array(edges.value, "`edges`"))
    else {
        return false;
    };
    let first = items.and_then(|items| items.first().copied());
    let first = first.filter(|slice| slice.starts_with('{'));
    let parts = first.and_then(|slice| reader.object(slice, "an edge"));
    parts.is_some_and(|parts| parts.iter().any(|part| part.key == "source"))
}

impl Atlas {
    /// The built-in graph of the Ops world, all layers.
    ///
    /// # Panics
    /// Never in a released build: a test holds that the built-in files are valid.
    #[must_use]
    pub fn built_in() -> Self {
        let mut builder = Builder::new();
        for part in &BUILT_IN {
            part.read_into(&mut builder);
        }
        builder.finish().expect("the built-in graph is valid")
    }

    /// A graph from the texts of files, each with its name, later ones laid over earlier ones.
    /// A layer is called after its file, without folder and extension.
    ///
    /// # Errors
    /// Every problem of every file, each with its place.
    pub fn from_texts<N: Into<String>, C: Into<String>>(
        files: impl IntoIterator<Item = (N, C)>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let mut builder = Builder::new();
        for (name, content) in files {
            let text = Text::new(name, content);
            read(&mut builder, &text, layer_name(&text.name));
        }
        builder.finish()
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
