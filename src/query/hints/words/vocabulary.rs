//! The words of questions: what each is about, and what it says of the behind it.

use super::idioms::{IDIOMS, KINDS, NUMBERS, UNITS};
use super::lists::{
    AUXILIARIES, BEFORE_VERBS, BOUNDARIES, CLASSES, EVERYDAY, FILLERS, FOREIGN, LEADING, MARKERS,
    Role, WHETHER,
};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// The shortest word of which one letter may be wrong.
const LONG: usize = 5;

/// The fewest letters of a word without its ending.
const SHORTEST_BASE: usize = 3;

type Markers = HashMap<&'static str, (Role, u8)>;

static CLASS_OF: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let words =
        CLASSES.iter().flat_map(|(class, words)| words.split(' ').map(|word| (word, *class)));
    words.collect()
});
static FILLER: LazyLock<HashSet<&str>> = LazyLock::new(|| FILLERS.split_whitespace().collect());
static MARKER: LazyLock<Markers> = LazyLock::new(|| {
    let of = |(role, strength, words): &(Role, u8, &'static str)| {
        let (role, strength) = (*role, *strength);
        words.split(' ').map(move |word| (word, (role, strength)))
    };
    MARKERS.iter().flat_map(of).collect()
});

/// Idioms by their first word.
static IDIOM: LazyLock<HashMap<&str, Vec<(&str, &str)>>> = LazyLock::new(|| {
    let mut rows: HashMap<&str, Vec<(&str, &str)>> = HashMap::new();
    for (said, meant) in IDIOMS.lines().filter_map(|row| row.split_once(" =")) {
        let first = said.split(' ').find(|word| *word != "^").unwrap_or_default();
        rows.entry(first).or_default().push((said, meant.trim()));
    }
    rows
});

/// What a word is about.
pub(crate) fn class_of(word: &str) -> Option<&'static str> {
    CLASS_OF.get(word).copied()
}

/// Does a word say nothing by itself?
pub(crate) fn is_filler(word: &str) -> bool {
    FILLER.contains(word) || MARKER.contains_key(word)
}

/// Is it a word of questions rather than a name?
pub(crate) fn is_word(word: &str) -> bool {
    is_filler(word) || CLASS_OF.contains_key(word)
}

/// Does it join the names of a list?
pub(crate) fn is_and(word: &str) -> bool {
    [",", "and", "&", "+", "und", "plus", "then"].contains(&word)
}

/// The word of questions of which this is a form: `finishing`, `follows`, `graduated`, `realistically`.
pub(crate) fn base_of(word: &str) -> Option<&'static str> {
    let base = |base: &str| {
        CLASS_OF
            .get_key_value(base)
            .map(|(word, _)| *word)
            .or_else(|| MARKER.get_key_value(base).map(|(word, _)| *word))
            .or_else(|| FILLER.get(base).copied())
    };
    let without = |ending: &str| {
        word.strip_suffix(ending).filter(|rest| rest.chars().count() >= SHORTEST_BASE)
    };
    let twice = |rest: &str| {
        let mut letters = rest.chars().rev();
        letters.next() == letters.next()
    };
    for ending in ["'s", "s", "es", "ed", "ing"] {
        let Some(rest) = without(ending) else { continue };
        let undoubled = rest.get(..rest.len() - 1).filter(|_| twice(rest));
        let found = base(rest).or_else(|| base(&format!("{rest}e"))).or_else(|| base(undoubled?));
        if found.is_some() {
            return found;
        }
    }
    if let Some(rest) = without("ies").or_else(|| without("ied")) {
        return base(&format!("{rest}y"));
    }
    // Adverbs say how, not what.
    without("ly").and_then(|_| base("really"))
}

/// Is it a word of what no graph like this one tells, which is no other word misspelt?
pub(crate) fn is_foreign(word: &str) -> bool {
    FOREIGN.split_whitespace().any(|foreign| foreign == word)
}

/// The word that a misspelt one probably is: one letter differs, or two change places; of a short one only
/// the latter.
pub(crate) fn misspelt_word(word: &str) -> Option<&'static str> {
    let length = word.chars().count();
    if length < SHORTEST_BASE || is_foreign(word) {
        return None;
    }
    let swapped = |other: &str| {
        let letters = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        length >= LONG || letters(word) == letters(other)
    };
    let words = CLASS_OF.keys().chain(MARKER.keys()).chain(FILLER.iter()).copied();
    let mut words: Vec<&str> =
        words.filter(|other| strsim::osa_distance(word, other) == 1 && swapped(other)).collect();
    words.sort_unstable();
    words.first().copied()
}

/// The kind that people mean by another word.
pub(crate) fn kind_meant(word: &str) -> Option<&'static str> {
    KINDS
        .iter()
        .find(|(_, words)| words.split(' ').any(|other| other == word))
        .map(|(kind, _)| *kind)
}

/// A number in words.
pub(crate) fn number_of(word: &str) -> Option<u32> {
    let at = NUMBERS.iter().position(|number| *number == word)?;
    u32::try_from(at + 1).ok()
}

/// The unit that a word is.
pub(crate) fn unit_of(word: &str) -> Option<char> {
    UNITS
        .iter()
        .find(|(_, words)| words.split(' ').any(|other| other == word))
        .map(|(unit, _)| *unit)
}

/// Does a clause begin with a word?
pub(crate) fn is_boundary(word: &str) -> bool {
    BOUNDARIES.split(' ').any(|other| other == word)
}

/// The role that words give to the name behind them, with the place of the word that does.
pub(crate) fn role_after(words: &[&str]) -> (Role, Option<usize>) {
    let precedes = |word: &str| BEFORE_VERBS.split(' ').any(|other| other == word);
    let begins = |at: &usize| {
        let before = at.checked_sub(1).map(|at| words[at]);
        is_boundary(words[*at])
            || AUXILIARIES.contains(&words[*at]) && before.is_some_and(|before| !precedes(before))
    };
    let reach = (0..words.len()).rev().find(begins);
    let mut best: Option<(Role, u8, usize)> = None;
    for at in (reach.map_or(0, |at| at + 1)..words.len()).rev() {
        let next = words.get(at + 1).copied().unwrap_or_default();
        if class_of(words[at]) == Some("skip") && LEADING.contains(&next) {
            // What is left out is not named: `what can I skip for mlops`.
            continue;
        }
        if let Some((role, strength)) = MARKER.get(words[at])
            && best.is_none_or(|(_, other, _)| *strength > other)
        {
            best = Some((*role, *strength, at));
        }
    }
    best.map_or((Role::Plain, None), |(role, _, at)| (role, Some(at)))
}

/// What stands for the words from a place on, if they are one of those, and how many they are.
pub(crate) fn idiom(words: &[&str], begins: bool) -> Option<(&'static str, usize)> {
    let fits = |said: &str| {
        let mut given = words.iter().copied();
        said.split(' ').all(|word| match word {
            "^" => begins,
            "$" => given.next().is_none_or(|word| word == ";"),
            word => given.next() == Some(word),
        })
    };
    let length = |said: &str| said.split(' ').filter(|word| !["^", "$"].contains(word)).count();
    let rows = words.first().and_then(|first| IDIOM.get(first)).into_iter().flatten();
    let mut rows = rows.filter(|(said, _)| fits(said));
    rows.next().map(|(said, meant)| (*meant, length(said)))
}

/// Does a question with this word in front ask whether something is so?
pub(crate) fn asks_whether(word: &str) -> bool {
    WHETHER.contains(&word)
}

/// Is it a verb of the language that may stand in any question?
pub(crate) fn is_everyday(verb: &str) -> bool {
    EVERYDAY.contains(&verb)
}
