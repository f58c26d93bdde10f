//! Syllables that are several letters side by side, as in Devanagari or Lao: usvg makes the widest of them
//! as wide as all, so that what follows would stand over them. Where they are, texts tell how far what
//! follows is to be moved.

use quick_xml::escape::unescape;
use rustybuzz::{Face, UnicodeBuffer, shape};

/// Scripts before it have no such syllables.
const FIRST: char = '\u{0900}';

/// Where a syllable begins, how wide it is in sizes of its letters, and how wide it is taken to be.
pub(super) type Syllable = (usize, f64, f64);

/// The syllables of a text that a font draws whole and from left to right.
pub(super) fn syllables(face: &Face<'_>, text: &str) -> Option<Vec<Syllable>> {
    if text.chars().any(|letter| face.glyph_index(letter).is_none()) {
        return None;
    }
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(text);
    let shaped = shape(face, &[], buffer);
    let mut syllables: Vec<Syllable> = Vec::new();
    for (letter, place) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
        let at = letter.cluster as usize;
        let width = f64::from(place.x_advance) / f64::from(face.units_per_em());
        match syllables.last_mut() {
            Some((start, whole, widest)) if *start == at => {
                *whole += width;
                *widest = widest.max(width);
            }
            // Places that fall are of a text from right to left.
            Some((start, ..)) if *start > at => return None,
            _ => syllables.push((at, width, width)),
        }
    }
    Some(syllables)
}

/// The document with its texts moved apart, whose syllables are told.
pub(super) fn apart(document: &str, told: impl Fn(&str) -> Option<Vec<Syllable>>) -> String {
    let mut written = String::with_capacity(document.len());
    let mut rest = document;
    while let Some(at) = rest.find("<text ") {
        let (before, from) = rest.split_at(at);
        let (element, behind) = from.split_at(from.find("</text>").unwrap_or(from.len()));
        written.push_str(before);
        let moved = element.contains(|letter| letter >= FIRST).then(|| moved(element, &told));
        written.push_str(&moved.flatten().unwrap_or_else(|| element.to_owned()));
        rest = behind;
    }
    written + rest
}

/// A text whose letters would lie over one another, with how far to move them.
fn moved(element: &str, told: impl Fn(&str) -> Option<Vec<Syllable>>) -> Option<String> {
    let (head, content) = element.split_once('>')?;
    let text = unescape(content).ok()?;
    let syllables = told(&text)?;
    let length = attribute(head, "textLength")?;
    let size: f64 = attribute(head, "font-size")?.parse().ok()?;
    let whole: f64 = syllables.iter().map(|(_, whole, _)| whole).sum();
    let taken: f64 = syllables.iter().map(|(_, _, widest)| widest).sum();
    if whole - taken < 0.01 {
        return None;
    }
    let anchored = match attribute(head, "text-anchor") {
        Some("middle") => 0.5,
        Some("end") => 1.0,
        _ => 0.0,
    };
    // usvg anchors a text by the width it takes it for: of the error half, or all, stands before
    // it.
    let mut by = (taken - whole) * anchored;
    let mut moves: Vec<String> = Vec::new();
    let mut syllables = syllables.into_iter().peekable();
    for (at, _) in text.char_indices() {
        if let Some((_, own, widest)) = syllables.next_if(|(start, ..)| *start == at) {
            moves.push(format!("{:.2}", by * size));
            by = own - widest;
        } else {
            moves.push("0".to_owned());
        }
    }
    let told = |length: &str| format!("textLength=\"{length}\"");
    let shorter = format!("{:.2}", length.parse::<f64>().ok()? * taken / whole);
    let head = head.replace(&told(length), &told(&shorter));
    Some(format!("{head} dx=\"{}\">{content}", moves.join(" ")))
}

fn attribute<'t>(head: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = head.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::font;

    #[test]
    fn a_syllable_of_two_letters_moves_what_follows() {
        let data = font();
        let face = Face::from_slice(&data, 0).expect("a font");
        let told = |text: &str| syllables(&face, text);
        let text = |words: &str| {
            format!(
                "<svg><text x=\"9\" font-size=\"10\" text-anchor=\"middle\" textLength=\"20\">{words}</text></svg>"
            )
        };
        for plain in ["plain &amp; ê", "ກ ຂ", "שלום"] {
            assert_eq!(apart(&text(plain), told), text(plain));
        }
        let moved = apart(&text("ກຳກ"), told);
        let moves = attribute(&moved, "dx").expect("it is moved").split(' ');
        let moves: Vec<f64> = moves.map(|one| one.parse().expect("a number")).collect();
        assert_eq!((moves.len(), moves[1]), (3, 0.0));
        assert!(moves[0] < 0.0 && (moves[0] + moves[2] / 2.0).abs() < 0.02, "{moves:?}");
        let length: f64 =
            attribute(&moved, "textLength").expect("a length").parse().expect("a number");
        assert!(length < 20.0 && moved.ends_with(">ກຳກ</text></svg>"));
    }
}
