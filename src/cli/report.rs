//! Problems told to the user, and how a run ends with them.

use super::{Exit, Failure, terminal};
use crate::diagnostic::Diagnostic;
use crate::render::{error_as_json, problem_in_columns, problem_in_words};
use std::io::Write;
use std::process::ExitCode;

/// Tells why a run ends, and its code.
pub(crate) fn end(failure: &Failure, json: bool, query: Option<&str>, color: bool) -> ExitCode {
    if json {
        let line = error_as_json(query, &failure.problems);
        if let Err(error) = writeln!(std::io::stdout(), "{line}") {
            tell(&super::files::stream_failure("standard output", &error).problems, color);
            return Exit::InputOutput.into();
        }
        return failure.exit.into();
    }
    tell(&failure.problems, color);
    failure.exit.into()
}

/// Writes a note to standard error.
pub(crate) fn note(note: &str) {
    let _ = writeln!(std::io::stderr(), "note: {}", crate::diagnostic::visible(note));
}

/// Writes problems to standard error.
pub(crate) fn tell(problems: &[Diagnostic], color: bool) {
    let told = |problem: &Diagnostic| match terminal::error_width() {
        Some(width) => problem_in_columns(problem, color, width),
        None => problem_in_words(problem, color),
    };
    let mut text: String = problems.iter().map(told).collect();
    if problems.len() > 1 {
        text.push_str(&format!("{} problems\n", problems.len()));
    }
    // Nobody is left to tell that standard error is gone.
    let _ = std::io::stderr().write_all(text.as_bytes());
}
