//! Files that are read whole: graphs, batches, profiles.

use super::file_name::FileName;
use super::inputs::{self, Purpose};
use crate::cli::errors::{Exit, Failure};
use crate::diagnostic::{Diagnostic, Text};
use crate::import::book_of;
use crate::import::files::{Held, Unread, graph_of, layer_of, text_of};
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Arc;

/// How large a batch or a profile may be, in bytes.
pub(super) const BATCH_LIMIT: u64 = 64 << 20;

/// What a file is called in messages.
fn name_of(file: &FileName) -> &str {
    if file.is_stream() { "standard input" } else { file.as_str() }
}

/// A text file without its byte-order mark, or standard input for `-`.
pub(crate) fn read(file: &FileName, purpose: Purpose) -> Result<Arc<Text>, Failure> {
    let name = name_of(file);
    let text = if file.is_stream() {
        inputs::note_standard_input(purpose);
        text_of(name, io::stdin().lock(), 0, BATCH_LIMIT)
    } else {
        let opened = opened(file.path(), purpose);
        opened.and_then(|(file, length)| text_of(name, file, length, BATCH_LIMIT))
    };
    told(text, name, purpose)
}

/// A graph file, or standard input for `-`.
pub(crate) fn read_graph(file: &FileName) -> Result<Held, Failure> {
    let name = name_of(file);
    let content = if file.is_stream() {
        inputs::note_standard_input(Purpose::Graph);
        graph_of(name, io::stdin().lock(), None, 0)
    } else {
        let opened = opened(&book_of(file.path()), Purpose::Graph);
        opened.and_then(|(open, length)| graph_of(name, &open, Some(&open), length))
    };
    let layer = if file.is_stream() { "stdin".to_owned() } else { layer_of(name) };
    told(content, name, Purpose::Graph).map(|content| Held {
        name: name.to_owned(),
        content,
        layer,
    })
}

/// Why nothing was read, with how the program ends.
fn told<T>(read: Result<T, Unread>, name: &str, purpose: Purpose) -> Result<T, Failure> {
    read.map_err(|why| {
        let exit = match (&why, purpose) {
            (Unread::Stream(_), _) => Exit::InputOutput,
            // What is no text is no graph either, and no query.
            (Unread::Content(_), Purpose::Batch) => Exit::Usage,
            (Unread::Content(_), _) => Exit::Data,
        };
        Failure::new(exit, why.problem(name))
    })
}

/// The file and its length.
fn opened(file: &Path, purpose: Purpose) -> Result<(File, u64), Unread> {
    let opened = File::open(file)?;
    let found = opened.metadata()?;
    inputs::note(purpose, file, Some(&found));
    Ok((opened, found.len()))
}

/// Refuses what is there and no regular file: a pipe or a device may never end.
pub(crate) fn must_be_regular(file: &FileName) -> Result<(), Failure> {
    match fs::metadata(book_of(file.path())) {
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
    use super::{must_be_regular, read};
    use crate::cli::errors::Exit;
    use crate::cli::io::file_name::FileName;
    use crate::cli::io::inputs::Purpose;

    #[test]
    fn a_text_is_read_without_its_mark_and_what_is_none_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let read = |bytes: &[u8], purpose| {
            let file = folder.path().join("file");
            std::fs::write(&file, bytes).expect("written");
            read(&FileName::from(file), purpose)
        };
        let text = read("\u{feff}é".as_bytes(), Purpose::Batch).expect("a text");
        assert_eq!(text.content, "é");
        let told = |bytes: &[u8], purpose| {
            let failure = read(bytes, purpose).expect_err("no text");
            let problem = &failure.problems[0];
            (failure.exit, problem.code, problem.help.join(" "))
        };
        let (exit, code, help) = told(b"a\nb\xff", Purpose::Graph);
        assert_eq!((exit, code), (Exit::Data, "not-utf8"));
        assert!(help.starts_with("save the file as UTF-8") && help.contains("iconv -f"), "{help}");
        assert_eq!(told(b"a\xff", Purpose::Batch).0, Exit::Usage);
        assert!(told(b"\xff\xfea\0", Purpose::Graph).2.contains("UTF-16"));
        let missing = super::read(&FileName::from(folder.path().join("none")), Purpose::Graph);
        assert_eq!(missing.map(drop).map_err(|failure| failure.exit), Err(Exit::InputOutput));
        assert!(must_be_regular(&FileName::from(folder.path().to_owned())).is_err());
    }
}
