//! A line in words, and the names that stand in it.

use super::lists::{ABBREVIATED, ADDING, BEFORE, BEHIND, HALVES, LEADS, POINTING};
use crate::graph::{Atlas, quoted_if_needed};
use std::cell::RefCell;
use std::collections::HashMap;

/// The words of a question with what they were in the text.
#[derive(Debug)]
pub(crate) struct Words<'t> {
    text: &'t str,
    /// The verbs that take something.
    verbs: &'t [&'t str],
    /// Each word, in small letters, with its place.
    read: Vec<(String, std::ops::Range<usize>)>,
    /// The sets that have a name, people most often.
    people: &'t [&'t str],
    /// The nearest name to a run of words, for those already looked at: that takes long.
    nearest: RefCell<HashMap<(usize, usize), Option<String>>>,
}

/// May a plural have this singular: `SREs`, `data scientists`?
fn is_singular(name: &str) -> bool {
    name.chars().count() >= LONG || name.len() > 1 && name.chars().all(|c| c.is_ascii_uppercase())
}

/// How many words are looked at; longer texts are no questions.
const LONGEST: usize = 24;
/// How many words a name may have, and a misspelt one.
pub(crate) const LONGEST_NAME: usize = 5;
const LONGEST_MISSPELT: usize = 3;
/// Fewer letters than these are too much like too many other words.
pub(crate) const SHORTEST_MISSPELT: usize = 4;
/// Of a name of fewer letters one may be wrong, of a longer one two.
const LONG: usize = 8;
/// In larger graphs no misspelt name is looked for in a question.
const MOST_NODES: usize = 20_000;

impl<'t> Words<'t> {
    /// The words of a text, without those in front and at the end that ask for nothing; `None` if they are too many.
    pub(crate) fn new(text: &'t str, verbs: &'t [&'t str]) -> Option<Self> {
        let mut words = Self::parted(text, verbs);
        while words.len() > 1 && BEFORE.contains(&words.word(0)) {
            words.read.remove(0);
        }
        while words.len() > 1 && BEHIND.contains(&words.word(words.len() - 1)) {
            words.read.pop();
        }
        (1..=LONGEST).contains(&words.len()).then_some(words)
    }

    /// The words of a text that goes on from the one before, and whether it may name something.
    pub(crate) fn going_on(text: &'t str, verbs: &'t [&'t str]) -> Option<(Self, bool)> {
        let mut words = Self::parted(text, verbs);
        let all = words.len();
        while let Some(lead) = LEADS.iter().rev().find(|lead| words.begins(lead)) {
            words.read.drain(..lead.split(' ').count());
            while !words.read.is_empty() && words.word(0) == "," {
                words.read.remove(0);
            }
        }
        let half = |halves: &[&str]| halves.iter().any(|half| words.begins(half));
        let points = (0..words.len()).any(|at| POINTING.contains(&words.word(at)));
        let names = words.len() < all || half(&ADDING);
        let goes_on = (1..=LONGEST).contains(&words.len()) && (names || half(&HALVES) || points);
        goes_on.then_some((words, names))
    }

    /// Does it begin with these words?
    fn begins(&self, words: &str) -> bool {
        words.split(' ').enumerate().all(|(at, word)| at < self.len() && self.word(at) == word)
    }

    /// All words of a text.
    fn parted(text: &'t str, verbs: &'t [&'t str]) -> Self {
        let mut words: Vec<(String, std::ops::Range<usize>)> = Vec::new();
        let mut start = 0;
        let mut push = |range: std::ops::Range<usize>| {
            let ends = |word: &str| word.trim_end_matches(['?', '!', ':', '.']).len();
            let length = match ends(&text[range.clone()]) {
                // A sign by itself is a word, but for one that ends the question.
                0 if range.end < text.trim_end().len() => range.len(),
                length => length,
            };
            let place = range.start..range.start + length;
            if length > 0 {
                let word = text[place.clone()].to_lowercase().replace('’', "'");
                let stop = text[place.end..range.end].starts_with(['.', '?', '!']);
                let more = !text[range.end..].trim().is_empty();
                let ends = stop && more && !ABBREVIATED.contains(&word.as_str());
                let end = (";".to_owned(), place.end..range.end);
                words.push((word, place));
                words.extend(Some(end).filter(|_| ends));
            }
        };
        for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
            let alone = ",;()*".contains(character);
            if alone || character.is_whitespace() {
                push(start..at);
                start = at + character.len_utf8();
            }
            if alone {
                push(at..start);
            }
        }
        if words.is_empty() && text.contains('?') {
            words.push(("help".to_owned(), 0..text.len()));
        }
        Self { text, verbs, read: words, people: &[], nearest: RefCell::default() }
    }

    /// The same where some sets have a name.
    pub(crate) fn among(self, people: &'t [&'t str]) -> Self {
        Self { people, ..self }
    }

    /// The set that a word names: `ann`, `@ann`, `ann's`.
    pub(crate) fn person(&self, at: usize) -> Option<String> {
        let word = self.word(at);
        let word = word.strip_suffix("'s").unwrap_or(word);
        let name = word.strip_prefix('@').unwrap_or(word);
        let mut people = self.people.iter();
        people.find(|other| other.to_lowercase() == name).map(|name| format!("@{name}"))
    }

    /// The sets that have a name, but for one's own.
    pub(crate) fn everyone(&self) -> String {
        let others = self.people.iter().filter(|name| **name != "me");
        others.map(|name| format!("@{name}")).collect::<Vec<String>>().join(", ")
    }

    /// Does it end as a question does?
    pub(crate) fn asks(&self) -> bool {
        self.text.trim_end().ends_with('?')
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.read.len()
    }

    /// A word, in small letters.
    pub(crate) fn word(&self, at: usize) -> &str {
        &self.read[at].0
    }

    /// The verb of the language that it begins with.
    pub(crate) fn verb(&self) -> Option<&'t str> {
        self.verbs.iter().copied().find(|verb| *verb == self.word(0))
    }

    /// The one node that some words name, as a query takes it.
    pub(crate) fn known(&self, atlas: &Atlas, from: usize, to: usize) -> Option<String> {
        if !(from..to).all(|at| self.word(at).chars().any(char::is_alphanumeric)) {
            return None;
        }
        let typed = self.typed(from, to);
        let singular = || typed.strip_suffix('s').filter(|name| is_singular(name));
        let known = |name: &&str| !atlas.resolve(name).is_empty();
        let owner = || typed.strip_suffix("'s").or_else(|| typed.strip_suffix("’s"));
        let name = Some(typed).filter(known).or_else(|| singular().filter(known));
        let name = name.or_else(|| owner().filter(known))?;
        Some(as_name(atlas, name))
    }

    /// Is what some words name one word, as `to ml` names TOML?
    pub(crate) fn is_glued(&self, atlas: &Atlas, from: usize, to: usize) -> bool {
        let nodes = atlas.resolve(self.typed(from, to));
        nodes.iter().all(|node| !atlas.name(*node).contains([' ', '-']))
    }

    /// The kind that a misspelt word probably is.
    pub(crate) fn nearly_kind(&self, atlas: &Atlas, at: usize) -> Option<String> {
        let word = self.word(at);
        let kinds = atlas.schema().kinds.iter();
        let names = kinds.flat_map(|kind| [kind.plural.as_deref(), Some(kind.name.as_str())]);
        let long = word.chars().count() >= SHORTEST_MISSPELT;
        let mut near = names.flatten().filter(|name| long && strsim::osa_distance(word, name) == 1);
        near.next().map(quoted_if_needed)
    }

    /// The node that some misspelt words probably name.
    pub(crate) fn nearly_known(&self, atlas: &Atlas, from: usize, to: usize) -> Option<String> {
        self.nearly(atlas, from, to).map(|name| as_name(atlas, &name))
    }

    /// The verbs that take something.
    pub(crate) fn verbs(&self) -> &'t [&'t str] {
        self.verbs
    }

    /// The text that was typed.
    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// All that is said, without what ends it.
    pub(crate) fn said(&self) -> &'t str {
        self.typed(0, self.len())
    }

    /// The longest run of words from a place on that is a name, and where it ends.
    pub(crate) fn longest_name(
        &self,
        atlas: &Atlas,
        at: usize,
        most: usize,
        may_be: impl Fn(usize) -> bool,
    ) -> Option<(String, usize)> {
        let ends = (at + 1..=self.len().min(at + most)).rev().filter(|end| may_be(*end));
        ends.into_iter().find_map(|end| Some((self.known(atlas, at, end)?, end)))
    }

    /// Where in the text names stand, each the longest there is.
    pub(crate) fn names_in(&self, atlas: &Atlas) -> Vec<std::ops::Range<usize>> {
        let (mut found, mut at) = (Vec::new(), usize::from(self.verb().is_some()));
        while at < self.len() {
            let named = self.longest_name(atlas, at, LONGEST_NAME, |_| true);
            let end = named.map(|(_, end)| end);
            found.extend(end.map(|end| self.read[at].1.start..self.read[end - 1].1.end));
            at = end.unwrap_or(at + 1);
        }
        found
    }

    /// The text from one word to another, as it was typed.
    pub(crate) fn typed(&self, from: usize, to: usize) -> &'t str {
        &self.text[self.read[from].1.start..self.read[to - 1].1.end]
    }

    /// The name that was misspelt, if it is one: not what merely holds the word. Nothing where
    /// looking would take long.
    fn nearly(&self, atlas: &Atlas, from: usize, to: usize) -> Option<String> {
        let short = self.typed(from, to).chars().count() < SHORTEST_MISSPELT;
        if short || to - from > LONGEST_MISSPELT || atlas.nodes().nth(MOST_NODES).is_some() {
            return None;
        }
        let look = || {
            let typed = self.typed(from, to);
            let length = typed.chars().count();
            let wrong = if length < LONG { 1 } else { 2 };
            let small = typed.to_lowercase();
            // Of a short word one letter may be missing or in a wrong place, no other.
            let letters = |text: &str| {
                let mut letters: Vec<char> = text.to_lowercase().chars().collect();
                letters.sort_unstable();
                letters
            };
            let slipped = |name: &str| {
                length > SHORTEST_MISSPELT
                    || name.chars().count() > length
                    || letters(name) == letters(typed)
            };
            let found = atlas.nearest(typed).into_iter().filter(|(name, _)| slipped(name));
            let near =
                found.map(|(name, _)| (strsim::osa_distance(&small, &name.to_lowercase()), name));
            let mut near: Vec<(usize, String)> = near
                .filter(|(gap, name)| {
                    // Who slips writes the first letter right, or the second one before it.
                    let begun =
                        small.chars().take(2).any(|letter| name.to_lowercase().starts_with(letter));
                    *gap <= wrong && begun
                })
                .collect();
            near.sort_by_key(|(gap, _)| *gap);
            // What may be one as well as another is neither.
            let begun = near.iter().position(|(_, name)| name.to_lowercase().starts_with(&small));
            if let Some(begun) = begun {
                return Some(near.swap_remove(begun).1);
            }
            let undecided = near.len() > 1 && near[0].0 == near[1].0;
            near.into_iter().map(|(_, name)| name).next().filter(|_| !undecided)
        };
        self.nearest.borrow_mut().entry((from, to)).or_insert_with(look).clone()
    }
}

/// A name as a query takes it: words of several nodes in a row stay together.
pub(crate) fn as_name(atlas: &Atlas, name: &str) -> String {
    let words = name.split(' ').all(|word| quoted_if_needed(word) == word);
    if words && atlas.resolve(name).len() == 1 { name.to_owned() } else { quoted_if_needed(name) }
}
