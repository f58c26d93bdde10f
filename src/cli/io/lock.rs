//! One at a time: who reads a file, changes and replaces it holds the folder meanwhile, so that
//! of two prompts none loses what the other has written. Nothing is left behind by this.

use super::destination::resolved;
use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How long another may take: such work is done in an instant.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(2);

/// Held until it is dropped.
pub(crate) struct Lock(#[expect(dead_code, reason = "its end is what counts")] Option<File>);

/// Waits until nobody else holds the folder in which a file really is.
pub(crate) fn beside(file: &Path) -> io::Result<Lock> {
    let path = resolved(file)?;
    hold(path.parent().unwrap_or_else(|| Path::new(".")))
}

/// Waits until nobody else holds `folder`.
fn hold(folder: &Path) -> io::Result<Lock> {
    let opened = open(folder)?;
    let began = Instant::now();
    loop {
        match opened.try_lock() {
            Ok(()) => return Ok(Lock(Some(opened))),
            // Some file systems have no locks; what was changed meanwhile is found out later.
            Err(TryLockError::Error(_)) => return Ok(Lock(None)),
            Err(TryLockError::WouldBlock) if began.elapsed() < PATIENCE => thread::sleep(PAUSE),
            Err(TryLockError::WouldBlock) => {
                let message = "another program has locked the folder and does not let go of it";
                return Err(io::Error::other(message));
            }
        }
    }
}

#[cfg(unix)]
fn open(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// Where folders cannot be locked, a file stands for all of them.
#[cfg(not(unix))]
fn open(_: &Path) -> io::Result<File> {
    File::create(std::env::temp_dir().join("opsatlas.lock"))
}

#[cfg(test)]
mod tests {
    use super::beside;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::time::Duration;

    #[test]
    fn who_comes_second_waits() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("profile.json");
        let left = AtomicBool::new(false);
        let first = beside(&file).expect("held");
        std::thread::scope(|scope| {
            let second = scope.spawn(|| {
                let _held = beside(&file).expect("held in its turn");
                left.load(Ordering::SeqCst)
            });
            std::thread::sleep(Duration::from_millis(30));
            left.store(true, Ordering::SeqCst);
            drop(first);
            assert!(second.join().expect("it ends"), "both held the folder at once");
        });
    }
}
