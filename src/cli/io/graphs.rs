//! Graphs read from files and laid over one another.

use super::file_name::FileName;
use super::files;
use super::inputs::{self, Purpose};
use super::remote;
use crate::cli::errors::{self, Failure};
use crate::graph::Atlas;
use crate::import::Reading;
use crate::import::files::{Content, Held, layer_of, layered};
use std::path::Path;

/// The graph made of the named files, or the built-in one if none is named.
pub(crate) fn load(graphs: &[FileName], reading: Reading) -> Result<Atlas, Failure> {
    if graphs.is_empty() {
        return Ok(Atlas::built_in());
    }
    let atlas = load_with(graphs, reading, &[])?;
    for folder in graphs.iter().filter(|graph| graph.path().is_dir()) {
        let files = atlas.files().iter().map(|file| Path::new(&file.name));
        inputs::note_all(Purpose::Graph, files.filter(|file| file.starts_with(folder.path())));
    }
    errors::tell_notes(&atlas);
    Ok(atlas)
}

/// The same, as if some files had these texts.
pub(crate) fn load_with(
    graphs: &[FileName],
    mut reading: Reading,
    texts: &[(&FileName, String)],
) -> Result<Atlas, Failure> {
    if graphs.iter().any(remote::is_remote) {
        let message = "a graph in a database is opened when the program starts: -g ADDRESS";
        return Err(crate::diagnostic::Diagnostic::new("bad-flag", message).into());
    }
    let read = |graph: &FileName| match texts.iter().find(|(file, _)| *file == graph) {
        Some((_, text)) => {
            let name = graph.as_str().to_owned();
            Ok(Held {
                layer: layer_of(&name),
                name,
                content: Content::Bytes(text.clone().into_bytes()),
            })
        }
        None => files::read_graph(graph),
    };
    let named = graphs.iter().map(|graph| (graph.as_str(), graph));
    layered(named, read, &mut reading)
}
