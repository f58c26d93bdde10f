//! Where answers and graphs go. What is a regular file by its own name is replaced whole or not at
//! all; everything else (a device, a pipe, what a descriptor leads to) is written to.

use super::inputs::{Role, Stamp};
use super::replace::{Before, Refusal, Terms, replace};
use super::{inputs, output_buffer};
use crate::cli::errors::{Exit, Failure};
use crate::diagnostic::Diagnostic;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How many links may lead on to one another.
const LINKS: usize = 40;

/// Where a name leads.
#[derive(Debug, PartialEq, Eq)]
enum Destination {
    /// What this process was given open: it is written on where it stands, which opening it anew
    /// would not do.
    Descriptor(i32),
    /// A device, a pipe, or what another process has open.
    Stream(PathBuf),
    /// A regular file, or none yet.
    File(PathBuf),
}

impl Destination {
    fn of(file: &Path) -> io::Result<Self> {
        if file == Path::new("-") {
            return Ok(Self::Descriptor(1));
        }
        let mut path = file.to_owned();
        for _ in 0..LINKS {
            let (folder, name) = place_of(&path)?;
            let own = Path::new("/proc").join(std::process::id().to_string());
            let descriptors = folder.ends_with("fd") && folder.starts_with("/proc");
            if descriptors && folder.starts_with(own) || folder == Path::new("/dev/fd") {
                let number = name.to_str().and_then(|name| name.parse().ok());
                return number.map(Self::Descriptor).ok_or(io::ErrorKind::NotFound.into());
            }
            path = folder.join(name);
            match fs::symlink_metadata(&path) {
                _ if descriptors => return Ok(Self::Stream(path)),
                Ok(found) if found.is_symlink() => path = folder.join(fs::read_link(&path)?),
                Ok(found) if !found.is_file() => return Ok(Self::Stream(path)),
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => return Ok(Self::File(path)),
            }
        }
        Err(io::Error::other("links lead round and round"))
    }

    fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let write = |out: &mut dyn Write| out.write_all(bytes).and_then(|()| out.flush());
        match self {
            Self::Descriptor(1) => write(&mut io::stdout().lock()),
            Self::Descriptor(2) => write(&mut io::stderr().lock()),
            Self::Descriptor(number) => write(&mut descriptor(*number)?),
            // Whatever it is, nothing in it is cut off.
            Self::Stream(path) => write(&mut OpenOptions::new().append(true).open(path)?),
            Self::File(_) => Ok(()),
        }
    }
}

/// The folder of a path, free of links, and the name in it.
fn place_of(path: &Path) -> io::Result<(PathBuf, PathBuf)> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = fs::canonicalize(folder.unwrap_or_else(|| Path::new(".")))?;
    match path.file_name() {
        Some(name) => Ok((folder, name.into())),
        // `..` and the like are folders.
        None => Ok((fs::canonicalize(path)?, PathBuf::new())),
    }
}

/// The path that a file's name leads to in the end.
pub(crate) fn resolved(file: &Path) -> io::Result<PathBuf> {
    match Destination::of(file)? {
        Destination::File(path) | Destination::Stream(path) => Ok(path),
        Destination::Descriptor(_) => Ok(file.to_owned()),
    }
}

/// Does a name lead to what this process was given open?
pub(crate) fn is_descriptor(file: &Path) -> bool {
    matches!(Destination::of(file), Ok(Destination::Descriptor(_)))
}

/// What the process that started this one has opened for it.
#[cfg(unix)]
#[expect(unsafe_code, reason = "only this shares the place in the file that was reached so far")]
fn descriptor(number: i32) -> io::Result<File> {
    use std::os::fd::BorrowedFd;
    if !Path::new(&format!("/dev/fd/{number}")).exists() || number < 0 {
        return Err(io::ErrorKind::NotFound.into());
    }
    // SAFETY: it is open, as was just seen, and nothing here closes what it did not open.
    let given = unsafe { BorrowedFd::borrow_raw(number) };
    given.try_clone_to_owned().map(File::from)
}

#[cfg(not(unix))]
fn descriptor(_: i32) -> io::Result<File> {
    Err(io::ErrorKind::NotFound.into())
}

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

fn spare_inputs(file: &Path, path: &Path, spared: fn(Role) -> bool) -> Result<(), Failure> {
    let Some(input) = inputs::find(path).filter(|input| spared(input.role)) else { return Ok(()) };
    let file = file.display();
    let message = format!("{file} is {}: what is written would take its place", input.role.words());
    let problem = Diagnostic::new("overwrites-input", message).help("name another file");
    let graph = format!("`--save {file}` writes the graph itself, and what is laid over it, there");
    let problem = if input.role == Role::Graph { problem.help(graph) } else { problem };
    Err(Failure::new(Exit::Usage, problem))
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
pub(crate) struct Target {
    file: PathBuf,
    before: Option<Stamp>,
}

impl Target {
    pub(crate) fn new(file: &Path) -> Result<Self, Failure> {
        let stamp = resolved(file).and_then(|path| Stamp::of(&path));
        let before = stamp.map_err(|error| failure(file, &error))?;
        Ok(Self { file: file.to_owned(), before })
    }

    /// Writes it, unless it has changed since this run has read it, or has begun.
    pub(crate) fn save(self, role: Role, bytes: &[u8]) -> Result<(), Failure> {
        let destination =
            Destination::of(&self.file).map_err(|error| failure(&self.file, &error))?;
        let Destination::File(path) = &destination else { return write(&self.file, bytes) };
        let other: fn(Role) -> bool = match role {
            Role::Graph => |found| found != Role::Graph,
            _ => |found| found != Role::Profile,
        };
        spare_inputs(&self.file, path, other)?;
        let read = inputs::find(path).map(|input| input.stamp);
        let before = read.unwrap_or(self.before);
        let before = before.as_ref().map_or(Before::Nothing, Before::File);
        let terms = Terms { before, private: role == Role::Profile };
        replace(path, bytes, terms).map_err(|refusal| refused(&self.file, refusal))?;
        inputs::note(role, path, fs::metadata(path).ok().as_ref());
        Ok(())
    }
}
