//! Bytes to text: UTF-8, and UTF-16 as Excel saves it, with or without a byte-order mark. What is
//! neither is told with its first byte that does not fit.

use crate::diagnostic::{Diagnostic, Place, Text};
use std::string::FromUtf8Error;
use std::sync::Arc;

/// How the two bytes of a unit of UTF-16 make a number.
type Unit = fn([u8; 2]) -> u16;

/// How many bytes are looked at where no mark tells.
const LOOK: usize = 1_024;

/// The text of a graph file.
pub(super) fn text(name: &str, bytes: Vec<u8>) -> Result<Arc<Text>, Diagnostic> {
    match utf16(&bytes) {
        Some((unit, mark)) => Ok(Text::new(name, wide(name, &bytes[mark..], unit)?)),
        None => utf8(name, bytes),
    }
}

/// The text of these bytes, without a byte-order mark.
pub(super) fn utf8(name: &str, bytes: Vec<u8>) -> Result<Arc<Text>, Diagnostic> {
    let text = String::from_utf8(bytes).map_err(|error| no_text(name, 1, &error))?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => Text::new(name, rest),
        None => Text::new(name, text),
    })
}

/// Is it text of two bytes a letter?
pub(super) fn is_utf16(bytes: &[u8]) -> bool {
    utf16(bytes).is_some()
}

/// Which byte comes first, and how long the mark is that says so. Without a mark every other byte
/// of the letters that make up headers is 0, and hardly any other is.
fn utf16(bytes: &[u8]) -> Option<(Unit, usize)> {
    match bytes {
        [0xff, 0xfe, ..] => return Some((u16::from_le_bytes, 2)),
        [0xfe, 0xff, ..] => return Some((u16::from_be_bytes, 2)),
        _ => {}
    }
    let pairs = bytes[..bytes.len().min(LOOK)].chunks_exact(2);
    let zeros = |at: usize| pairs.clone().filter(|pair| pair[at] == 0).count();
    // Three of four: text may hold letters of which neither byte is 0.
    let most = |count: usize| count > 1 && 4 * count > 3 * pairs.len();
    // A few letters of other scripts end in such a byte.
    match [zeros(0), zeros(1)] {
        [low, high] if most(high) && 8 * low < high => Some((u16::from_le_bytes, 0)),
        [high, low] if most(high) && 8 * low < high => Some((u16::from_be_bytes, 0)),
        _ => None,
    }
}

fn wide(name: &str, bytes: &[u8], unit: Unit) -> Result<String, Diagnostic> {
    let pairs = bytes.chunks_exact(2);
    let odd = !pairs.remainder().is_empty();
    let units = pairs.map(|pair| unit([pair[0], pair[1]]));
    let mut text = String::with_capacity(bytes.len() / 2);
    let broken = |text: String| {
        let at = text.len();
        let place = Place::new(&Text::new(name, text), at..at);
        let message = "this looks like UTF-16, but here stands half a character";
        Diagnostic::new("not-utf8", message).at(place).help("save the file as UTF-8")
    };
    for letter in char::decode_utf16(units) {
        match letter {
            Ok(letter) => text.push(letter),
            Err(_) => return Err(broken(text)),
        }
    }
    if odd { Err(broken(text)) } else { Ok(text) }
}

/// Text that is none: at its first byte that cannot stand there.
pub(crate) fn not_utf8(name: &str, line: usize, error: &FromUtf8Error) -> Diagnostic {
    let (valid, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
    let text = Text::part(name, String::from_utf8_lossy(bytes), line);
    let width = text.content[valid..].chars().next().map_or(0, char::len_utf8);
    let place = Place::new(&text, valid..valid + width);
    let byte = bytes.get(valid).copied().unwrap_or_default();
    let message = match in_windows_1252(byte) {
        Some(letter) => format!(
            "this is not UTF-8 text: byte {} is 0x{byte:02X}, which is `{letter}` in Windows-1252",
            valid + 1
        ),
        None => format!("this is not UTF-8 text: byte {} is 0x{byte:02X}", valid + 1),
    };
    Diagnostic::new("not-utf8", message).at(place)
}

/// The same of a file, with how to make it one.
pub(crate) fn no_text(name: &str, line: usize, error: &FromUtf8Error) -> Diagnostic {
    let problem = not_utf8(name, line, error);
    let bytes = error.as_bytes();
    let byte = bytes.get(error.utf8_error().valid_up_to()).copied().unwrap_or_default();
    // Binary files have bytes that no text has; there the advice would not help.
    let is_text = !bytes.iter().take(LOOK).any(|byte| matches!(byte, 0..=8 | 14..=26));
    if is_utf16(bytes) {
        let place = Place::new(&Text::new(name, ""), 0..0);
        problem.at(place).help("it looks like UTF-16: save the file as UTF-8")
    } else if is_text && in_windows_1252(byte).is_some() {
        let (stem, end) = name
            .rsplit_once('.')
            .filter(|(_, end)| !end.contains(['/', '\\']))
            .unwrap_or((name, "csv"));
        problem.help("save the file as UTF-8: Excel calls it `CSV UTF-8`").help(format!(
            "or type: iconv -f WINDOWS-1252 -t UTF-8 {} > {}",
            in_shell(name),
            in_shell(&format!("{stem}-utf8.{end}"))
        ))
    } else {
        problem.help("save the file as UTF-8")
    }
}

/// A word as a shell takes it.
fn in_shell(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./".contains(c);
    if word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

/// The letter or sign of a byte in Windows-1252, if it is one.
fn in_windows_1252(byte: u8) -> Option<char> {
    const SIGNS: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0',
        '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => Some(SIGNS[usize::from(byte) - 0x80]).filter(|sign| *sign != '\0'),
        0xa1..=0xff => Some(char::from(byte)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_utf16, text};

    fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn utf16_is_read_with_a_mark_and_without() {
        for content in ["Topic,Needs\nÜ,\u{1f600}\n", "id"] {
            for unit in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
                for mark in ["", "\u{feff}"] {
                    let bytes = wide(&format!("{mark}{content}"), unit);
                    let read = text("x", bytes).expect("text");
                    assert_eq!(read.content, content);
                }
            }
        }
        assert!(!is_utf16(b"id,x\n") && !is_utf16(&[0; 64]) && !is_utf16(b""));
        let told = text("x", b"\xff\xfea\0\0\xd8b\0".to_vec()).expect_err("half a character");
        assert_eq!(told.place.map(|place| place.span), Some(1..1));
        assert!(text("x", b"\xff\xfea\0b".to_vec()).is_err());
    }

    #[test]
    fn windows_1252_is_told_with_what_to_type() {
        let told = text("my list.csv", b"id\nM\xfcnchen\n".to_vec()).expect_err("no text");
        assert_eq!(
            told.message,
            "this is not UTF-8 text: byte 5 is 0xFC, which is `ü` in Windows-1252"
        );
        let typed = "or type: iconv -f WINDOWS-1252 -t UTF-8 'my list.csv' > 'my list-utf8.csv'";
        assert_eq!(told.help[1], typed);
        let binary = text("x", b"\x7fELF\x02\x01\0\xff".to_vec()).expect_err("no text");
        assert_eq!(binary.help, ["save the file as UTF-8"]);
    }
}
