//! What kind of terminal there is, and interrupts.

use signal_hook::{consts::SIGINT, flag};
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

/// When to use colours.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum ColorChoice {
    /// On a terminal that can.
    #[default]
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// May this stream be coloured?
pub(crate) fn color(choice: ColorChoice, stream: &impl IsTerminal) -> bool {
    let variable = |name: &str| std::env::var_os(name).unwrap_or_default();
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            stream.is_terminal() && variable("NO_COLOR").is_empty() && variable("TERM") != "dumb"
        }
    }
}

/// Narrower terminals are taken to be so wide.
const NARROWEST: usize = 20;

/// Columns of the terminal that standard output is, or the default.
pub(crate) fn width() -> usize {
    if !std::io::stdout().is_terminal() {
        return crate::render::WIDTH;
    }
    let size = terminal_size::terminal_size_of(std::io::stdout());
    size.map_or(crate::render::WIDTH, |(width, _)| usize::from(width.0).max(NARROWEST))
}

/// Columns of the terminal that standard error is, if it is one.
pub(crate) fn error_width() -> Option<usize> {
    let size = terminal_size::terminal_size_of(std::io::stderr());
    size.map(|(width, _)| usize::from(width.0).max(NARROWEST))
}

/// Rows of the terminal that standard output is, or the default.
pub(crate) fn height() -> usize {
    const DEFAULT: usize = 24;
    let size = terminal_size::terminal_size_of(std::io::stdout());
    size.map_or(DEFAULT, |(_, height)| usize::from(height.0)).max(2)
}

/// Can the cursor be moved, and lines be cleared?
pub(crate) fn moves_cursor() -> bool {
    let term = std::env::var_os("TERM").unwrap_or_default();
    cfg!(windows) || (!term.is_empty() && term != "dumb")
}

/// Set when the user interrupts a query at the prompt.
pub(crate) static STOP: LazyLock<Arc<AtomicBool>> = LazyLock::new(Arc::default);
/// Is there no prompt to come back to?
static ENDS: LazyLock<Arc<AtomicBool>> = LazyLock::new(|| Arc::new(true.into()));

/// From now on Ctrl-C ends the program with 130, in the midst of whatever it does; once there is
/// a prompt, it stops the query that runs.
pub(crate) fn listen_for_interrupts() {
    // A handler that cannot be set leaves the system's, which ends the program too.
    let _ = flag::register_conditional_shutdown(SIGINT, 130, Arc::clone(&ENDS))
        .and_then(|_| flag::register(SIGINT, Arc::clone(&STOP)));
}

/// There is a prompt now.
pub(crate) fn prompt_opens() {
    ENDS.store(false, Ordering::Relaxed);
}

/// Is there a prompt?
#[cfg(unix)]
pub(crate) fn has_prompt() -> bool {
    !ENDS.load(Ordering::Relaxed)
}
