//! Most statements are words, quoted names, arrows, commas and `then`, and nothing else. Those are
//! read here, in one pass; the grammar, which says the same of them, takes ten times as long.

use super::ast::{Item, Phrase, Query, Token};
use std::ops::Range;

/// Words by which the grammar tells more than a run of items.
const OTHER_WORDS: [&str; 6] = ["let", "with", "where", "union", "except", "intersect"];

/// The query, if it is as plain as that.
pub(super) fn query(text: &str) -> Option<Query> {
    let mut phrases: Vec<Phrase> = Vec::new();
    let mut items: Vec<Item> = Vec::new();
    let mut at = after_blanks(text, 0);
    while at < text.len() {
        let (token, end) = token(text, at)?;
        let next = after_blanks(text, end);
        let is_stage = !items.is_empty() && begins_operand(text, next) && is_then(&token);
        if is_stage {
            phrases.push(Phrase { items: std::mem::take(&mut items) });
        } else {
            items.push(Item { token, span: at..end });
        }
        at = next;
    }
    phrases.push(Phrase { items: Some(items).filter(|items| !items.is_empty())? });
    let first = phrases.remove(0);
    Some(Query { name: None, changes: Vec::new(), first, rest: Vec::new(), stages: phrases })
}

fn after_blanks(text: &str, from: usize) -> usize {
    let blanks =
        text.as_bytes()[from..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
    from + blanks.count()
}

/// `then` is an operator only where an operand can follow.
fn begins_operand(text: &str, at: usize) -> bool {
    let first = text.as_bytes().get(at);
    first.is_some_and(|byte| is_letter(*byte) || matches!(byte, b'"' | b'\''))
}

fn is_then(token: &Token) -> bool {
    matches!(token, Token::Word(word) if word.eq_ignore_ascii_case("then"))
}

fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// What begins at a place, and where it ends.
fn token(text: &str, at: usize) -> Option<(Token, usize)> {
    let bytes = text.as_bytes();
    match bytes[at] {
        b',' => Some((Token::Comma, at + 1)),
        b'-' if bytes.get(at + 1) == Some(&b'>') => Some((Token::Arrow, at + 2)),
        quote @ (b'"' | b'\'') => {
            let inside = quoted(&text[at + 1..], quote)?;
            Some((Token::Quoted(text[at + 1..][inside.clone()].to_owned()), at + inside.end + 2))
        }
        first if is_letter(first) => {
            let end = word_end(bytes, at)?;
            let word = &text[at..end];
            let other = OTHER_WORDS.iter().any(|other| word.eq_ignore_ascii_case(other));
            (!other).then(|| (Token::Word(word.to_owned()), end))
        }
        _ => None,
    }
}

/// What stands before the closing quote, if it needs no second look.
fn quoted(rest: &str, quote: u8) -> Option<Range<usize>> {
    let special = |byte: &u8| *byte == quote || matches!(byte, b'\\' | b'\n');
    let end = rest.bytes().position(|byte| special(&byte))?;
    (rest.as_bytes()[end] == quote).then_some(0..end)
}

/// Where a word ends that has no letter beyond ASCII.
fn word_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut end = start;
    loop {
        let behind = bytes.get(end + 1).copied().unwrap_or(b' ');
        match bytes.get(end) {
            Some(byte) if is_letter(*byte) => {}
            Some(b'-') if behind.is_ascii_alphanumeric() => {}
            Some(b'.' | b'/') if is_letter(behind) => {}
            Some(b'-' | b'.' | b'/') if !behind.is_ascii() => return None,
            Some(byte) if !byte.is_ascii() => return None,
            _ => return Some(end),
        }
        end += 1;
    }
}
