//! What a terminal shows in one place: a character with the accents and joiners that belong to it.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The text in pieces, each of which has cells of its own: their widths sum up to that of the text.
pub(super) fn clusters(text: &str) -> Vec<&str> {
    let mut clusters = Vec::new();
    let mut start = 0;
    for (at, character) in text.char_indices() {
        let end = at + character.len_utf8();
        // What makes it no wider belongs to what stands before: accents, joiners, and what they join.
        let joins = character.width().unwrap_or(0) == 0
            || text[start..end].width() <= text[start..at].width();
        if at > start && !joins {
            clusters.push(&text[start..at]);
            start = at;
        }
    }
    if start < text.len() {
        clusters.push(&text[start..]);
    }
    clusters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_joined_signs_stay_together() {
        let cut = |text: &str| clusters(text).join("|");
        assert_eq!(cut("e\u{301}t\u{301}e"), "e\u{301}|t\u{301}|e");
        assert_eq!(cut("a👩\u{1f3fd}\u{200d}🚀b"), "a|👩\u{1f3fd}\u{200d}🚀|b");
        assert_eq!(cut("می\u{200c}خ"), "م|ی\u{200c}|خ");
        assert_eq!(
            cut("1\u{fe0f}\u{20e3} ❤\u{fe0f}\u{200d}🔥x"),
            "1\u{fe0f}\u{20e3}| |❤\u{fe0f}\u{200d}🔥|x"
        );
        assert_eq!(cut(""), "");
    }

    #[test]
    fn widths_sum_up() {
        for text in [
            "Straße",
            "ශ\u{dca}\u{200d}රී",
            "한글",
            "\u{1112}\u{1161}\u{11ab}",
            "🇩🇪 🏳\u{fe0f}\u{200d}🌈",
            "لا",
        ] {
            let sum: usize = clusters(text).iter().map(|cluster| cluster.width()).sum();
            assert_eq!(sum, text.width(), "{text}");
        }
    }
}
