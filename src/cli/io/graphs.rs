//! Graphs read from files and laid over one another.

use super::file_name::FileName;
use super::files;
use super::inputs::Purpose;
use crate::cli::errors::{self, Exit, Failure};
use crate::data::{BUILT_IN, built_in, layer_name};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, Builder};
use std::path::Path;

/// The name of the built-in graph, and the prefix of its layers' names.
const BUILT_IN_NAME: &str = "ops";

impl Atlas {
    /// The graph made of files in any format that is read, laid over one another, as `-g` reads
    /// them: `ops` and `ops-texts` are built in, `-` is standard input. Without the feature `cli`
    /// there is [`from_texts`](Self::from_texts).
    ///
    /// ```
    /// use opsatlas::graph::Atlas;
    ///
    /// let file = std::env::temp_dir().join("opsatlas-example.csv");
    /// std::fs::write(&file, "from,kind,to\nbread,needs,dough\ndough,needs,flour\n")?;
    /// let atlas = Atlas::from_files([&file]).expect("a valid graph");
    /// let answer = atlas.query("prereqs bread over needs").expect("an answer");
    /// assert_eq!(answer.count(), 2);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    /// A file that cannot be read, or every problem of those that can.
    pub fn from_files<P: AsRef<Path>>(
        files: impl IntoIterator<Item = P>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let names = files.into_iter().map(|file| file.as_ref().to_owned().into());
        layered(&names.collect::<Vec<FileName>>()).map_err(|failure| failure.problems)
    }
}

/// The graph made of the named files, or the built-in one if none is named.
pub(crate) fn load(graphs: &[FileName]) -> Result<Atlas, Failure> {
    if graphs.is_empty() {
        return Ok(Atlas::built_in());
    }
    let atlas = layered(graphs)?;
    atlas.notes().iter().for_each(|note| errors::note(note));
    Ok(atlas)
}

fn layered(graphs: &[FileName]) -> Result<Atlas, Failure> {
    let mut builder = Builder::new();
    for (at, graph) in graphs.iter().enumerate() {
        if at == 0 && graph.as_str() == BUILT_IN_NAME {
            builder = built_in();
            continue;
        }
        let name = graph.as_str();
        let is_meant = |layer| name == BUILT_IN_NAME || name.strip_prefix("ops-") == Some(layer);
        let mut built_in = BUILT_IN.iter().filter(|part| is_meant(part.layer)).peekable();
        if built_in.peek().is_some() {
            built_in.for_each(|part| part.read_into(&mut builder));
        } else {
            let text = files::read(graph, Purpose::Graph)?;
            let layer = if graph.is_stream() { "stdin" } else { layer_name(name) };
            crate::import::read(&mut builder, &text, layer);
        }
    }
    builder.finish().map_err(|problems| Failure { exit: Exit::Data, problems })
}
