//! Where a file's name leads.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// How many links may lead on to one another.
const LINKS: usize = 40;

/// Where a name leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// What this process was given open: it is written on where it stands, which opening it anew
    /// would not do.
    Descriptor(i32),
    /// A device, a pipe, or what another process has open.
    Stream(PathBuf),
    /// A regular file, or none yet.
    File(PathBuf),
}

impl Destination {
    pub(super) fn of(file: &Path) -> io::Result<Self> {
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

    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<()> {
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

#[cfg(all(test, unix))]
mod tests {
    use super::{Destination, is_descriptor, resolved};
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::{Path, PathBuf};

    #[test]
    fn a_name_leads_to_a_file_a_stream_or_what_is_open() {
        let folder = tempfile::tempdir().expect("a folder");
        let own = fs::canonicalize(folder.path()).expect("there");
        let file = own.join("file");
        symlink("file", own.join("link")).expect("a link");
        symlink("round", own.join("round")).expect("a link");
        let leads = |path: &Path| Destination::of(path).ok();
        assert_eq!(leads(&own.join("link")), Some(Destination::File(file.clone())));
        assert_eq!(resolved(&own.join("./link")).ok(), Some(file));
        assert_eq!(leads(&own.join("round")), None);
        assert_eq!(leads(Path::new("-")), Some(Destination::Descriptor(1)));
        assert!(is_descriptor(Path::new("/dev/fd/7")) && !is_descriptor(Path::new("/dev/null")));
        let device = PathBuf::from("/dev/null");
        assert_eq!(leads(&device), Some(Destination::Stream(device)));
    }
}
