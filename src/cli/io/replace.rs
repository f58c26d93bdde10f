//! A file replaced whole or not at all, with its mode and its owner, and never over what somebody
//! else has written meanwhile.

use super::inputs::FileState;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Why a file is not replaced.
#[derive(Debug)]
pub(crate) enum Refusal {
    Failed(io::Error),
    /// It is not as it was.
    Changed,
    ReadOnly,
    /// It belongs to another user, and would be the own one's.
    #[cfg_attr(not(unix), expect(dead_code, reason = "owners are told on Unix alone"))]
    Foreign,
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::Failed(error)
    }
}

/// What must be there when the file is replaced.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) enum Before<'s> {
    /// Whatever it is.
    #[default]
    Anything,
    Nothing,
    /// The file in this state.
    File(&'s FileState),
}

/// What a replacement has to heed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Terms<'s> {
    pub(crate) before: Before<'s>,
    /// Is a new file for its owner only?
    pub(crate) private: bool,
}

impl Terms<'_> {
    /// Is there at `path` what must be?
    fn hold(self, path: &Path) -> Result<(), Refusal> {
        let holds = match self.before {
            Before::Anything => true,
            Before::Nothing => FileState::of(path)?.is_none(),
            Before::File(before) => FileState::of(path)?.as_ref() == Some(before),
        };
        if holds { Ok(()) } else { Err(Refusal::Changed) }
    }

    fn wants_nothing_there(self) -> bool {
        matches!(self.before, Before::Nothing)
    }

    fn mode(self) -> u32 {
        if self.private { 0o600 } else { 0o666 }
    }
}

/// Puts `bytes` in the place of a regular file, or where there is none yet.
pub(crate) fn replace(path: &Path, bytes: &[u8], terms: Terms<'_>) -> Result<(), Refusal> {
    let existing = match fs::metadata(path) {
        Ok(found) => Some(found),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    if let Some(existing) = &existing {
        if existing.permissions().readonly() {
            return Err(Refusal::ReadOnly);
        }
        // May this user write to it? Whoever may write to the folder could replace it all the same.
        OpenOptions::new().write(true).open(path)?;
    }
    let folder = path.parent().unwrap_or_else(|| Path::new("."));
    let content = Replacement { bytes, existing: existing.as_ref() };
    if !nameless::replace(path, folder, &content, terms)? {
        let mut beside = beside(folder, terms.mode())?;
        content.fill(beside.as_file_mut())?;
        // As late as can be: only an instant is left between this look and the new name.
        terms.hold(path)?;
        if terms.wants_nothing_there() {
            beside.persist_noclobber(path).map_err(|error| occupied(error.error))?;
        } else {
            beside.persist(path).map_err(|error| error.error)?;
        }
    }
    // So that the new name outlives a crash; where a folder cannot be synced, there is no more to do.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Something has come where nothing was.
fn occupied(error: io::Error) -> Refusal {
    match error.kind() {
        io::ErrorKind::AlreadyExists => Refusal::Changed,
        _ => Refusal::Failed(error),
    }
}

/// What a file is to hold, and the file whose place it takes.
struct Replacement<'a> {
    bytes: &'a [u8],
    existing: Option<&'a Metadata>,
}

impl Replacement<'_> {
    /// Writes it with the mode of the old file.
    fn fill(&self, file: &mut File) -> Result<(), Refusal> {
        if let Some(existing) = self.existing {
            #[cfg(unix)]
            {
                use std::os::unix::fs::MetadataExt;
                if file.metadata()?.uid() != existing.uid() {
                    return Err(Refusal::Foreign);
                }
            }
            file.set_permissions(existing.permissions())?;
        }
        file.write_all(self.bytes)?;
        file.sync_all()?;
        Ok(())
    }
}

/// A temporary file in `folder`, which is gone if this fails, but not if it is killed.
fn beside(folder: &Path, mode: u32) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    #[cfg(not(unix))]
    let _ = mode;
    builder.tempfile_in(folder)
}

/// What the names of temporary files begin with.
const PREFIX: &str = ".opsatlas-";

/// Files that have no name until they are whole: nothing is left of them whatever happens.
#[cfg(target_os = "linux")]
mod nameless {
    use super::{PREFIX, Refusal, Replacement, Terms, occupied};
    use nix::fcntl::{AT_FDCWD, AtFlags, OFlag};
    use std::fs::{self, File, OpenOptions};
    use std::io;
    use std::os::fd::AsRawFd;
    use std::os::unix::fs::OpenOptionsExt;
    use std::path::Path;

    /// False where the file system has no such files.
    pub(super) fn replace(
        path: &Path,
        folder: &Path,
        content: &Replacement<'_>,
        terms: Terms<'_>,
    ) -> Result<bool, Refusal> {
        let mut options = OpenOptions::new();
        options.write(true).mode(terms.mode()).custom_flags(OFlag::O_TMPFILE.bits());
        let Ok(mut file) = options.open(folder) else { return Ok(false) };
        content.fill(&mut file)?;
        terms.hold(path)?;
        if content.existing.is_none() {
            match name(&file, path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    if terms.wants_nothing_there() {
                        return Err(occupied(error));
                    }
                }
                named => return Ok(named.is_ok()),
            }
        }
        // To name a file never replaces another one: it gets a name beside, and is renamed from
        // there.
        let beside = folder.join(format!("{PREFIX}{}", std::process::id()));
        match name(&file, &beside) {
            // Left by a process of this number that was killed between this line and the next.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                fs::remove_file(&beside)?;
                name(&file, &beside)?;
            }
            Err(_) => return Ok(false),
            Ok(()) => {}
        }
        fs::rename(&beside, path).inspect_err(|_| drop(fs::remove_file(&beside)))?;
        Ok(true)
    }

    fn name(file: &File, path: &Path) -> io::Result<()> {
        let open = format!("/proc/self/fd/{}", file.as_raw_fd());
        let follow = AtFlags::AT_SYMLINK_FOLLOW;
        nix::unistd::linkat(AT_FDCWD, open.as_str(), AT_FDCWD, path, follow)
            .map_err(io::Error::from)
    }
}

#[cfg(not(target_os = "linux"))]
mod nameless {
    use super::{Refusal, Replacement, Terms};
    use std::path::Path;

    pub(super) fn replace(
        _: &Path,
        _: &Path,
        _: &Replacement<'_>,
        _: Terms<'_>,
    ) -> Result<bool, Refusal> {
        Ok(false)
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::{Before, Refusal, Terms, replace};
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_file_is_replaced_with_its_mode_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("file");
        let mode = || fs::metadata(&file).expect("there").permissions().mode() & 0o777;
        let private = Terms { before: Before::Nothing, private: true };
        replace(&file, b"one", private).expect("replaced");
        assert_eq!((mode(), fs::read(&file).expect("there")), (0o600, b"one".to_vec()));
        let again = replace(&file, b"two", private);
        assert!(matches!(again, Err(Refusal::Changed)), "{again:?}");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("a mode");
        replace(&file, b"two", Terms::default()).expect("replaced");
        assert_eq!((mode(), fs::read(&file).expect("there")), (0o640, b"two".to_vec()));
        fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).expect("a mode");
        let refused = replace(&file, b"three", Terms::default());
        assert!(matches!(refused, Err(Refusal::ReadOnly)), "{refused:?}");
        assert_eq!(fs::read_dir(folder.path()).expect("there").count(), 1, "nothing else is left");
    }
}
