//! Completion at the prompt: what can stand where the cursor is, by the tables and the graph.

use super::commands::COMMANDS;
use crate::graph::{Atlas, fold, quoted_if_needed};
use crate::query::VERBS;
use rustyline::completion::{Completer, Pair};
use rustyline::{Context, Helper, Highlighter, Hinter, Validator};

/// How many candidates are offered.
const SHOWN: usize = 60;

/// rustyline's view of an atlas.
#[derive(Helper, Highlighter, Hinter, Validator)]
pub(crate) struct Assistant<'a> {
    pub(crate) atlas: &'a Atlas,
}

impl Completer for Assistant<'_> {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        at: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let (start, words) = candidates(self.atlas, &line[..at]);
        let pairs = words.into_iter().map(|word| Pair { display: word.clone(), replacement: word });
        Ok((start, pairs.collect()))
    }
}

/// Where the name under the cursor starts, and what it could become.
pub(crate) fn candidates(atlas: &Atlas, before: &str) -> (usize, Vec<String>) {
    if before.trim_start().starts_with('.') {
        let start = before.len() - before.trim_start().len();
        let names = COMMANDS.iter().map(|command| command.name.to_owned());
        return (start, names.filter(|name| name.starts_with(&before[start..])).collect());
    }
    let phrase = phrase_start(before);
    let verb = before[phrase..].split_whitespace().next();
    let verb = verb.and_then(|word| VERBS.iter().find(|verb| verb.name == word));
    if verb.is_none()
        && let Some(of) = of_after_kind(atlas, before, phrase)
    {
        return of;
    }
    let start = name_start(before, phrase, verb.is_some());
    let typed = &before[start..];
    let mut words: Vec<String> = Vec::new();
    let wanted = fold(typed.trim_start_matches(['"', '\'']));
    let mut offer = |word: String, form: &str| {
        if fold(form).starts_with(&wanted) && !words.contains(&word) {
            words.push(word);
        }
    };
    match verb {
        None => {
            for verb in VERBS {
                offer(format!("{} ", verb.name), verb.name);
            }
            for kind in &atlas.schema().kinds {
                offer(quoted_if_needed(&kind.plural()), &kind.plural());
            }
        }
        Some(verb) if !typed.is_empty() || before[phrase..].trim() != verb.name => {
            for option in verb.options {
                offer(format!("{} ", option.words), option.words);
            }
        }
        Some(_) => {}
    }
    for relation in &atlas.schema().relations {
        if before[phrase..start].trim_end().ends_with("over") {
            offer(quoted_if_needed(&relation.name), &relation.name);
        }
    }
    for node in atlas.graph().node_weights() {
        for form in [node.id.as_str(), node.name()] {
            if fold(form).starts_with(&wanted) {
                offer(quoted_if_needed(node.name()), form);
            }
        }
    }
    words.truncate(SHOWN);
    (start, words)
}

/// Behind a kind's name comes `of`.
fn of_after_kind(atlas: &Atlas, before: &str, phrase: usize) -> Option<(usize, Vec<String>)> {
    let (kind, typed) = before[phrase..].rsplit_once(' ')?;
    let fits = "of".starts_with(typed) && !atlas.resolve_kind(kind.trim()).is_empty();
    fits.then(|| (before.len() - typed.len(), vec!["of ".to_owned()]))
}

/// Where the phrase under the cursor begins: behind the last bracket or operator.
fn phrase_start(before: &str) -> usize {
    let mut start = 0;
    for (at, character) in before.char_indices() {
        let symbol = "(+&|".contains(character);
        if symbol {
            start = at + character.len_utf8();
        }
    }
    for word in [" then ", " union ", " intersect ", " except ", " of "] {
        if let Some(at) = before.rfind(word) {
            start = start.max(at + word.len());
        }
    }
    start + before[start..].len() - before[start..].trim_start().len()
}

/// Where the name under the cursor begins: behind the verb, an option word, a comma or an arrow.
fn name_start(before: &str, phrase: usize, has_verb: bool) -> usize {
    let text = &before[phrase..];
    let mut start = 0;
    if has_verb {
        start = text.find(char::is_whitespace).map_or(0, |at| at + 1);
    }
    for mark in
        [",", "->", " to ", " over ", " via ", " avoid ", " depth ", " limit ", " shortest "]
    {
        if let Some(at) = text.rfind(mark) {
            start = start.max(at + mark.len());
        }
    }
    let start = phrase + start;
    start + before[start..].len() - before[start..].trim_start().len()
}
