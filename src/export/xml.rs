//! Texts as XML holds them.

use crate::diagnostic::drives_terminal;

/// Can XML hold the text? It has no control characters but tabs and line ends.
pub(super) fn is_xml(text: &str) -> bool {
    let lacks = |letter: char| {
        letter < ' ' && !matches!(letter, '\t' | '\n' | '\r')
            || matches!(letter, '\u{fffe}' | '\u{ffff}')
    };
    !text.contains(lacks)
}

/// The text for an element or an attribute: line ends and tabs stay what they are, and
/// nothing drives a terminal.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            _ if drives_terminal(letter) => safe.push_str(&format!("&#{};", letter as u32)),
            _ => safe.push(letter),
        }
    }
    safe
}
