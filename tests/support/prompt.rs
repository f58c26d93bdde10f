//! The prompt in a pseudo-terminal, driven as a person drives it.

use rexpect::session::{PtySession, spawn_command};
use std::path::Path;
use std::process::Command;

const WAIT: u64 = 20_000;
/// What the prompt begins its line with.
pub(crate) const PROMPT: &str = "opsatlas> ";

/// A prompt; its history is kept below `state`.
pub(crate) fn open(state: &Path, arguments: &[&str]) -> PtySession {
    open_with(state, arguments, &[])
}

/// The same with more environment.
pub(crate) fn open_with(state: &Path, arguments: &[&str], more: &[(&str, &str)]) -> PtySession {
    let mut command = Command::new(env!("CARGO_BIN_EXE_opsatlas"));
    command.args(arguments).current_dir(state);
    command
        .env("XDG_STATE_HOME", state)
        .env("XDG_DATA_HOME", state)
        .env("TERM", "xterm")
        .env("NO_COLOR", "1");
    command.env("PAGER", "").envs(more.iter().copied());
    spawn_command(command, Some(WAIT)).expect("a terminal")
}

/// Types a line.
pub(crate) fn say(prompt: &mut PtySession, line: &str) {
    prompt.send_line(line).expect("typed");
}

/// Types letters and keys, without ending the line.
pub(crate) fn type_in(prompt: &mut PtySession, keys: &str) {
    prompt.send(keys).expect("typed");
    prompt.flush().expect("sent");
}

/// Waits for a text; yields what was shown before it.
pub(crate) fn see(prompt: &mut PtySession, text: &str) -> String {
    // The terminal library takes each byte for a character.
    let bytes: String = text.bytes().map(char::from).collect();
    let seen = prompt.exp_string(&bytes);
    let seen = seen.unwrap_or_else(|error| panic!("`{text}` was not shown: {error}"));
    let bytes: Vec<u8> = seen.chars().map(|letter| letter as u8).collect();
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Asks and yields the answer: what is shown between the line and the next prompt.
pub(crate) fn ask(prompt: &mut PtySession, line: &str) -> String {
    say(prompt, line);
    see(prompt, "\n");
    see(prompt, PROMPT)
}

/// Leaves by Ctrl-D.
pub(crate) fn leave(mut prompt: PtySession) {
    prompt.send_control('d').expect("typed");
    prompt.exp_eof().expect("it left");
}

/// Sets the size of the terminal.
pub(crate) fn resize(prompt: &PtySession, columns: u16, rows: u16) {
    let terminal = prompt.process().get_file_handle().expect("a terminal");
    let sizes = ["cols", &columns.to_string(), "rows", &rows.to_string()].map(str::to_owned);
    let status = Command::new("stty").args(sizes).stdin(terminal).status().expect("stty");
    assert!(status.success());
}
