//! Items read as names.

use super::ast::{Item, Token};

impl Item {
    /// Its word, if it is one.
    pub(crate) fn word(&self) -> Option<&str> {
        match &self.token {
            Token::Word(word) => Some(word),
            _ => None,
        }
    }
}

/// The words of a run, joined by blanks; `None` if it has anything but words.
pub(crate) fn words(items: &[Item]) -> Option<String> {
    let words: Option<Vec<&str>> = items.iter().map(Item::word).collect();
    words.map(|words| words.join(" ")).filter(|text| !text.is_empty())
}

/// A name, quoted or not.
pub(crate) fn words_or_quoted(items: &[Item]) -> Option<String> {
    match items {
        [Item { token: Token::Quoted(name), .. }] => Some(name.clone()),
        _ => words(items),
    }
}

/// A field's name as one writes it in a condition.
pub(crate) fn written_field(name: &str) -> String {
    let plain = name
        .chars()
        .enumerate()
        .all(|(at, c)| c.is_alphanumeric() || c == '_' || (at > 0 && c == '.'));
    if plain { name.to_owned() } else { format!("`{name}`") }
}
