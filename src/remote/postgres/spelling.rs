//! How names and texts are spelt in SQL and in the tables.

/// The name of a schema or table as SQL has it.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// How many bits tell which letters a word has.
pub(super) const LETTER_BITS: usize = 52;

/// The length of a word, and bits for its letters: what differs in few letters differs in few bits.
pub(super) fn letters_of(word: &str) -> i64 {
    let bit = |letter: char| 1i64 << (u32::from(letter) % LETTER_BITS as u32);
    let length = word.chars().count().min(255) as i64;
    word.chars().fold(length << LETTER_BITS, |bits, letter| bits | bit(letter))
}
