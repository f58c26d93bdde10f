//! What a question names: nodes, kinds, amounts, dates.

use crate::graph::{Atlas, quoted_if_needed};
use crate::query::hints::words::Words;
use crate::query::hints::words::lists::SPLIT;
use crate::query::hints::words::text::LONGEST_NAME;
use crate::query::hints::words::vocabulary::{
    base_of, class_of, idiom, is_and, is_foreign, is_word, kind_meant, misspelt_word, number_of,
    unit_of,
};

/// A piece of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum QuestionPart {
    Word(String),
    Mention(Mention),
}

/// Something that is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mention {
    /// One name, or several of a list.
    Names(Vec<String>),
    Kind(String),
    /// A set that has a name.
    Person(String),
    /// An amount with the capital that stands for it: `H` hours a week, `W` weeks, `D` a date, `N` any number.
    Amount(char, String),
}

/// Words between hours and the time in which they are spent.
const PER: [&str; 8] = ["a", "an", "per", "each", "every", "pro", "in", "the"];
/// Stands for no amount.
const NOTHING: char = ' ';

/// The pieces of a question; what is misspelt is only read as something else where not `exact`.
pub(super) fn parts(words: &Words<'_>, atlas: &Atlas, exact: bool) -> Vec<QuestionPart> {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let behind: Vec<&str> = (at..words.len()).map(|at| words.word(at)).collect();
        if let Some((meant, length)) = idiom(&behind, at == 0) {
            match meant.strip_suffix(" weeks") {
                Some(weeks) => {
                    parts.push(QuestionPart::Mention(Mention::Amount('W', weeks.to_owned())));
                }
                None => parts.extend(meant.split_whitespace().map(|word| said(word, atlas))),
            }
            at += length;
            continue;
        }
        if let Some(person) = words.person(at) {
            parts.push(QuestionPart::Mention(Mention::Person(person)));
            at += 1;
            continue;
        }
        if let Some((mention, end)) = amount(words, at, exact) {
            let is_one = !matches!(mention, Mention::Amount(NOTHING, _));
            parts.extend(Some(QuestionPart::Mention(mention)).filter(|_| is_one));
            at = end;
            continue;
        }
        let (part, end) =
            named(words, atlas, at, exact).unwrap_or_else(|| (word(words, at, exact), at + 1));
        parts.push(part);
        at = end;
    }
    joined(without_apposition(put_together(parts), atlas))
}

fn word(words: &Words<'_>, at: usize, exact: bool) -> QuestionPart {
    let word = words.word(at);
    if [">", "<", "="].contains(&word) && words.asks() {
        return QuestionPart::Word("vs".to_owned());
    }
    let meant = if is_word(word) { None } else { base_of(word) };
    let meant = meant.or_else(|| misspelt_word(word).filter(|_| !exact && !is_word(word)));
    QuestionPart::Word(meant.unwrap_or(word).to_owned())
}

/// What an idiom says with one of its words.
fn said(word: &str, atlas: &Atlas) -> QuestionPart {
    if is_word(word) || atlas.resolve_kind(word).len() != 1 {
        return QuestionPart::Word(word.to_owned());
    }
    QuestionPart::Mention(Mention::Kind(quoted_if_needed(word)))
}

/// The longest run of words that is a name, else a kind, else what is nearly a name.
fn named(
    words: &Words<'_>,
    atlas: &Atlas,
    at: usize,
    exact: bool,
) -> Option<(QuestionPart, usize)> {
    let names = |name: String| QuestionPart::Mention(Mention::Names(vec![name]));
    let typed = words.word(at);
    // `I am` is no name, even where one is written nearly so.
    let longest = if class_of(typed) == Some("me") { 1 } else { LONGEST_NAME };
    let last = words.len().min(at + longest);
    let meant = kind_meant(typed).filter(|kind| atlas.resolve_kind(kind).len() == 1);
    let may_be = |end: usize| {
        let single = end == at + 1;
        // Of `git ops to ml ops` the end is no TOML.
        let glued = || words.known(atlas, at + 1, end).is_some() && words.is_glued(atlas, at, end);
        (!single || meant.is_none()) && !(is_word(typed) && (single || glued()))
    };
    if let Some((name, end)) = words.longest_name(atlas, at, longest, may_be) {
        // `devops enginere` is no `devops`.
        let single = end == at + 1;
        let strange = !exact && end < words.len() && single && is_strange(words, atlas, end);
        let longer = || Some((words.nearly_known(atlas, at, end + 1)?, end + 1));
        let found = if strange { longer() } else { None };
        let (name, end) = found.unwrap_or((name, end));
        return Some((names(name), end));
    }
    let meant = meant.unwrap_or(typed);
    if atlas.resolve_kind(meant).len() == 1 {
        return Some((QuestionPart::Mention(Mention::Kind(quoted_if_needed(meant))), at + 1));
    }
    if exact || is_word(typed) || is_foreign(typed) || base_of(typed).is_some() {
        return None;
    }
    if let Some(kind) = words.nearly_kind(atlas, at) {
        return Some((QuestionPart::Mention(Mention::Kind(kind)), at + 1));
    }
    if misspelt_word(typed).is_some() {
        return None;
    }
    let ends = (at + 1..=last).rev();
    let strange = |end: &usize| (at + 1..*end).all(|at| is_strange(words, atlas, at));
    let mut near =
        ends.filter(strange).filter_map(|end| Some((words.nearly_known(atlas, at, end)?, end)));
    near.next().map(|(name, end)| (names(name), end))
}

/// Is a word none of questions, and no name?
fn is_strange(words: &Words<'_>, atlas: &Atlas, at: usize) -> bool {
    !is_word(words.word(at)) && words.known(atlas, at, at + 1).is_none()
}

/// The number that a word is or begins with, what stands behind it, and how many digits it has.
fn number_in(text: &str) -> Option<(u32, &str, usize)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, glued) = match digits {
        0 => (number_of(text)?, ""),
        _ => (text[..digits].parse::<u32>().ok()?, &text[digits..]),
    };
    (number <= 10_000).then_some((number, glued, digits))
}

/// An amount: `6 hours a week`, `5h/week`, `10 weeks`, `3 months`, a date, a number.
fn amount(words: &Words<'_>, at: usize, exact: bool) -> Option<(Mention, usize)> {
    let found = |capital, text: String, end| Some((Mention::Amount(capital, text), end));
    let text = words.word(at);
    if is_date(text) {
        return found('D', text.to_owned(), at + 1);
    }
    let (number, glued, digits) = number_in(text)?;
    if digits > 0 && glued.is_empty() && at > 0 && unit_of(words.word(at - 1)) == Some('w') {
        return found('Q', number.to_string(), at + 1);
    }
    // What follows, with slashes as blanks: a unit, then `a week`.
    let mut behind: Vec<(&str, usize)> = glued
        .split(['/', '-'])
        .filter(|piece| !piece.is_empty())
        .map(|piece| (piece, at + 1))
        .collect();
    for next in at + 1..words.len().min(at + 4) {
        let pieces = words.word(next).split(['/', '-']).filter(|piece| !piece.is_empty());
        behind.extend(pieces.map(|piece| (piece, next + 1)));
    }
    let meant = |piece: &str| unit_of(misspelt_word(piece).filter(|_| !exact)?);
    let unit = behind.first().and_then(|(piece, _)| unit_of(piece).or_else(|| meant(piece)));
    let (_, end) = behind.first().copied().unwrap_or(("", at + 1));
    if unit.is_some_and(|unit| is_past(words, at, end, unit)) {
        return found(NOTHING, text.to_owned(), end);
    }
    match unit {
        Some('h') => {
            let every = |(piece, _): &(&str, usize)| PER.contains(piece);
            let every = behind.get(1).is_some_and(every);
            let span = behind.get(if every { 2 } else { 1 });
            match span.and_then(|(piece, end)| Some((unit_of(piece)?, *end))) {
                Some(('w', end)) => found('H', number.to_string(), end),
                Some(('d', end)) => found('H', (number * 7).to_string(), end),
                _ => found('H', number.to_string(), behind[0].1),
            }
        }
        Some('d') => found('W', number.div_ceil(7).to_string(), behind[0].1),
        Some('w') => found('W', number.to_string(), behind[0].1),
        Some('m') => found('W', (number * 52).div_ceil(12).to_string(), behind[0].1),
        Some('y') => found('W', (number * 52).to_string(), behind[0].1),
        // A year as people name it is no amount.
        None if (2000..2100).contains(&number) => {
            Some((Mention::Amount(NOTHING, text.to_owned()), at + 1))
        }
        None if (digits > 0 || number > 1) && glued.is_empty() => {
            found('N', number.to_string(), at + 1)
        }
        _ => None,
    }
}

/// Does an amount tell of time that has gone by: `2 years of experience`, `for 5 years`?
fn is_past(words: &Words<'_>, at: usize, end: usize, unit: char) -> bool {
    let before = at.checked_sub(1).map_or("", |at| words.word(at));
    let behind = if end < words.len() { words.word(end) } else { "" };
    let since = unit == 'y' && ["for", "since", "seit"].contains(&before);
    ['m', 'y'].contains(&unit)
        && (since || ["as", "experience", "experienced", "of", "working"].contains(&behind))
}

/// Is it a date as the language writes it?
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [4, 2, 2] && parts.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()))
}

/// Verbs in two parts are one word, numbers of things that are known say nothing: `leave docker aside`, `which of
/// the five domains`.
fn put_together(mut parts: Vec<QuestionPart>) -> Vec<QuestionPart> {
    let word = |part: Option<&QuestionPart>| match part {
        Some(QuestionPart::Word(word)) => word.clone(),
        _ => String::new(),
    };
    let is_mention = |part: Option<&QuestionPart>| matches!(part, Some(QuestionPart::Mention(_)));
    let mut at = 0;
    while at + 2 < parts.len() {
        let (first, second) = (word(parts.get(at)), word(parts.get(at + 1)));
        let behind = word(parts.get(at + 2));
        let split = SPLIT
            .iter()
            .find(|(verb, rest, _)| first == *verb && rest.split(' ').any(|one| one == behind));
        let number = matches!(parts[at + 2], QuestionPart::Mention(Mention::Amount('N', _)));
        let known = first == "of" && ["the", "these", "our"].contains(&second.as_str());
        if let Some((_, _, meant)) = split.filter(|_| is_mention(parts.get(at + 1))) {
            parts[at] = QuestionPart::Word((*meant).to_owned());
            parts.remove(at + 2);
        } else if known && number && is_mention(parts.get(at + 3)) {
            parts.remove(at + 2);
        }
        at += 1;
    }
    parts
}

/// A kind beside a name of that kind says nothing: `the tool docker`, `the mlops domain`.
fn without_apposition(mut parts: Vec<QuestionPart>, atlas: &Atlas) -> Vec<QuestionPart> {
    let is_of = |kind: &QuestionPart, name: Option<&QuestionPart>| match (kind, name) {
        (
            QuestionPart::Mention(Mention::Kind(kind)),
            Some(QuestionPart::Mention(Mention::Names(names))),
        ) => {
            let nodes = names.iter().map(|name| atlas.resolve(name.trim_matches('"')));
            let mut nodes = nodes.flatten();
            let wanted = atlas.resolve_kind(kind);
            nodes.all(|node| atlas.kinds(node).iter().any(|kind| wanted.contains(kind)))
        }
        _ => false,
    };
    let mut at = 0;
    while at < parts.len() {
        let before = at.checked_sub(1).and_then(|at| parts.get(at));
        // Of somebody `with docker skills` one kind is asked for already.
        let is_kind = |part: &QuestionPart| matches!(part, QuestionPart::Mention(Mention::Kind(_)));
        let is_name = matches!(before, Some(QuestionPart::Mention(Mention::Names(_))));
        if is_name && is_kind(&parts[at]) && parts[..at].iter().any(is_kind) {
            parts.remove(at);
            continue;
        }
        if is_of(&parts[at], before) || is_of(&parts[at], parts.get(at + 1)) {
            parts.remove(at);
        } else {
            at += 1;
        }
    }
    parts
}

/// Names with commas or `and` between them are one list.
fn joined(parts: Vec<QuestionPart>) -> Vec<QuestionPart> {
    let mut joined: Vec<QuestionPart> = Vec::new();
    let mut between = 0;
    for part in parts {
        let lists = match &part {
            QuestionPart::Word(word) if is_and(word) => {
                between += 1;
                joined.push(part);
                continue;
            }
            QuestionPart::Mention(Mention::Names(more)) if between > 0 => Some(more.clone()),
            _ => None,
        };
        let open = joined.len() - between;
        let list = open.checked_sub(1).and_then(|at| joined.get_mut(at));
        if let (Some(more), Some(QuestionPart::Mention(Mention::Names(names)))) = (lists, list) {
            names.extend(more);
            joined.truncate(open);
        } else {
            joined.push(part);
        }
        between = 0;
    }
    joined
}
