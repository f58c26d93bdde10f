//! Problems as text: message, place, the line with a caret under the right character, advice.

use super::text::paint;
use crate::answer::Role;
use crate::diagnostic::{Diagnostic, Place, visible};
use unicode_width::UnicodeWidthStr;

/// How much of a long line is shown on each side of the place, in characters.
const WINDOW: usize = 60;

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
    let [(left, cut_left), (middle, _), (right, cut_right)] = place.line_around(WINDOW);
    let shown = |text: &str| visible(&text.replace('\t', " "));
    let left = format!("{}{}", if cut_left { "…" } else { "" }, shown(&left));
    let middle = shown(&middle);
    let right = format!("{}{}", shown(&right), if cut_right { "…" } else { "" });
    let number = line.to_string();
    let gutter = " ".repeat(number.len());
    let caret = paint(Role::Strong, &"^".repeat(middle.width().max(1)), color);
    format!(
        " {gutter}--> {}:{line}:{column}\n {number} | {left}{middle}{right}\n {gutter} | {}{caret}\n",
        visible(&place.text.name),
        " ".repeat(left.width()),
    )
}
