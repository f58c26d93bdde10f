//! Problems as text: message, place, the line with a caret under the right character, advice.

use super::{Exit, Failure};
use crate::answer::Role;
use crate::diagnostic::{Diagnostic, Place, visible};
use crate::render::{error_as_json, paint};
use std::io::Write;
use std::process::ExitCode;
use unicode_width::UnicodeWidthStr;

/// How much of a long line is shown, in characters.
const WINDOW: usize = 120;

/// Tells why a run ends, and its code.
pub(crate) fn end(failure: Failure, json: bool, query: Option<&str>, color: bool) -> ExitCode {
    if json {
        let line = error_as_json(query, &failure.problems);
        let told = writeln!(std::io::stdout(), "{line}");
        return if told.is_ok() { failure.exit.into() } else { Exit::InputOutput.into() };
    }
    tell(&failure.problems, color);
    failure.exit.into()
}

/// Writes problems to standard error.
pub(crate) fn tell(problems: &[Diagnostic], color: bool) {
    let mut text: String = problems.iter().map(|problem| in_words(problem, color)).collect();
    if problems.len() > 1 {
        text.push_str(&format!("{} problems\n", problems.len()));
    }
    // Nobody is left to tell that standard error is gone.
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// A problem in words, ending with a line end.
pub(crate) fn in_words(problem: &Diagnostic, color: bool) -> String {
    let head = paint(Role::Strong, &format!("error[{}]", problem.code), color);
    let mut text = format!("{head}: {}\n", visible(&problem.message));
    if let Some(place) = &problem.place {
        text.push_str(&excerpt(place, color));
    }
    for help in &problem.help {
        text.push_str(&format!("  = {}\n", visible(help)));
    }
    text
}

/// The place, its line, and a caret below.
fn excerpt(place: &Place, color: bool) -> String {
    let (line, column) = place.line_and_column();
    let content = place.line_text();
    let from = column - 1;
    let marked = place.text.content[place.span.clone()].lines().next().unwrap_or("").chars().count();
    let length = content.chars().count();
    let start = if length > WINDOW { from.saturating_sub(WINDOW / 2) } else { 0 };
    let cut = |from: usize, count: usize| -> String {
        let characters = content.chars().skip(from).take(count);
        visible(&characters.map(|c| if c == '\t' { ' ' } else { c }).collect::<String>())
    };
    let (left, right) = (start > 0, start + WINDOW < length);
    let ellipsis = |shown: bool| if shown { "…" } else { "" };
    let shown = format!("{}{}{}", ellipsis(left), cut(start, WINDOW), ellipsis(right));
    let blank = format!("{}{}", ellipsis(left), cut(start, from - start)).width();
    let carets = cut(from, marked.min(start + WINDOW - from)).width().max(1);
    let number = line.to_string();
    let gutter = " ".repeat(number.len());
    let caret = paint(Role::Strong, &"^".repeat(carets), color);
    format!(
        " {gutter}--> {}:{line}:{column}\n {number} | {shown}\n {gutter} | {}{caret}\n",
        visible(&place.text.name),
        " ".repeat(blank),
    )
}
