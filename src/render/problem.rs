//! Problems as text: message, place, the line with a caret under the right character, advice.

use super::Look;
use super::text::{paint, write_line};
use crate::answer::{Line, TextRole};
use crate::diagnostic::{Diagnostic, Place, visible};
use unicode_width::UnicodeWidthStr;

/// How much of a long line is shown on each side of the place, in characters.
const WINDOW: usize = 60;

/// A problem in words, ending with a line end; no line is broken.
#[must_use]
pub fn in_words(problem: &Diagnostic, color: bool) -> String {
    told(problem, color, usize::MAX, WINDOW)
}

/// The same for a terminal of so many columns: what is longer is wrapped between words, and of the
/// line with the problem no more is shown than fits.
#[must_use]
pub fn in_columns(problem: &Diagnostic, color: bool, width: usize) -> String {
    let marked = problem.place.as_ref().map_or("", |place| &place.text.content[place.span.clone()]);
    let marked = marked.lines().next().unwrap_or_default().width();
    let left = width.saturating_sub(MARGIN + marked) / 2;
    told(problem, color, width, WINDOW.min(left))
}

/// What stands before a shown line and behind it: its number, and marks where it is cut.
const MARGIN: usize = 8;

fn told(problem: &Diagnostic, color: bool, width: usize, window: usize) -> String {
    let look = Look { width, color, ..Look::plain("") };
    let head = format!("error[{}]", problem.code);
    let head = Line::new(0)
        .with(TextRole::Strong, head)
        .with(TextRole::Plain, format!(": {}", problem.message));
    let mut text = String::new();
    write_line(&mut text, &head, ["", ""], &look);
    if let Some(place) = &problem.place {
        text.push_str(&excerpt(place, color, window));
    }
    for help in &problem.help {
        let line = Line::new(0).with(TextRole::Plain, format!("= {help}"));
        write_line(&mut text, &line, ["  ", "  "], &look);
    }
    text
}

/// The place, its line, and a caret below.
fn excerpt(place: &Place, color: bool, window: usize) -> String {
    let (line, column) = place.line_and_column();
    let [(left, cut_left), (middle, cut_middle), (right, cut_right)] = place.line_around(window);
    let shown = |text: &str| visible(&text.replace('\t', " "));
    let left = format!("{}{}", if cut_left { "…" } else { "" }, shown(&left));
    let middle =
        format!("{}{}", shown(&middle), if cut_middle && window < WINDOW { "…" } else { "" });
    let right = format!("{}{}", shown(&right), if cut_right { "…" } else { "" });
    let number = line.to_string();
    let gutter = " ".repeat(number.len());
    let caret = paint(TextRole::Strong, &"^".repeat(middle.width().max(1)), color);
    format!(
        " {gutter}--> {}:{line}:{column}\n {number} | {left}{middle}{right}\n {gutter} | {}{caret}\n",
        visible(&place.text.name),
        " ".repeat(left.width()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Atlas;

    #[test]
    fn nothing_is_broken_within_a_word() {
        let atlas = Atlas::built_in();
        let query = "tools then where sources > 1 and nosuchfield = 3 and kind <> skill then select name, id, kind, sources";
        for query in [query, "prereqs kuberntes", "plan sre -> llmops -> mlops"] {
            let problem = atlas.query(query).expect_err(query);
            let texts = problem.help.iter().map(|help| &**help).chain([problem.message.as_str()]);
            let words: Vec<&str> = texts.flat_map(|text| text.split(' ')).collect();
            let longest = words.iter().map(|word| word.width()).max().expect("a word");
            for width in [40, 60, 80, 120] {
                let told = in_columns(&problem, false, width);
                for line in told.lines() {
                    assert!(line.width() <= width.max(longest + 4), "{width}: {line}");
                }
                // The same words, in the same order, whole.
                let whole: Vec<&str> = told.split_whitespace().collect();
                for word in &words {
                    assert!(whole.iter().any(|own| own.contains(word)), "{word} is broken: {told}");
                }
            }
        }
    }
}
