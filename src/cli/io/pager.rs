//! What is higher than the terminal goes through a pager.

use crate::cli::errors::Failure;
use crate::cli::terminal;
use crate::cli::terminal::STOP;
use crate::stop::{NEVER, raised};
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::AtomicBool;

/// What became of a piece of output.
pub(crate) enum Written {
    Yes,
    /// The reader has gone; that is its right.
    ReaderGone,
}

/// Shows bytes at the prompt; through a pager if `paged` and they do not fit the terminal. An
/// interrupt ends it.
pub(crate) fn show(bytes: &[u8], paged: bool) -> Result<Written, Failure> {
    let lines = || bytes.split(|byte| *byte == b'\n').count();
    if paged && io::stdout().is_terminal() && lines() > terminal::height() && page(bytes) {
        return Ok(Written::Yes);
    }
    write(bytes, &STOP)
}

/// Writes bytes to standard output.
pub(crate) fn print(bytes: &[u8]) -> Result<Written, Failure> {
    write(bytes, &NEVER)
}

fn write(bytes: &[u8], stop: &AtomicBool) -> Result<Written, Failure> {
    const PIECE: usize = 1 << 14;
    let mut out = io::stdout().lock();
    let mut written = Ok(());
    for piece in bytes.chunks(PIECE) {
        if raised(stop) {
            written = written.and_then(|()| out.write_all(b"\n"));
            break;
        }
        written = written.and_then(|()| out.write_all(piece));
    }
    match written.and_then(|()| out.flush()) {
        Ok(()) => Ok(Written::Yes),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Written::ReaderGone),
        Err(error) => Err(Failure::stream("standard output", &error)),
    }
}

/// Feeds a pager; `false` if there is none.
fn page(bytes: &[u8]) -> bool {
    let Some(mut command) = pager() else { return false };
    let Ok(mut child) = command.stdin(Stdio::piped()).spawn() else { return false };
    if let Some(mut input) = child.stdin.take() {
        // A reader that has seen enough closes the pipe.
        let _ = input.write_all(bytes);
    }
    child.wait().is_ok_and(|status| status.code() != Some(NOT_FOUND))
}

/// What a shell ends with if it does not find a program.
const NOT_FOUND: i32 = 127;

/// `$PAGER`, or less; none where `$PAGER` is empty.
fn pager() -> Option<Command> {
    let named = std::env::var_os("PAGER");
    if named.as_ref().is_some_and(|named| named.is_empty()) || !terminal::moves_cursor() {
        return None;
    }
    let line = named.unwrap_or_else(|| OsString::from("less -FRX"));
    let mut command = if cfg!(windows) {
        let mut command = Command::new("cmd");
        command.arg("/C");
        command
    } else {
        let mut command = Command::new("sh");
        command.arg("-c");
        command
    };
    command.arg(line);
    // What a plain `less` needs to show colours, to leave what it showed, and to say how one leaves it.
    if std::env::var_os("LESS").is_none() {
        command.env("LESS", "-FRX -PsSpace goes on, q leaves$");
    }
    Some(command)
}
