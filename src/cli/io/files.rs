//! Files that are read whole: graphs, batches, profiles.

use super::file_name::FileName;
use super::inputs::{self, Purpose};
use crate::cli::errors::{Exit, Failure};
use crate::diagnostic::{Diagnostic, Place, Text};
use std::fs::{self, File};
use std::io::{self, Read};
use std::string::FromUtf8Error;
use std::sync::Arc;

/// How large a graph file may be, in bytes.
const GRAPH_LIMIT: u64 = 2 << 30;
/// How large a batch or a profile may be, in bytes.
pub(super) const BATCH_LIMIT: u64 = 64 << 20;

/// A text file without its byte-order mark, or standard input for `-`.
pub(crate) fn read(file: &FileName, purpose: Purpose) -> Result<Arc<Text>, Failure> {
    // What is no text is no graph either, and no query.
    let exit = if purpose == Purpose::Batch { Exit::Usage } else { Exit::Data };
    let limit = if purpose == Purpose::Graph { GRAPH_LIMIT } else { BATCH_LIMIT };
    let name = if file.is_stream() { "standard input" } else { file.as_str() };
    let read = if file.is_stream() {
        inputs::note_standard_input(purpose);
        bytes_of(io::stdin().lock(), limit)
    } else {
        File::open(file).and_then(|opened| {
            let found = opened.metadata()?;
            inputs::note(purpose, file.path(), Some(&found));
            if found.len() > limit { Ok(None) } else { bytes_of(opened, limit) }
        })
    };
    let bytes = read.map_err(|error| unread(name, &error))?;
    let bytes = bytes.ok_or_else(|| too_long(name, limit, exit))?;
    let text = String::from_utf8(bytes).map_err(|error| no_text(name, 1, &error, exit))?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => Text::new(name, rest),
        None => Text::new(name, text),
    })
}

/// Refuses what is there and no regular file: a pipe or a device may never end.
pub(crate) fn must_be_regular(file: &FileName) -> Result<(), Failure> {
    match fs::metadata(file) {
        Ok(found) if !found.is_file() => {
            let problem = Diagnostic::new("io", format!("{file} is no regular file"));
            let help = "put what it holds into a file, and name that";
            Err(Failure::new(Exit::InputOutput, problem.help(help)))
        }
        _ => Ok(()),
    }
}

/// A file that cannot be read.
fn unread(name: &str, error: &io::Error) -> Failure {
    let mut failure = Failure::stream(name, error);
    if error.kind() == io::ErrorKind::NotFound {
        let help = "is the path right, seen from the current folder?";
        failure.problems[0].help.push(help.to_owned());
    }
    failure
}

pub(super) fn too_long(name: &str, limit: u64, exit: Exit) -> Failure {
    let message = format!("{name} has more than {limit} bytes, which is the limit");
    Failure::new(exit, Diagnostic::new("too-long", message))
}

/// How many bytes tell an endless device.
pub(super) const LOOK: usize = 1 << 16;

/// Endless devices begin like this; nothing that is text does.
pub(super) fn is_device(bytes: &[u8]) -> bool {
    bytes.get(..LOOK).is_some_and(|first| first.iter().all(|byte| *byte == 0))
}

/// All bytes, or `None` if there are more than `limit`. Of what is no text the first ones suffice to
/// say so: it may be large, or an endless device.
fn bytes_of(mut stream: impl Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    stream.by_ref().take(LOOK as u64).read_to_end(&mut bytes)?;
    let is_text =
        std::str::from_utf8(&bytes).map_or_else(|error| error.error_len().is_none(), |_| true);
    if !is_text || is_device(&bytes) {
        return Ok(Some(bytes));
    }
    stream.take(limit + 1 - LOOK as u64).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

/// Text that is none: at its first byte that cannot stand there.
pub(crate) fn not_utf8(name: &str, line: usize, error: &FromUtf8Error) -> Diagnostic {
    let (valid, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
    let text = Text::part(name, String::from_utf8_lossy(bytes), line);
    let width = text.content[valid..].chars().next().map_or(0, char::len_utf8);
    let place = Place::new(&text, valid..valid + width);
    Diagnostic::new("not-utf8", "this is not UTF-8 text").at(place)
}

pub(super) fn no_text(name: &str, line: usize, error: &FromUtf8Error, exit: Exit) -> Failure {
    let problem = not_utf8(name, line, error);
    let utf16 = [[0xff, 0xfe], [0xfe, 0xff]].iter().any(|mark| error.as_bytes().starts_with(mark));
    let problem = if utf16 {
        let place = Place::new(&Text::new(name, ""), 0..0);
        problem.at(place).help("it looks like UTF-16: save the file as UTF-8")
    } else {
        problem.help("save the file as UTF-8")
    };
    Failure::new(exit, problem)
}
