//! What words that name nothing were probably meant to be.

use crate::diagnostic::nearest;
use crate::graph::{Atlas, quoted_if_needed};
use crate::query::syntax::{Item, words_or_quoted};

/// The codes of problems with a name or a word that nothing has.
pub(crate) const UNKNOWN: [&str; 8] = [
    "unknown-field",
    "unknown-kind",
    "unknown-measure",
    "unknown-name",
    "unknown-relation",
    "unknown-stage",
    "unknown-variable",
    "unknown-verb",
];

/// Is it the name of a node or a kind?
pub(crate) fn is_known(atlas: &Atlas, name: &str) -> bool {
    !atlas.resolve(name).is_empty() || !atlas.resolve_kind(name).is_empty()
}

/// If a run of words is two or more known names in a row: those names, in the one way that
/// splits it.
pub(crate) fn split_names(atlas: &Atlas, items: &[Item]) -> Option<Vec<String>> {
    const LONGEST: usize = 12;
    // The ways to split a run double with each word.
    if items.len() < 2 || items.len() > LONGEST {
        return None;
    }
    let mut ways: Vec<Vec<String>> = Vec::new();
    let mut open: Vec<(usize, Vec<String>)> = vec![(0, Vec::new())];
    while let Some((start, names)) = open.pop() {
        if start == items.len() {
            ways.push(names);
            continue;
        }
        for end in start + 1..=items.len() {
            if let Some(name) = words_or_quoted(&items[start..end])
                && atlas.resolve(&name).len() == 1
            {
                let mut longer = names.clone();
                longer.push(quoted_if_needed(&name));
                open.push((end, longer));
            }
        }
    }
    match ways.as_slice() {
        // What can be split in several ways is not guessed at.
        [way] if way.len() > 1 => Some(way.clone()),
        _ => None,
    }
}

/// The verb that a misspelt first word probably is: the nearest, or the one of which letters
/// were left out.
pub(crate) fn verb_like(
    word: &str,
    mut names: impl Iterator<Item = &'static str> + Clone,
) -> Option<&'static str> {
    let near = nearest(word, names.clone()).first().copied();
    let word = word.to_lowercase();
    // Its letters in their order, the first among them: `prqs` of `prereqs`.
    let shortened = |name: &&str| {
        let mut rest = name.chars();
        let first = word.chars().next() == name.chars().next();
        first && word.len() >= 4 && word.chars().all(|letter| rest.any(|other| other == letter))
    };
    near.and_then(|near| names.clone().find(|name| *name == near)).or_else(|| names.find(shortened))
}
