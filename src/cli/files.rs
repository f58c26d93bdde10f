//! Files and streams: graphs and batches in, answers out. Files are replaced whole or not at all.

use super::{Exit, Failure};
use crate::data::{BUILT_IN, layer_name};
use crate::diagnostic::{Diagnostic, Place, Text};
use crate::graph::{Atlas, Builder};
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The name of the built-in graph, and the prefix of its layers' names.
const BUILT_IN_NAME: &str = "ops";

fn io_failure(message: String) -> Failure {
    Failure::new(Exit::InputOutput, Diagnostic::new("io", message))
}

/// A stream that failed.
pub(crate) fn stream_failure(stream: &str, error: &io::Error) -> Failure {
    io_failure(format!("{stream}: {error}"))
}

/// A text file, or standard input for `-`.
pub(crate) fn read(file: &str) -> Result<Text, Failure> {
    let mut bytes = Vec::new();
    let name = if file == "-" { "standard input" } else { file };
    let read = if file == "-" {
        io::stdin().lock().read_to_end(&mut bytes).map(drop)
    } else {
        fs::read(file).map(|read| bytes = read)
    };
    read.map_err(|error| {
        let mut failure = stream_failure(name, &error);
        if error.kind() == io::ErrorKind::NotFound {
            failure.problems[0]
                .help
                .push("is the path right, seen from the current folder?".to_owned());
        }
        failure
    })?;
    let name = name.to_owned();
    String::from_utf8(bytes).map(|content| Text { name: name.clone(), content }).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let bytes = error.into_bytes();
        let content = String::from_utf8_lossy(&bytes).into_owned();
        let problem = Diagnostic::new("not-utf8", "this is not UTF-8 text");
        let text = Arc::new(Text { name, content });
        let width = text.content[valid..].chars().next().map_or(0, char::len_utf8);
        let problem = problem.at(Place::new(&text, valid..valid + width));
        Failure::new(Exit::Data, problem.help("save the file as UTF-8"))
    })
}

/// The graph made of the named files, or the built-in one if none is named.
pub(crate) fn load(graphs: &[String]) -> Result<Atlas, Failure> {
    if graphs.is_empty() {
        return Ok(Atlas::built_in());
    }
    let mut builder = Builder::new();
    for graph in graphs {
        let layers = BUILT_IN.iter().filter(|part| {
            graph == BUILT_IN_NAME || graph.strip_prefix("ops-") == Some(part.layer)
        });
        let mut found = false;
        for part in layers {
            part.read_into(&mut builder);
            found = true;
        }
        if !found {
            let text = Arc::new(read(graph)?);
            let layer = if graph == "-" { "stdin" } else { layer_name(graph) };
            crate::data::read(&mut builder, &text, layer);
        }
    }
    builder.finish().map_err(|problems| Failure { exit: Exit::Data, problems })
}

/// Writes a file whole or not at all: beside it first, then in its place, keeping its mode and
/// following a link. What is no regular file (a device, a pipe) is written to directly.
pub(crate) fn write(file: &str, bytes: &[u8]) -> Result<(), Failure> {
    if file == "-" {
        let mut out = io::stdout().lock();
        return out
            .write_all(bytes)
            .and_then(|()| out.flush())
            .map_err(|error| stream_failure("standard output", &error));
    }
    replace(Path::new(file), bytes).map_err(|error| stream_failure(file, &error))
}

fn replace(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = fs::canonicalize(file).unwrap_or_else(|_| PathBuf::from(file));
    let existing = fs::metadata(&target).ok();
    if existing.as_ref().is_some_and(|found| !found.is_file()) {
        let mut out = fs::OpenOptions::new().write(true).open(&target)?;
        out.write_all(bytes)?;
        return out.flush();
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    let mut beside = beside(folder)?;
    beside.write_all(bytes)?;
    if let Some(existing) = existing {
        fs::set_permissions(beside.path(), existing.permissions())?;
    }
    beside.as_file().sync_all()?;
    beside.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

/// A temporary file in `folder` with the mode that a new file would have.
fn beside(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".opsatlas-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}
