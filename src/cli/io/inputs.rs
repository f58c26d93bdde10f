//! Which files this run has read, so that no answer takes their place, and in which state, so that
//! what is written to them later is not lost.

use super::destination::resolved;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

/// What a file was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    Graph,
    Batch,
    Profile,
    History,
}

impl Purpose {
    /// In a sentence: `own.json is …`.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Graph => "a graph that is loaded",
            Self::Batch => "a batch that was read",
            Self::Profile => "the profile",
            Self::History => "the history of the prompt",
        }
    }
}

/// The state of a regular file at one time: another one means that it was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileState {
    /// Which file it is, whatever its name, where the system tells.
    identity: Option<(u64, u64)>,
    length: u64,
    modified: Option<SystemTime>,
    /// When the system noted any change: nobody can set that back.
    changed: (i64, i64),
}

impl FileState {
    fn new(found: &Metadata) -> Self {
        #[cfg(unix)]
        let (identity, changed) = {
            use std::os::unix::fs::MetadataExt;
            (Some((found.dev(), found.ino())), (found.ctime(), found.ctime_nsec()))
        };
        #[cfg(not(unix))]
        let (identity, changed) = (None, (0, 0));
        Self { identity, length: found.len(), modified: found.modified().ok(), changed }
    }

    /// The state of a file now; `None` if there is none.
    pub(crate) fn of(path: &Path) -> io::Result<Option<Self>> {
        match fs::metadata(path) {
            Ok(found) => Ok(Some(Self::new(&found))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// A file that was read.
#[derive(Debug, Clone)]
pub(crate) struct InputFile {
    pub(crate) purpose: Purpose,
    path: PathBuf,
    /// Its state before it was read; `None` if there was none.
    pub(crate) state: Option<FileState>,
}

impl InputFile {
    fn is(&self, path: &Path, now: Option<&FileState>) -> bool {
        let same = |own: &FileState, now: &FileState| {
            own.identity.is_some() && own.identity == now.identity
        };
        self.path == path || self.state.as_ref().zip(now).is_some_and(|(own, now)| same(own, now))
    }
}

static INPUTS: Mutex<Vec<InputFile>> = Mutex::new(Vec::new());

fn inputs() -> MutexGuard<'static, Vec<InputFile>> {
    INPUTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A regular file is read in the state found, or will be if there is none yet.
pub(crate) fn note(purpose: Purpose, file: &Path, found: Option<&Metadata>) {
    if found.is_none_or(Metadata::is_file) {
        let path = resolved(file).unwrap_or_else(|_| file.to_owned());
        let mut inputs = inputs();
        inputs.retain(|input| input.path != path);
        inputs.push(InputFile { purpose, path, state: found.map(FileState::new) });
    }
}

/// Many files were read that have not been before.
pub(crate) fn note_all<'f>(purpose: Purpose, files: impl Iterator<Item = &'f Path>) {
    let read = files.map(|file| InputFile {
        purpose,
        path: resolved(file).unwrap_or_else(|_| file.to_owned()),
        state: FileState::of(file).ok().flatten(),
    });
    inputs().extend(read);
}

/// Standard input is read, which may be a file.
pub(crate) fn note_standard_input(purpose: Purpose) {
    #[cfg(unix)]
    {
        use std::os::fd::AsFd;
        let given = io::stdin().as_fd().try_clone_to_owned().map(fs::File::from);
        if let Ok(found) = given.and_then(|given| given.metadata()) {
            note(purpose, Path::new("-"), Some(&found));
        }
    }
    #[cfg(not(unix))]
    let _ = purpose;
}

/// What the file at a resolved path was read as, whatever its name was then.
pub(crate) fn find(path: &Path) -> Option<InputFile> {
    let now = FileState::of(path).ok().flatten();
    inputs().iter().rev().find(|input| input.is(path, now.as_ref())).cloned()
}
