//! The binary form, which is mapped instead of read: it holds everything, layers' names, too.

use super::{Saved, Saver};
use crate::data::snapshot;
use crate::diagnostic::{Diagnostic, Note};
use crate::graph::Atlas;

pub(super) const SAVER: Saver = Saver {
    name: "atlas",
    extensions: &["atlas"],
    summary: "the binary form, which opens at once, by this version of the program",
    save: |atlas, _| save(atlas),
};

fn save(atlas: &Atlas) -> Result<Saved, Diagnostic> {
    let bytes = snapshot(atlas).ok_or_else(|| {
        let problem = Diagnostic::new("too-large", "the graph has more than 4 GiB of texts");
        problem.help(Note::naming("save it as text: `", "save", " GRAPH.json`"))
    })?;
    Ok(Saved { files: vec![("", bytes)], left_out: Vec::new() })
}
