//! Problems as text: message, place, the line with a caret under the right character, advice.

use super::text::paint;
use crate::answer::Role;
use crate::diagnostic::{Diagnostic, Place, visible};
use unicode_width::UnicodeWidthStr;

/// How much of a long line is shown, in characters.
const WINDOW: usize = 120;

/// A problem in words, ending with a line end.
#[must_use]
pub fn in_words(problem: &Diagnostic, color: bool) -> String {
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
    let marked =
        place.text.content[place.span.clone()].lines().next().unwrap_or("").chars().count();
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
