//! What pictures and pages write as XML: texts, numbers, rectangles, lines of text.

use crate::layout::{Area, Point, text_width};

/// A coordinate with one decimal at most.
pub(super) fn number(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, part) = (tenths.abs() / 10, tenths.abs() % 10);
    if part == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// Text as XML holds it, in an attribute too; characters that no XML may hold are replaced.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\n' => safe.push_str("&#10;"),
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            _ => safe.push(character),
        }
    }
    safe
}

/// Where a rectangle stands, as attributes.
pub(super) fn placed(area: Area) -> String {
    format!(
        "x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
        number(area.corner.x),
        number(area.corner.y),
        number(area.width),
        number(area.height)
    )
}

/// A line of text that is as wide in every font as in the one that measured it.
pub(super) fn words(class: &str, line: &str, at: Point, size: f64, anchor: &str) -> String {
    let width = text_width(line, size);
    let fixed = if width > 0.0 {
        format!(" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\"", number(width))
    } else {
        String::new()
    };
    format!(
        "<text class=\"{class}\" x=\"{}\" y=\"{}\" font-size=\"{}\" text-anchor=\"{anchor}\"{fixed}>{}</text>",
        number(at.x),
        number(at.y),
        number(size),
        escaped(line)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_decimal_at_most() {
        let written = [0.0, -0.04, 12.0, 12.34, 12.96, -3.25].map(number);
        assert_eq!(written, ["0", "0", "12", "12.3", "13", "-3.3"]);
    }

    #[test]
    fn nothing_ends_an_attribute_or_an_element() {
        assert_eq!(escaped("a<b>&\"c'\n\u{ffff}"), "a&lt;b&gt;&amp;&quot;c&#39;&#10;\u{fffd}");
    }
}
