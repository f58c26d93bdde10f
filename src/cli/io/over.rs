//! Files that lie over a graph in a database.

use super::file_name::FileName;
use super::files;
use crate::cli::errors::Failure;
use crate::diagnostic::Diagnostic;
use crate::graph::Builder;
use crate::import::Reading;
use crate::import::files::{Content, Held, is_built_in, laid_over};
use std::collections::HashMap;

/// Lays files over whatever is given, as often as it is asked to; they are read once.
pub(super) fn over<'f>(
    files: &'f [FileName],
    reading: &'f Reading,
) -> Result<impl Fn(Builder) -> Result<Builder, Failure> + use<'f>, Failure> {
    let mut held = HashMap::new();
    for file in files.iter().filter(|file| !file.path().is_dir() && !is_built_in(file.as_str())) {
        let Held { name, content, layer } = files::read_graph(file)?;
        let Content::Bytes(bytes) = content else {
            let message = format!("{name} is in binary form, which lies under all others");
            let problem = Diagnostic::new("bad-snapshot", message).outside();
            return Err(problem.help("save it as a text first: --save over.json").into());
        };
        held.insert(file.as_str(), (name, bytes, layer));
    }
    Ok(move |under: Builder| {
        let read = |file: &FileName| {
            let Some((name, bytes, layer)) = held.get(file.as_str()) else {
                return files::read_graph(file);
            };
            let content = Content::Bytes(bytes.clone());
            Ok(Held { name: name.clone(), content, layer: layer.clone() })
        };
        let named = files.iter().map(|file| (file.as_str(), file));
        laid_over(Some(under), named, read, &mut reading.clone()).map(|(builder, _)| builder)
    })
}
