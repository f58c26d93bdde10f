//! How a question fits a phrasing: which words stand for what.

use super::captures::Captures;
use crate::graph::{Atlas, quoted_if_needed};
use crate::query::hints::misspelt::is_known;
use crate::query::hints::words::Words;
use crate::query::hints::words::lists::{ARTICLES, BEHIND};
use crate::query::hints::words::text::{SHORTEST_MISSPELT, as_name};
use crate::query::hints::words::vocabulary::{class_of, is_and, is_filler, role_after};

/// How many ways to read a question are tried a phrasing.
const READINGS: usize = 64;

/// Every way to read words as a phrasing, each with what its capitals stand for.
pub(crate) fn readings(words: &Words<'_>, atlas: &Atlas, said: &str, exact: bool) -> Vec<Captures> {
    let pattern: Vec<&str> = said.split(' ').collect();
    if !exact && pattern.iter().all(|element| slot(element).is_some()) {
        // Nothing would say that it is a question.
        return Vec::new();
    }
    let mut found = Vec::new();
    // Words read, elements used, and what stands for what so far.
    let mut open: Vec<(usize, usize, Captures)> =
        (0..=silent(words, &pattern)).rev().map(|start| (start, 0, Captures::default())).collect();
    let mut looked = 0;
    while let Some((word, element, reading)) = open.pop() {
        looked += 1;
        // Each capital and each optional word multiplies the ways: a bound for those without end.
        if found.len() == READINGS || looked > 100 * READINGS {
            break;
        }
        let Some(element_text) = pattern.get(element) else {
            if word == words.len() {
                found.push(reading);
            }
            continue;
        };
        let (choices, optional) = match element_text.strip_suffix('?') {
            Some(choices) => (choices, true),
            None => (*element_text, false),
        };
        if optional {
            open.push((word, element + 1, reading.clone()));
        }
        if word == words.len() {
            continue;
        }
        if let Some(slot) = slot(choices) {
            // The shortest is looked at first: it is pushed last.
            for end in (word + 1..=words.len()).rev() {
                if let Some(text) = meaning(words, atlas, slot, word, end, exact) {
                    open.push((end, element + 1, reading.with(slot, text)));
                }
            }
        } else if is_one_of(words.word(word), choices, exact) {
            open.push((word + 1, element + 1, reading));
        }
    }
    found
}

/// How many words in front of a kind say nothing but that something is asked: `show me all`, `which`.
fn silent(words: &Words<'_>, pattern: &[&str]) -> usize {
    let says_nothing = |word: &str| match class_of(word) {
        Some(class) => ["ask", "learn", "me"].contains(&class),
        None => is_filler(word) && role_after(&[word]).1.is_none(),
    };
    let first = pattern.iter().find(|element| !element.ends_with('?'));
    let most = if first == Some(&"K") { words.len() - 1 } else { 0 };
    (0..most).take_while(|at| says_nothing(words.word(*at))).count()
}

/// What words say in the place of a capital, as it is written in a query.
fn meaning(
    words: &Words<'_>,
    atlas: &Atlas,
    slot: char,
    from: usize,
    to: usize,
    exact: bool,
) -> Option<String> {
    let typed = words.typed(from, to);
    match slot {
        'A' | 'B' => names(words, atlas, from, to, exact),
        'L' => (atlas.resolve_relation(typed).len() == 1).then(|| quoted_if_needed(typed)),
        'K' => kind(words, atlas, from, to, exact),
        'T' if ["no ", "the most ", "the least "]
            .iter()
            .any(|not| typed.to_lowercase().starts_with(not)) =>
        {
            None
        }
        'X' => Some(typed.trim_matches(['"', '\'', '%']).to_owned()),
        'Q' => {
            let whole = typed.get(.."select * from ".len());
            let whole = whole.filter(|all| all.eq_ignore_ascii_case("select * from "));
            Some(typed[whole.map_or(0, str::len)..].replace('"', ""))
        }
        'V' => words
            .verbs()
            .iter()
            .find(|verb| verb.eq_ignore_ascii_case(typed))
            .map(|verb| (*verb).to_owned()),
        'N' => typed.bytes().all(|byte| byte.is_ascii_digit()).then(|| typed.to_owned()),
        _ => Some(typed.replace('"', "")),
    }
}

/// A kind, or what of that kind something has: `tools for mlops`.
fn kind(words: &Words<'_>, atlas: &Atlas, from: usize, to: usize, exact: bool) -> Option<String> {
    let joins = |at: &usize| ["of", "for", "in"].contains(&words.word(*at));
    if let Some(at) = (from + 1..to.saturating_sub(1)).find(joins) {
        let kind = kind(words, atlas, from, at, exact)?;
        return Some(format!("{kind} of {}", names(words, atlas, at + 1, to, exact)?));
    }
    // As other languages label nodes: `t:tool`.
    let kind = words.typed(from, to).rsplit(':').next()?;
    let known = kind == "nodes" || atlas.resolve_kind(kind).len() == 1;
    known.then(|| quoted_if_needed(kind))
}

/// A list of names: as typed where they are known, the nearest ones if that is enough.
fn names(
    words: &Words<'_>,
    atlas: &Atlas,
    mut from: usize,
    mut to: usize,
    exact: bool,
) -> Option<String> {
    while to - from > 1 && (ARTICLES.contains(&words.word(from)) || words.word(from) == "(") {
        from += 1;
    }
    let ends = |word: &str| BEHIND.contains(&word) || [")", "now", "today"].contains(&word);
    while to - from > 1 && ends(words.word(to - 1)) {
        to -= 1;
    }
    let known = |name: &str| is_known(atlas, name);
    let whole = words.typed(from, to);
    if known(whole) {
        return Some(as_name(atlas, whole));
    }
    let between = (from..to).filter(|at| is_and(words.word(*at)) || words.word(*at) == "or");
    let (mut start, mut names) = (from, Vec::new());
    for end in between.chain([to]) {
        // A comma before `and` parts nothing.
        if end > start {
            let typed = words.typed(start, end);
            names.push(match known(typed) {
                true => as_name(atlas, typed),
                false if exact || typed.chars().count() <= SHORTEST_MISSPELT => return None,
                false => words.nearly_known(atlas, start, end)?,
            });
        }
        start = end + 1;
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// Is the word one of those that a phrasing takes there, or nearly?
fn is_one_of(word: &str, choices: &str, exact: bool) -> bool {
    let long = |text: &str| text.chars().count() > SHORTEST_MISSPELT;
    choices.split('|').any(|choice| {
        let nearly = || long(word) && long(choice) && strsim::osa_distance(word, choice) == 1;
        word == choice || !exact && nearly()
    })
}

/// The capital that an element of a phrasing is, if it is one.
fn slot(element: &str) -> Option<char> {
    let mut characters = element.chars();
    let first = characters.next().filter(char::is_ascii_uppercase)?;
    characters.next().is_none().then_some(first)
}
