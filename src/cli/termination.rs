//! A prompt that is ended from outside leaves its terminal as it found it.

#[cfg(unix)]
use super::terminal;
use std::io;

/// From now on SIGTERM and SIGHUP end the program only after the terminal is set back. Called before
/// any other thread begins: only so do all of them leave these signals to the one that waits.
#[cfg(unix)]
pub(crate) fn keep_terminal() -> io::Result<()> {
    use nix::sys::signal::{SigSet, Signal, raise};
    use nix::sys::termios::{SetArg, tcgetattr, tcsetattr};
    let found = tcgetattr(io::stdin())?;
    let signals: SigSet = [Signal::SIGTERM, Signal::SIGHUP].into_iter().collect();
    signals.thread_block()?;
    std::thread::Builder::new().spawn(move || {
        while let Ok(signal) = signals.wait() {
            // The terminal may be gone, which is why this ends.
            let _ = tcsetattr(io::stdin(), SetArg::TCSANOW, &found);
            let _ = leave_paste_mode();
            let _ = signals.thread_unblock();
            let _ = raise(signal);
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
pub(crate) fn keep_terminal() -> io::Result<()> {
    Ok(())
}

/// The line editor asks the terminal to mark what is pasted.
#[cfg(unix)]
fn leave_paste_mode() -> io::Result<()> {
    if !terminal::has_prompt() || !terminal::moves_cursor() {
        return Ok(());
    }
    // Not through the lock of standard output, which an answer may hold that is being written.
    let mut out =
        std::fs::File::from(std::os::fd::AsFd::as_fd(&io::stdout()).try_clone_to_owned()?);
    io::Write::write_all(&mut out, b"\x1b[?2004l\r\n")
}
