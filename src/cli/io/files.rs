//! Files that are read whole: graphs, batches, profiles.

use super::file_name::FileName;
use super::inputs::{self, Purpose};
use crate::cli::errors::{Exit, Failure};
use crate::diagnostic::{Diagnostic, Text};
use crate::import::files::{Content, Unread, graph_of, text_of};
use std::fs::{self, File};
use std::io;
use std::sync::Arc;

/// How large a batch or a profile may be, in bytes.
pub(super) const BATCH_LIMIT: u64 = 64 << 20;

/// What standard input is called.
const STREAM: &str = "standard input";

/// A text file without its byte-order mark, or standard input for `-`.
pub(crate) fn read(file: &FileName, purpose: Purpose) -> Result<Arc<Text>, Failure> {
    let text = if file.is_stream() {
        inputs::note_standard_input(purpose);
        text_of(STREAM, io::stdin().lock(), 0, BATCH_LIMIT)
    } else {
        let opened = opened(file, purpose);
        opened.and_then(|(open, length)| text_of(file.as_str(), open, length, BATCH_LIMIT))
    };
    text.map_err(unread(file, purpose))
}

/// A graph's file, or standard input for `-`.
pub(crate) fn read_graph(file: &FileName) -> Result<Content, Failure> {
    let graph = if file.is_stream() {
        inputs::note_standard_input(Purpose::Graph);
        graph_of(STREAM, io::stdin().lock(), None, 0)
    } else {
        let opened = opened(file, Purpose::Graph);
        opened.and_then(|(open, length)| graph_of(file.as_str(), &open, Some(&open), length))
    };
    graph.map_err(unread(file, Purpose::Graph))
}

/// What to say of a file that could not be read.
fn unread(file: &FileName, purpose: Purpose) -> impl FnOnce(Unread) -> Failure {
    let name = if file.is_stream() { STREAM } else { file.as_str() };
    move |why| {
        let exit = match (&why, purpose) {
            (Unread::Stream(_), _) => Exit::InputOutput,
            // What is no text is no graph either, and no query.
            (Unread::Content(_), Purpose::Batch) => Exit::Usage,
            (Unread::Content(_), _) => Exit::Data,
        };
        Failure::new(exit, why.problem(name))
    }
}

/// The file and its length.
fn opened(file: &FileName, purpose: Purpose) -> Result<(File, u64), Unread> {
    let opened = File::open(file)?;
    let found = opened.metadata()?;
    inputs::note(purpose, file.path(), Some(&found));
    Ok((opened, found.len()))
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

#[cfg(test)]
mod tests {
    use super::{Content, must_be_regular, read, read_graph};
    use crate::cli::errors::Exit;
    use crate::cli::io::file_name::FileName;
    use crate::cli::io::inputs::Purpose;

    #[test]
    fn a_text_is_read_without_its_mark_and_what_is_none_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let read = |bytes: &[u8], purpose| {
            let file = folder.path().join("file");
            std::fs::write(&file, bytes).expect("written");
            let file = FileName::from(file);
            match purpose {
                Purpose::Graph => match read_graph(&file)? {
                    Content::Text(text) => Ok(text),
                    Content::Snapshot(_) => panic!("a text"),
                },
                _ => read(&file, purpose),
            }
        };
        let text = read("\u{feff}é".as_bytes(), Purpose::Batch).expect("a text");
        assert_eq!(text.content, "é");
        let told = |bytes: &[u8], purpose| {
            let failure = read(bytes, purpose).expect_err("no text");
            let problem = &failure.problems[0];
            (failure.exit, problem.code, problem.help.join(" "))
        };
        let (exit, code, help) = told(b"a\nb\xff", Purpose::Graph);
        assert_eq!((exit, code, help.as_str()), (Exit::Data, "not-utf8", "save the file as UTF-8"));
        assert_eq!(told(b"a\xff", Purpose::Batch).0, Exit::Usage);
        assert!(told(b"\xff\xfea\0", Purpose::Graph).2.contains("UTF-16"));
        let missing = read_graph(&FileName::from(folder.path().join("none")));
        assert_eq!(missing.map(drop).map_err(|failure| failure.exit), Err(Exit::InputOutput));
        assert!(must_be_regular(&FileName::from(folder.path().to_owned())).is_err());
    }
}
