//! Graphs read from files and laid over one another.

use super::file_name::FileName;
use super::files;
use crate::cli::errors::{self, Exit, Failure};
use crate::graph::Atlas;
use crate::import::Reading;
use crate::import::files::layered;

/// The graph made of the named files, or the built-in one if none is named.
pub(crate) fn load(graphs: &[FileName], mut reading: Reading) -> Result<Atlas, Failure> {
    if graphs.is_empty() {
        return Ok(Atlas::built_in());
    }
    let named = graphs.iter().map(|graph| (graph.as_str(), graph));
    let builder = layered(named, files::read_graph, &mut reading)?;
    let atlas = builder.finish().map_err(|problems| Failure { exit: Exit::Data, problems })?;
    atlas.notes().iter().for_each(|note| errors::note(note));
    Ok(atlas)
}
