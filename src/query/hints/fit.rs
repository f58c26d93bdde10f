//! How a question fits a phrasing: which words stand for what.

use super::captures::Captures;
use super::misspelt::is_known;
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

/// Words in front that ask for nothing.
const BEFORE: [&str; 9] = ["please", "ok", "okay", "so", "well", "and", "but", "just", "hey"];
/// Words at the end that ask for nothing more.
const BEHIND: [&str; 12] = [
    "please", "thanks", "fast", "quickly", "asap", "properly", "exactly", "really", "anyway",
    "best", "myself", "then",
];

/// May a plural have this singular: `SREs`, `data scientists`?
fn is_singular(name: &str) -> bool {
    name.chars().count() >= LONG || name.len() > 1 && name.chars().all(|c| c.is_ascii_uppercase())
}

/// Leaves such words out, but not all there is.
fn without_manners(words: &mut Vec<(String, std::ops::Range<usize>)>) {
    while words.len() > 1 && BEFORE.contains(&words[0].0.as_str()) {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|last| BEHIND.contains(&last.0.as_str())) {
        words.pop();
    }
}

/// How many words are looked at; longer texts are no questions.
const LONGEST: usize = 24;
/// How many words a misspelt name may have.
const LONGEST_NAME: usize = 3;
/// Fewer letters than these are too much like too many other words.
const SHORTEST_MISSPELT: usize = 4;
/// Of a name of fewer letters one may be wrong, of a longer one two.
const LONG: usize = 8;
/// In larger graphs no misspelt name is looked for in a question.
const MOST_NODES: usize = 20_000;
/// How many ways to read a question are tried a phrasing.
const READINGS: usize = 64;

impl<'t> Words<'t> {
    /// The words of a text; `None` if they are too many.
    pub(crate) fn new(text: &'t str, verbs: &'t [&'t str]) -> Option<Self> {
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
                words.push((text[place.clone()].to_lowercase().replace('’', "'"), place));
            }
        };
        for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
            let alone = ",()*".contains(character);
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
        without_manners(&mut words);
        let nearest = RefCell::default();
        let people = &[];
        let few = (1..=LONGEST).contains(&words.len());
        few.then_some(Self { text, verbs, read: words, people, nearest })
    }

    /// The same where some sets have a name.
    pub(crate) fn among(self, people: &'t [&'t str]) -> Self {
        Self { people, ..self }
    }

    /// The set that a word names: `ann`, `@ann`, `ann's`.
    pub(super) fn person(&self, at: usize) -> Option<String> {
        let word = self.word(at);
        let word = word.strip_suffix("'s").unwrap_or(word);
        let name = word.strip_prefix('@').unwrap_or(word);
        let mut people = self.people.iter();
        people.find(|other| other.to_lowercase() == name).map(|name| format!("@{name}"))
    }

    /// The sets that have a name, but for one's own.
    pub(super) fn everyone(&self) -> String {
        let others = self.people.iter().filter(|name| **name != "me");
        others.map(|name| format!("@{name}")).collect::<Vec<String>>().join(", ")
    }

    /// Does it end as a question does?
    pub(super) fn asks(&self) -> bool {
        self.text.trim_end().ends_with('?')
    }

    /// How many words there are.
    pub(super) fn len(&self) -> usize {
        self.read.len()
    }

    /// A word, in small letters.
    pub(super) fn word(&self, at: usize) -> &str {
        &self.read[at].0
    }

    /// The verb of the language that it begins with.
    pub(super) fn verb(&self) -> Option<&'t str> {
        self.verbs.iter().copied().find(|verb| *verb == self.word(0))
    }

    /// The one node that some words name, as a query takes it.
    pub(super) fn known(&self, atlas: &Atlas, from: usize, to: usize) -> Option<String> {
        if !(from..to).all(|at| self.word(at).chars().any(char::is_alphanumeric)) {
            return None;
        }
        let typed = self.typed(from, to);
        let singular = || typed.strip_suffix('s').filter(|name| is_singular(name));
        let known = |name: &&str| !atlas.resolve(name).is_empty();
        let name = Some(typed).filter(known).or_else(|| singular().filter(known))?;
        Some(as_name(atlas, name))
    }

    /// Is what some words name one word, as `to ml` names TOML?
    pub(super) fn is_glued(&self, atlas: &Atlas, from: usize, to: usize) -> bool {
        let nodes = atlas.resolve(self.typed(from, to));
        nodes.iter().all(|node| !atlas.name(*node).contains([' ', '-']))
    }

    /// The kind that a misspelt word probably is.
    pub(super) fn nearly_kind(&self, atlas: &Atlas, at: usize) -> Option<String> {
        let word = self.word(at);
        let kinds = atlas.schema().kinds.iter();
        let names = kinds.flat_map(|kind| [kind.plural.as_deref(), Some(kind.name.as_str())]);
        let long = word.chars().count() >= SHORTEST_MISSPELT;
        let mut near = names.flatten().filter(|name| long && strsim::osa_distance(word, name) == 1);
        near.next().map(quoted_if_needed)
    }

    /// The node that some misspelt words probably name.
    pub(super) fn nearly_known(&self, atlas: &Atlas, from: usize, to: usize) -> Option<String> {
        self.nearly(atlas, from, to).map(|name| as_name(atlas, &name))
    }

    /// The verbs that take something.
    pub(super) fn verbs(&self) -> &'t [&'t str] {
        self.verbs
    }

    /// The text that was typed.
    pub(super) fn text(&self) -> &'t str {
        self.text
    }

    /// Where in the text names stand, each the longest there is.
    pub(super) fn names_in(&self, atlas: &Atlas) -> Vec<std::ops::Range<usize>> {
        let (mut found, mut at) = (Vec::new(), 0);
        while at < self.len() {
            let ends = (at + 1..=self.len().min(at + 5)).rev();
            let verb = self.verbs.contains(&self.word(at)) && at == 0;
            let mut named = ends.filter(|end| !verb && self.known(atlas, at, *end).is_some());
            let end = named.next();
            found.extend(end.map(|end| self.read[at].1.start..self.read[end - 1].1.end));
            at = end.unwrap_or(at + 1);
        }
        found
    }

    /// The text from one word to another, as it was typed.
    fn typed(&self, from: usize, to: usize) -> &'t str {
        &self.text[self.read[from].1.start..self.read[to - 1].1.end]
    }

    /// Every way to read it as a phrasing, each with what its capitals stand for.
    pub(crate) fn readings(&self, atlas: &Atlas, said: &str, exact: bool) -> Vec<Captures> {
        let pattern: Vec<&str> = said.split(' ').collect();
        if !exact && pattern.iter().all(|element| slot(element).is_some()) {
            // Nothing would say that it is a question.
            return Vec::new();
        }
        let mut found = Vec::new();
        // Words read, elements used, and what stands for what so far.
        let mut open = vec![(0, 0, Captures::default())];
        let mut looked = 0;
        while let Some((word, element, reading)) = open.pop() {
            looked += 1;
            // Each capital and each optional word multiplies the ways: a bound for those without
            // end.
            if found.len() == READINGS || looked > 100 * READINGS {
                break;
            }
            let Some(element_text) = pattern.get(element) else {
                if word == self.read.len() {
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
            if word == self.read.len() {
                continue;
            }
            if let Some(slot) = slot(choices) {
                // The shortest is looked at first: it is pushed last.
                for end in (word + 1..=self.read.len()).rev() {
                    if let Some(text) = self.meaning(atlas, slot, word, end, exact) {
                        open.push((end, element + 1, reading.with(slot, text)));
                    }
                }
            } else if is_one_of(&self.read[word].0, choices, exact) {
                open.push((word + 1, element + 1, reading));
            }
        }
        found
    }

    /// What words say in the place of a capital, as it is written in a query.
    fn meaning(
        &self,
        atlas: &Atlas,
        slot: char,
        from: usize,
        to: usize,
        exact: bool,
    ) -> Option<String> {
        let typed = self.typed(from, to);
        match slot {
            'A' | 'B' => self.names(atlas, from, to, exact),
            'L' => (atlas.resolve_relation(typed).len() == 1).then(|| quoted_if_needed(typed)),
            // As other languages label nodes: `t:tool`.
            'K' => {
                let kind = typed.rsplit(':').next()?;
                let known = kind == "nodes" || atlas.resolve_kind(kind).len() == 1;
                known.then(|| quoted_if_needed(kind))
            }
            'T' if typed.to_lowercase().starts_with("no ") => None,
            'X' => Some(typed.trim_matches(['"', '\'', '%']).to_owned()),
            'Q' => {
                let whole = typed.get(.."select * from ".len());
                let whole = whole.filter(|all| all.eq_ignore_ascii_case("select * from "));
                Some(typed[whole.map_or(0, str::len)..].replace('"', ""))
            }
            'V' => {
                let verb = self.verbs.iter().find(|verb| verb.eq_ignore_ascii_case(typed));
                verb.map(|verb| (*verb).to_owned())
            }
            // A year has 52 weeks.
            'M' => {
                let months = typed.parse::<u32>().ok().filter(|months| *months <= 120);
                months.map(|months| (months * 52).div_ceil(12).to_string())
            }
            'N' => typed.bytes().all(|byte| byte.is_ascii_digit()).then(|| typed.to_owned()),
            _ => Some(typed.replace('"', "")),
        }
    }

    /// The name that was misspelt, if it is one: not what merely holds the word. Nothing where
    /// looking would take long.
    fn nearly(&self, atlas: &Atlas, from: usize, to: usize) -> Option<String> {
        let short = self.typed(from, to).chars().count() < SHORTEST_MISSPELT;
        if short || to - from > LONGEST_NAME || atlas.nodes().nth(MOST_NODES).is_some() {
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

    /// A list of names: as typed where they are known, the nearest ones if that is enough.
    fn names(&self, atlas: &Atlas, mut from: usize, mut to: usize, exact: bool) -> Option<String> {
        let word = |at: usize| self.read[at].0.as_str();
        while to - from > 1 && ["a", "an", "the", "("].contains(&word(from)) {
            from += 1;
        }
        while to - from > 1 && [")", "please", "now", "today"].contains(&word(to - 1)) {
            to -= 1;
        }
        let known = |name: &str| is_known(atlas, name);
        let whole = self.typed(from, to);
        if known(whole) {
            return Some(as_name(atlas, whole));
        }
        let between = (from..to).filter(|at| [",", "and", "or", "&", "+"].contains(&word(*at)));
        let mut ends: Vec<usize> = between.collect();
        ends.push(to);
        let (mut start, mut names) = (from, Vec::new());
        for end in ends {
            // A comma before `and` parts nothing.
            if end > start {
                let typed = self.typed(start, end);
                names.push(match known(typed) {
                    true => as_name(atlas, typed),
                    false if exact => return None,
                    false if typed.chars().count() <= SHORTEST_MISSPELT => return None,
                    false => as_name(atlas, &self.nearly(atlas, start, end)?),
                });
            }
            start = end + 1;
        }
        (!names.is_empty()).then(|| names.join(", "))
    }
}

/// Is the word one of those that a phrasing takes there, or nearly?
fn is_one_of(word: &str, choices: &str, exact: bool) -> bool {
    let long = |text: &str| text.chars().count() > SHORTEST_MISSPELT;
    choices.split('|').any(|choice| {
        let nearly = || long(word) && long(choice) && strsim::osa_distance(word, choice) == 1;
        word == choice || !exact && nearly()
    })
}

/// A name as a query takes it: words of several nodes in a row stay together.
fn as_name(atlas: &Atlas, name: &str) -> String {
    let words = name.split(' ').all(|word| quoted_if_needed(word) == word);
    if words && atlas.resolve(name).len() == 1 { name.to_owned() } else { quoted_if_needed(name) }
}

/// The capital that an element of a phrasing is, if it is one.
fn slot(element: &str) -> Option<char> {
    let mut characters = element.chars();
    let first = characters.next().filter(char::is_ascii_uppercase)?;
    characters.next().is_none().then_some(first)
}
