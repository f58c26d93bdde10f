//! Where answers and graphs go. What is a regular file by its own name is replaced whole or not at
//! all; everything else (a device, a pipe, what a descriptor leads to) is written to.

use super::destination::{Destination, resolved};
use super::inputs::{FileState, Purpose};
use super::replace::{Before, Refusal, Terms, replace};
use super::{inputs, output_buffer};
use crate::cli::errors::{Exit, Failure};
use crate::diagnostic::Diagnostic;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

fn failure(file: &Path, error: &io::Error) -> Failure {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir())
        && error.kind() == io::ErrorKind::NotFound
    {
        let message = format!("{}: there is no folder {}", file.display(), folder.display());
        return Failure::new(Exit::InputOutput, Diagnostic::new("io", message));
    }
    // The kind alone where a library has added a name that is of no use to anyone.
    let kind = io::Error::from(error.kind());
    let told =
        if error.raw_os_error().is_some() || error.get_ref().is_none() { error } else { &kind };
    let other = error.kind() == io::ErrorKind::Other;
    Failure::stream(&file.display().to_string(), if other { error } else { told })
}

/// Refuses a place for answers that is a file which was read.
pub(crate) fn claim(file: &Path) -> Result<(), Failure> {
    match Destination::of(file) {
        Ok(Destination::File(path)) => spare_inputs(file, &path, |_| true),
        _ => Ok(()),
    }
}

fn spare_inputs(file: &Path, path: &Path, spared: fn(Purpose) -> bool) -> Result<(), Failure> {
    let Some(input) = inputs::find(path).filter(|input| spared(input.purpose)) else {
        return Ok(());
    };
    let file = file.display();
    let message =
        format!("{file} is {}: what is written would take its place", input.purpose.words());
    let problem = Diagnostic::new("overwrites-input", message).help("name another file");
    let graph = format!("`--save {file}` writes the graph itself, and what is laid over it, there");
    let problem = if input.purpose == Purpose::Graph { problem.help(graph) } else { problem };
    Err(problem.into())
}

/// Writes answers.
pub(crate) fn write(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    claim(file)?;
    let destination = Destination::of(file).map_err(|error| failure(file, &error))?;
    if let Destination::File(path) = &destination {
        return replace(path, bytes, Terms::default()).map_err(|refusal| refused(file, refusal));
    }
    output_buffer::flush()?;
    match destination.write(bytes) {
        // The reader has gone; that is its right.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.map_err(|error| failure(file, &error)),
    }
}

fn refused(file: &Path, refusal: Refusal) -> Failure {
    let name = file.display();
    let problem = match refusal {
        Refusal::Failed(error) => return failure(file, &error),
        Refusal::Changed => {
            let message = format!("{name} has changed since it was read: nothing is written");
            Diagnostic::new("changed-file", message)
                .help("run this again to start from what it holds now, or name another file")
        }
        Refusal::ReadOnly => {
            Diagnostic::new("io", format!("{name} may not be written to: it is read-only"))
                .help("name another file, or allow it: chmod u+w")
        }
        Refusal::Foreign => {
            Diagnostic::new("io", format!("{name} belongs to somebody else, who would lose it"))
                .help("name another file, and copy that over it: cp keeps the owner")
        }
    };
    Failure::new(Exit::InputOutput, problem)
}

/// A file that is to be written when all is read, in the state it has before.
pub(crate) struct OutputFile {
    file: PathBuf,
    before: Option<FileState>,
}

impl OutputFile {
    pub(crate) fn new(file: &Path) -> Result<Self, Failure> {
        let stamp = resolved(file).and_then(|path| FileState::of(&path));
        let before = stamp.map_err(|error| failure(file, &error))?;
        Ok(Self { file: file.to_owned(), before })
    }

    /// Writes it, unless it has changed since this run has read it, or has begun.
    pub(crate) fn save(self, purpose: Purpose, bytes: &[u8]) -> Result<(), Failure> {
        let destination =
            Destination::of(&self.file).map_err(|error| failure(&self.file, &error))?;
        let Destination::File(path) = &destination else { return write(&self.file, bytes) };
        let other: fn(Purpose) -> bool = match purpose {
            Purpose::Graph => |found| found != Purpose::Graph,
            _ => |found| found != Purpose::Profile,
        };
        spare_inputs(&self.file, path, other)?;
        // A file that was read must be as it was then, any other as it was when this run began.
        let read = inputs::find(path).map(|input| input.state);
        let before = read.unwrap_or(self.before);
        let before = before.as_ref().map_or(Before::Nothing, Before::File);
        let terms = Terms { before, private: purpose == Purpose::Profile };
        replace(path, bytes, terms).map_err(|refusal| refused(&self.file, refusal))?;
        inputs::note(purpose, path, fs::metadata(path).ok().as_ref());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{OutputFile, write};
    use crate::cli::io::inputs::{self, Purpose};
    use std::fs;

    fn code<T>(written: Result<T, super::Failure>) -> Option<&'static str> {
        written.err().map(|failure| failure.problems[0].code)
    }

    #[test]
    fn no_answer_takes_the_place_of_what_was_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("graph.json");
        fs::write(&file, "{}").expect("written");
        inputs::note(Purpose::Graph, &file, fs::metadata(&file).ok().as_ref());
        assert_eq!(code(write(&file, b"x")), Some("overwrites-input"));
        assert_eq!(fs::read(&file).expect("there"), b"{}");
        let target = OutputFile::new(&file).expect("a place");
        assert_eq!(code(target.save(Purpose::Graph, b"[]")), None, "the graph itself may");
        #[cfg(unix)]
        {
            let other = folder.path().join("other.json");
            fs::hard_link(&file, &other).expect("a link");
            assert_eq!(code(write(&other, b"x")), Some("overwrites-input"), "by another name");
        }
    }

    #[test]
    fn what_somebody_wrote_meanwhile_is_not_lost() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("saved.json");
        let target = OutputFile::new(&file).expect("a place");
        fs::write(&file, "theirs").expect("written");
        assert_eq!(code(target.save(Purpose::Graph, b"ours")), Some("changed-file"));
        assert_eq!(fs::read(&file).expect("there"), b"theirs");
        let missing = folder.path().join("none/a.json");
        assert_eq!(code(write(&missing, b"x")), Some("io"));
    }
}
