//! Problems told to the user, and how a run ends with them.

use super::terminal;
use crate::answer::TextRole;
use crate::diagnostic::Diagnostic;
use crate::graph::Atlas;
use crate::render::{Format, paint, problem_in_columns, problem_in_words};
use std::io::{self, Write};
use std::process::ExitCode;

/// What makes the plain name of a setting a flag.
pub(crate) const FLAG: &str = "--";

/// How a run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Everything was answered.
    Answered = 0,
    /// A file or a stream failed.
    InputOutput = 1,
    /// The arguments or a query are wrong.
    Usage = 2,
    /// A graph's data is wrong.
    Data = 3,
    /// An answer was stopped at a limit.
    Limit = 4,
    /// An answer was empty, and that was asked.
    Empty = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Tells what one can do now.
pub(crate) fn hint(text: &str, color: bool) {
    let text = paint(TextRole::Dim, text, color);
    let _ = writeln!(io::stderr(), "{text}");
}

/// A run that cannot go on: what to say, and how it ends.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) exit: Exit,
    pub(crate) problems: Vec<Diagnostic>,
}

impl Failure {
    pub(crate) fn new(exit: Exit, problem: Diagnostic) -> Self {
        Self { exit, problems: vec![problem] }
    }

    /// A stream or a file that failed.
    pub(crate) fn stream(name: &str, error: &io::Error) -> Self {
        Self::new(Exit::InputOutput, Diagnostic::new("io", format!("{name}: {error}")))
    }
}

impl Exit {
    /// How a run ends that has answered a question with a problem.
    pub(crate) fn of(problem: &Diagnostic) -> Self {
        if problem.outside { Self::InputOutput } else { Self::Usage }
    }
}

impl From<Diagnostic> for Failure {
    fn from(problem: Diagnostic) -> Self {
        Self::new(Exit::of(&problem), problem)
    }
}

/// What is wrong with graphs.
impl From<Vec<Diagnostic>> for Failure {
    fn from(problems: Vec<Diagnostic>) -> Self {
        let outside = problems.iter().any(|problem| problem.outside);
        Self { exit: if outside { Exit::InputOutput } else { Exit::Data }, problems }
    }
}

/// Tells why a run ends, and its code.
pub(crate) fn end(
    failure: &Failure,
    format: Option<&Format>,
    query: Option<&str>,
    color: bool,
) -> ExitCode {
    if let Some(write) = format.and_then(|format| format.error) {
        let line = write(query, &flagged(&failure.problems));
        if let Err(error) = writeln!(io::stdout(), "{line}") {
            tell(&Failure::stream("standard output", &error).problems, color);
            return Exit::InputOutput.into();
        }
        return failure.exit.into();
    }
    tell(&failure.problems, color);
    failure.exit.into()
}

/// Writes a note to standard error.
pub(crate) fn note(note: &str) {
    let _ = writeln!(io::stderr(), "note: {}", crate::diagnostic::visible(note));
}

/// Problems whose advice names settings as flags.
pub(crate) fn flagged(problems: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut problems = problems.to_vec();
    problems.iter_mut().for_each(|problem| problem.prefix_settings(FLAG));
    problems
}

/// Writes problems to standard error.
pub(crate) fn tell(problems: &[Diagnostic], color: bool) {
    let problems = flagged(problems);
    let told = |problem: &Diagnostic| match terminal::error_width() {
        Some(width) => problem_in_columns(problem, color, width),
        None => problem_in_words(problem, color),
    };
    let mut text: String = problems.iter().map(told).collect();
    if problems.len() > 1 {
        text.push_str(&format!("{} problems\n", problems.len()));
    }
    // Nobody is left to tell that standard error is gone.
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Tells what reading a graph noted.
pub(crate) fn tell_notes(atlas: &Atlas) {
    for own in atlas.notes() {
        let mut told = own.clone();
        told.prefix_setting(FLAG);
        note(&told);
    }
}
