//! Questions in free words: read by what they name, by what stands in front of each name, and by what the other
//! words are about. A word that is none of these leaves the question unread: no suggestion is better than
//! a wrong one.

mod about;
mod mentions;
mod rows;

use super::phrasings::Captures;
use super::words::{Words, vocabulary};
use crate::graph::Atlas;
use about::Sense;
use rows::QuestionRow;

/// How closely a row has to fit, in the order in which it is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// Nothing is said that the row does not speak of.
    Strict,
    /// One word may only colour the question.
    Coloured,
    /// The strongest word that a row speaks of says what is asked; only for rows that are made so.
    Gist,
}

/// What is looked at before phrasings are, and behind them.
pub(super) const CLOSE: &[Reading] = &[Reading::Strict, Reading::Coloured];
pub(super) const GIST: &[Reading] = &[Reading::Gist];

/// A strange word is passed over for each so many words of a question, and how many at most.
const WORDS_A_STRANGE: usize = 4;
const PASSED_OVER: usize = 2;

/// The queries that a question may mean, best first; without `exact`, words may be misspelt.
pub(super) fn meanings(
    words: &Words<'_>,
    atlas: &Atlas,
    exact: bool,
    readings: &[Reading],
) -> Vec<String> {
    let signs = || (0..words.len()).any(|at| ["(", "+", "&", "->"].contains(&words.word(at)));
    if !may_be_asked(words) || readings == GIST && signs() {
        return Vec::new();
    }
    let whole = Sense::of(words, atlas, exact, 0);
    let passed_over = words.len().div_ceil(WORDS_A_STRANGE).min(PASSED_OVER);
    let lenient = || Sense::of(words, atlas, exact, passed_over).filter(Sense::says_something);
    let sense = if exact { whole } else { whole.or_else(lenient) };
    let Some(sense) = sense else { return Vec::new() };
    let verb = words.verb().filter(|verb| !vocabulary::is_everyday(verb));
    if verb.is_some() && sense.narrows() {
        // `prereqs x required` lacks a word of an option; nothing of it may be lost.
        return Vec::new();
    }
    let apart = sense.apart();
    let read = |reading: &Reading| -> Vec<String> {
        let rows = rows::questions();
        let queries = rows.flat_map(|row| read_as(row, &sense, apart.as_ref(), *reading));
        // Who begins with a verb of the language means that verb.
        let begun = |query: &String| verb.is_none_or(|verb| query.split(' ').next() == Some(verb));
        queries.filter(begun).collect()
    };
    let mut readings = readings.iter().map(read);
    readings.find(|queries| !queries.is_empty()).unwrap_or_default()
}

/// How a question goes on from the one before.
#[derive(Debug)]
pub(super) enum Gone {
    /// With more to it.
    With,
    /// To other names, or from them.
    To(Vec<String>),
    From(Vec<String>),
    /// With one kind of what was found.
    Only(String),
    /// To what was counted.
    Which,
}

/// How words that go on from another question do so; not if they can be read without it.
pub(super) fn gone_on(rest: &Words<'_>, atlas: &Atlas) -> Option<Gone> {
    Sense::of(rest, atlas, true, 0)?.goes_on()
}

/// Are these words of a question rather than signs of a query that lacks something?
fn may_be_asked(words: &Words<'_>) -> bool {
    let all: Vec<&str> = (0..words.len()).map(|at| words.word(at)).collect();
    let count = |sign: &str| all.iter().filter(|word| **word == sign).count();
    let sign = |word: &&&str| ["+", "&", "-", "|", "=", "<", ">"].contains(*word);
    let named = |word: &str| {
        (0..words.len()).any(|at| words.word(at) == word && words.person(at).is_some())
    };
    let strange = |word: &&str| {
        let word = if named(word) || *word == "=" && words.asks() { "" } else { word };
        let open = word.trim_end_matches('>');
        word.contains(['{', '}', '@', '|', '=', '"', '*', '`'])
            || open.starts_with('-') && word.chars().any(char::is_alphanumeric)
    };
    // Who begins with a verb of the language may have forgotten a bracket.
    (words.verb().is_some() || count("(") == count(")"))
        && !all.iter().any(strange)
        && all.last().as_ref().is_none_or(|x| !sign(x))
}

/// The queries that a question means by a row; lists are taken apart only where they do not fit whole.
fn read_as(
    row: &QuestionRow,
    sense: &Sense,
    apart: Option<&Sense>,
    reading: Reading,
) -> Vec<String> {
    let filled = |sense: &Sense| -> Vec<String> {
        let readings = sense.read_as(row, reading);
        readings
            .iter()
            .flat_map(|one| row.meant.iter().filter_map(|meant| said(meant, one)))
            .collect()
    };
    let queries = filled(sense);
    if queries.is_empty() { apart.map(filled).unwrap_or_default() } else { queries }
}

/// A template with what stands for its capitals; a part in square brackets is left out where nothing does.
fn said(template: &str, reading: &Captures) -> Option<String> {
    let mut query = String::new();
    for (at, part) in template.split(['[', ']']).enumerate() {
        match (reading.fill(part), at % 2) {
            (Some(text), _) => query.push_str(&text),
            (None, 0) => return None,
            (None, _) => {}
        }
    }
    Some(query)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own_reading(row: &QuestionRow) -> Reading {
        if row.is_gist() { Reading::Gist } else { Reading::Strict }
    }

    #[test]
    fn every_question_is_read_by_its_own_row() {
        let atlas = Atlas::built_in();
        let mut session = crate::query::Session::new(&atlas);
        ["ann", "bo"].into_iter().for_each(|name| session.define(name, Vec::new()));
        let mut faults = Vec::new();
        for row in rows::questions() {
            let example = row.example;
            let problem = session.ask(example).expect_err(example);
            let words = Words::new(example, &[]).expect("few words").among(&["ann", "bo"]);
            let Some(sense) = Sense::of(&words, &atlas, true, 0) else {
                faults.push(format!("`{example}` has words that are not known"));
                continue;
            };
            let own = read_as(row, &sense, sense.apart().as_ref(), own_reading(row));
            match problem.suggestions() {
                [query] if own.contains(query) => {
                    let command = query.starts_with('.');
                    assert!(command || session.ask(query).is_ok(), "`{example}`: {query}");
                }
                other => faults.push(format!("`{example}` is read by another row: {other:?}")),
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
