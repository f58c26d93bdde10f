//! How wide text is, in the very font that draws it, and where its lines break.

use std::sync::OnceLock;
use ttf_parser::Face;
use unicode_width::UnicodeWidthChar;

/// The font that measures and draws: `DejaVu Sans`, whole and unchanged. It is kept deflated, since
/// only pixels and paper ask for it.
#[cfg(feature = "png")]
#[must_use]
pub fn font() -> Vec<u8> {
    const FONT: &[u8] = include_bytes!("../../assets/DejaVuSans.deflated");
    miniz_oxide::inflate::decompress_to_vec(FONT).unwrap_or_default()
}

/// Of the font the tables that tell widths.
const WIDTH_TABLES: &[u8] = include_bytes!("../../assets/DejaVuSans.widths");

/// Widths of the characters that most names are made of, and the face for all others.
struct FontWidths {
    face: Option<Face<'static>>,
    ascii: [f64; 128],
}

fn font_widths() -> &'static FontWidths {
    static WIDTHS: OnceLock<FontWidths> = OnceLock::new();
    WIDTHS.get_or_init(|| {
        let face = Face::parse(WIDTH_TABLES, 0).ok();
        let mut ascii = [0.0; 128];
        for (code, width) in (0..).zip(&mut ascii) {
            *width = advance(face.as_ref(), char::from(code));
        }
        FontWidths { face, ascii }
    })
}

/// The width of a character at size 1; one that the font lacks is as wide as a terminal has it,
/// in halves of the size.
fn advance(face: Option<&Face<'_>>, character: char) -> f64 {
    let known = face.and_then(|face| {
        let width = face.glyph_hor_advance(face.glyph_index(character)?)?;
        Some(f64::from(width) / f64::from(face.units_per_em()))
    });
    known.unwrap_or_else(|| character.width().unwrap_or(0) as f64 / 2.0)
}

/// The width of `text` in pixels at a size.
#[must_use]
pub fn text_width(text: &str, size: f64) -> f64 {
    // Most names are ASCII: a table spares the search in the font's character map.
    let widths_of = font_widths();
    let widths = text.chars().map(|character| match widths_of.ascii.get(character as usize) {
        Some(width) => *width,
        None => advance(widths_of.face.as_ref(), character),
    });
    widths.sum::<f64>() * size
}

/// `text` in at most `most` lines no longer than `limit` by the measure given, broken between
/// words where that is possible; what does not fit ends in `…`. At least one line.
pub fn wrapped(text: &str, limit: f64, most: usize, measure: impl Fn(&str) -> f64) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    let mut left = text.split_whitespace().collect::<std::collections::VecDeque<&str>>();
    while let Some(word) = left.pop_front() {
        let line = &lines[lines.len() - 1];
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        let last = lines.len();
        if measure(&longer) <= limit {
            lines[last - 1] = longer;
        } else if last == most {
            lines[last - 1] = cut(&longer, limit, &measure);
            break;
        } else if line.is_empty() {
            // A word longer than a line is broken anywhere.
            let end = fitting(word, limit, &measure);
            word[..end].clone_into(&mut lines[last - 1]);
            lines.push(String::new());
            left.push_front(&word[end..]);
        } else {
            lines.push(String::new());
            left.push_front(word);
        }
    }
    lines
}

fn cut(text: &str, limit: f64, measure: &impl Fn(&str) -> f64) -> String {
    let room = (limit - measure("…")).max(0.0);
    format!("{}…", text[..fitting(text, room, measure)].trim_end())
}

/// Where the longest beginning of `text` ends that fits; at least one character.
fn fitting(text: &str, limit: f64, measure: &impl Fn(&str) -> f64) -> usize {
    let mut end = 0;
    let mut width = 0.0;
    for (at, character) in text.char_indices() {
        let next = at + character.len_utf8();
        width += measure(&text[at..next]);
        if width > limit && end > 0 {
            break;
        }
        end = next;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_end_in_an_ellipsis() {
        let count = |text: &str| text.chars().count() as f64;
        assert_eq!(wrapped("one two three", 7.0, 3, count), ["one two", "three"]);
        assert_eq!(wrapped("one two three four", 7.0, 2, count), ["one two", "three…"]);
        assert_eq!(wrapped("incomprehensible", 7.0, 3, count), ["incompr", "ehensib", "le"]);
        assert_eq!(wrapped("", 7.0, 3, count), [""]);
    }

    #[test]
    fn widths_are_those_of_the_font() {
        assert!(text_width("iii", 10.0) < text_width("mmm", 10.0));
        assert!((text_width("漢", 10.0) - 10.0).abs() < f64::EPSILON);
        assert!(
            (text_width("ab", 10.0) - text_width("a", 10.0) - text_width("b", 10.0)).abs() < 1e-9
        );
    }

    /// Tables of the font that tell widths, in the order that a font has them in.
    #[cfg(feature = "png")]
    const TABLES: [&[u8; 4]; 5] = [b"cmap", b"head", b"hhea", b"hmtx", b"maxp"];

    /// The font with these tables alone.
    #[cfg(feature = "png")]
    fn widths_alone(whole: &[u8]) -> Vec<u8> {
        let raw = ttf_parser::RawFace::parse(whole, 0).expect("a font");
        let tables = TABLES.map(|tag| raw.table(ttf_parser::Tag::from_bytes(tag)).expect("there"));
        // Version, number of tables, three numbers for who searches by halves.
        let mut font = vec![0, 1, 0, 0, 0, 5, 0, 64, 0, 2, 0, 16];
        let mut offset = font.len() + 16 * TABLES.len();
        for (tag, table) in TABLES.iter().zip(tables) {
            font.extend(*tag);
            for number in [0, offset, table.len()] {
                font.extend(u32::try_from(number).expect("a small font").to_be_bytes());
            }
            offset += table.len().next_multiple_of(4);
        }
        for table in tables {
            font.extend(table);
            font.resize(font.len().next_multiple_of(4), 0);
        }
        font
    }

    /// `UPDATE=1 cargo test --lib widths` writes anew what the program holds of the font.
    #[test]
    #[cfg(feature = "png")]
    fn widths_without_pixels_are_the_same() {
        const FONT: &[u8] = include_bytes!("../../assets/DejaVuSans.ttf");
        let alone = widths_alone(FONT);
        let deflated = miniz_oxide::deflate::compress_to_vec(FONT, 10);
        for (ending, made) in [("widths", &alone), ("deflated", &deflated)] {
            let file = format!("assets/DejaVuSans.{ending}");
            if std::env::var_os("UPDATE").is_some() {
                std::fs::write(&file, made).expect("written");
            }
            assert!(std::fs::read(&file).is_ok_and(|kept| kept == *made), "UPDATE=1");
        }
        assert!(super::font() == FONT);
        let (whole, alone) = (Face::parse(FONT, 0), Face::parse(&alone, 0));
        let (whole, alone) = (whole.expect("a font"), alone.expect("a font"));
        for character in '\0'..='\u{2ffff}' {
            let widths = [&whole, &alone].map(|face| advance(Some(face), character).to_bits());
            assert_eq!(widths[0], widths[1], "{character:?}");
        }
    }
}
