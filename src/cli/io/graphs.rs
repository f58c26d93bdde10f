//! Graphs read from files and laid over one another.

use super::file_name::FileName;
use super::files;
use super::inputs::Purpose;
use crate::cli::errors::{self, Exit, Failure};
use crate::data::layer_name;
use crate::diagnostic::Text;
use crate::graph::Atlas;
use crate::import::files::layered;

/// The graph made of the named files, or the built-in one if none is named.
pub(crate) fn load(graphs: &[FileName]) -> Result<Atlas, Failure> {
    if graphs.is_empty() {
        return Ok(Atlas::built_in());
    }
    let atlas = load_with(graphs, &[])?;
    atlas.notes().iter().for_each(|note| errors::note(note));
    Ok(atlas)
}

/// The same, as if some files had these texts.
pub(crate) fn load_with(
    graphs: &[FileName],
    texts: &[(&FileName, String)],
) -> Result<Atlas, Failure> {
    let builder = layered(graphs.iter().map(|graph| (graph.as_str(), graph)), |graph| {
        let layer = if graph.is_stream() { "stdin" } else { layer_name(graph.as_str()) };
        let text = match texts.iter().find(|(file, _)| *file == graph) {
            Some((_, text)) => Text::new(graph.as_str(), text.trim_start_matches('\u{feff}')),
            None => files::read(graph, Purpose::Graph)?,
        };
        Ok::<_, Failure>((text, layer.to_owned()))
    })?;
    builder.finish().map_err(|problems| Failure { exit: Exit::Data, problems })
}
