//! Graph files of any known format to facts. A format is one row and one file (JSON's three
//! shapes live in `data`); all of them fill the same builder, so layers of different formats
//! mix, and duplicate ids and dangling ends are told alike. Reads texts and bytes, never files.

mod csv;
pub(crate) mod decoded;
mod dot;
pub(crate) mod files;
mod folder;
mod gexf;
mod graphml;
mod intake;
mod mapping;
mod mermaid;
pub(crate) mod notes;
mod reading;
mod workbook;
mod xml;
mod xml_graph;

pub use files::{SNAPSHOT_EXTENSION, read_snapshot};
use notes::NoteFile;
pub use notes::{is_note, read_notes};
pub use reading::{ColumnMeanings, Reading};
#[cfg(feature = "cli")]
pub(crate) use workbook::book_of;

use crate::data;
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::graph::{Atlas, Builder};
use std::sync::Arc;

/// A row of [`IMPORTERS`].
#[derive(Debug)]
pub struct Importer {
    /// Its name.
    pub name: &'static str,
    /// Extensions of files that have it.
    pub extensions: &'static [&'static str],
    /// What it is, in a few words.
    pub summary: &'static str,
    reads: Reads,
}

/// What a format is made of; a reader notes every problem in the builder.
#[derive(Debug)]
enum Reads {
    Text {
        /// Does a text of unknown extension look like it?
        recognises: fn(&str) -> bool,
        /// Reads a text as a layer.
        read: fn(&mut Builder, &Arc<Text>, &str, &mut Reading),
    },
    Bytes {
        /// Are these the first bytes of it, whatever the extension?
        recognises: fn(&[u8]) -> bool,
        /// Reads what the file of this name holds as a layer.
        read: fn(&mut Builder, &str, Vec<u8>, &str, &mut Reading),
    },
}

/// All formats that can be read.
pub const IMPORTERS: &[Importer] = &[
    Importer {
        name: "json",
        extensions: &["json", "canvas", "jgf", "cyjs"],
        summary: "native JSON, node-link JSON, JSON Graph Format, JSON Canvas, React Flow, graphify, Cytoscape",
        reads: Reads::Text {
            recognises: |content| content.is_empty() || content.starts_with(['{', '[']),
            read: |builder, text, layer, _| data::read(builder, text, layer),
        },
    },
    // Front matter of a flowchart begins as YAML does.
    mermaid::IMPORTER,
    Importer {
        name: "yaml",
        extensions: &["yaml", "yml"],
        summary: "what native JSON says, in YAML",
        reads: Reads::Text {
            recognises: |content| content.starts_with("atlas:") || content.starts_with("---"),
            read: |builder, text, layer, _| data::yaml::read(builder, text, layer),
        },
    },
    csv::IMPORTER,
    gexf::IMPORTER,
    graphml::IMPORTER,
    dot::IMPORTER,
    workbook::IMPORTER,
];

/// Do a file's first bytes tell a format that is no text?
fn is_binary(bytes: &[u8]) -> bool {
    IMPORTERS.iter().any(|row| match row.reads {
        Reads::Bytes { recognises, .. } => recognises(bytes),
        Reads::Text { .. } => false,
    })
}

/// Reads what a graph file holds into the builder, as a layer or a part of one: the format by its
/// first bytes, by the extension of its name, or else by what it looks like. A text may be UTF-8 or
/// UTF-16. Problems are noted in the builder.
pub fn read_bytes(
    builder: &mut Builder,
    name: &str,
    bytes: Vec<u8>,
    layer: &str,
    reading: &mut Reading,
) {
    for row in IMPORTERS {
        if let Reads::Bytes { recognises, read } = row.reads
            && recognises(&bytes)
        {
            return read(builder, name, bytes, layer, reading);
        }
    }
    match decoded::text(name, bytes) {
        Ok(text) => read_text(builder, &text, layer, reading),
        Err(problem) => {
            let text = problem.place.as_ref().map(|place| Arc::clone(&place.text));
            builder.begin_file(&text.unwrap_or_else(|| Text::new(name, "")), layer);
            builder.problem(problem);
        }
    }
}

/// Reads a text as a layer or a part of one: the format by the extension of its name, or else by
/// what it looks like.
fn read_text(builder: &mut Builder, text: &Arc<Text>, layer: &str, reading: &mut Reading) {
    let content = text.content.trim_start_matches('\u{feff}').trim_start();
    let base = text.name.rsplit(['/', '\\']).next().unwrap_or_default();
    if is_note(base) {
        let note = NoteFile { path: base.to_owned(), text: Arc::clone(text) };
        return notes::read(builder, &[note], layer, &text.name, reading);
    }
    let extension = base.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
    let named = IMPORTERS
        .iter()
        .find(|row| extension.as_deref().is_some_and(|end| row.extensions.contains(&end)));
    if extension.as_deref() == Some("gml") || named.is_none() && is_gml(content) {
        let problem = Diagnostic::new("unknown-format", "this is GML, which is not read here")
            .help("save it as GraphML, as igraph, networkx, Gephi and yEd can, or as DOT: gml2gv");
        return refuse(builder, text, layer, problem);
    }
    let recognised = || {
        IMPORTERS.iter().find(|row| match row.reads {
            Reads::Text { recognises, .. } => recognises(content),
            Reads::Bytes { .. } => false,
        })
    };
    match named.or_else(recognised).map(|row| &row.reads) {
        Some(Reads::Text { read, .. }) => read(builder, text, layer, reading),
        Some(Reads::Bytes { .. }) => {
            let message = "this is a text, and not what the file's extension says";
            let problem = Diagnostic::new("unknown-format", message);
            let help = "call it after what it is: `.csv`, `.json` …";
            refuse(builder, text, layer, problem.help(help));
        }
        None => {
            let known: Vec<String> =
                IMPORTERS.iter().map(|row| format!("{} ({})", row.name, row.summary)).collect();
            let message = "this text is no graph file that is known here";
            let problem = Diagnostic::new("unknown-format", message)
                .help(format!("known are {}", known.join("; ")));
            refuse(builder, text, layer, problem);
        }
    }
}

/// Notes why a file cannot be read at all.
fn refuse(builder: &mut Builder, text: &Arc<Text>, layer: &str, problem: Diagnostic) {
    builder.begin_file(text, layer);
    builder.problem(problem.at(Place::new(text, 0..0)));
}

/// Does it begin as GML does: `Creator "…"` or `Version 1`, then `graph [`?
fn is_gml(content: &str) -> bool {
    let lines = content.lines().map(str::trim_start).filter(|line| !line.starts_with('#'));
    let mut lines = lines.filter(|line| !line.is_empty());
    let head = ["creator", "version", "comment"];
    let is_head = |line: &&str| {
        let word = line.split_whitespace().next().unwrap_or_default().to_lowercase();
        head.contains(&word.as_str())
    };
    let Some(first) = lines.find(|line| !is_head(line)) else { return false };
    let Some(rest) = first.strip_prefix("graph").map(str::trim) else { return false };
    rest.starts_with('[')
        || rest.is_empty() && lines.next().is_some_and(|next| next.starts_with('['))
}

impl Atlas {
    /// A graph from the texts of files, each with its name, later ones laid over earlier ones.
    /// The name's extension tells the format, or else the text does; a layer is called after its
    /// file, without folder and extension. Reading files is the caller's business:
    ///
    /// ```
    /// use opsatlas::graph::Atlas;
    ///
    /// let nodes = "id,name,kind\nhelm,Helm,tool\ndocker,Docker,tool\n";
    /// let edges = "from,kind,to\nhelm,needs,docker\n";
    /// let atlas = Atlas::from_texts([("nodes.csv", nodes), ("edges.csv", edges)]).unwrap();
    /// let answer = atlas.query("prereqs helm over needs").unwrap();
    /// assert_eq!(atlas.node(answer.nodes()[0]).name(), "Docker");
    ///
    /// let typo = [("nodes.csv", nodes), ("edges.csv", "from,to\nhelm,dcoker\n")];
    /// let problems = Atlas::from_texts(typo).unwrap_err();
    /// assert_eq!((problems[0].code, problems.len()), ("dangling-end", 1));
    /// ```
    ///
    /// # Errors
    /// Every problem of every file, each with its place.
    pub fn from_texts<N: Into<String>, C: Into<String>>(
        files: impl IntoIterator<Item = (N, C)>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let (mut builder, mut reading) = (Builder::new(), Reading::default());
        for (name, content) in files {
            let text = Text::new(name, content);
            read_text(&mut builder, &text, data::layer_name(&text.name), &mut reading);
        }
        builder.finish()
    }
}
