//! Graphs read from files and laid over one another.

use super::file_name::FileName;
use super::files;
use crate::cli::errors::{self, Failure};
use crate::data::layer_name;
use crate::graph::Atlas;
use crate::import::files::layered;

/// The graph made of the named files, or the built-in one if none is named.
pub(crate) fn load(graphs: &[FileName]) -> Result<Atlas, Failure> {
    if graphs.is_empty() {
        return Ok(Atlas::built_in());
    }
    let atlas = layered(graphs.iter().map(|graph| (graph.as_str(), graph)), |graph| {
        let layer = if graph.is_stream() { "stdin" } else { layer_name(graph.as_str()) };
        files::read_graph(graph).map(|content| (content, layer.to_owned()))
    })?;
    atlas.notes().iter().for_each(|note| errors::note(note));
    Ok(atlas)
}
