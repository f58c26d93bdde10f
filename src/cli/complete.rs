//! Completion at the prompt: what can stand where the cursor is, by the tables and the graph.

use super::commands::COMMANDS;
use crate::graph::{Atlas, fold, quoted_if_needed};
use crate::query::{VERBS, Verb};
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
    let wanted = fold(typed.trim_start_matches(['"', '\'']));
    let behind_operand =
        !typed.is_empty() || verb.is_some_and(|verb| before[phrase..].trim() != verb.name);
    let mut words: Vec<String> = Vec::new();
    for (word, form) in
        offers(atlas, verb, behind_operand, before[..start].trim_end().ends_with("over"))
    {
        if fold(&form).starts_with(&wanted) && !words.contains(&word) {
            words.push(word);
        }
    }
    words.truncate(SHOWN);
    (start, words)
}

/// All that can stand in a place: what is typed, and the form that has to begin with what is
/// there.
fn offers(
    atlas: &Atlas,
    verb: Option<&Verb>,
    behind_operand: bool,
    behind_over: bool,
) -> Vec<(String, String)> {
    let mut offers: Vec<(String, String)> = Vec::new();
    let schema = atlas.schema();
    let name = |name: &str| (quoted_if_needed(name), name.to_owned());
    match verb {
        None => {
            offers
                .extend(VERBS.iter().map(|verb| (format!("{} ", verb.name), verb.name.to_owned())));
            offers.extend(schema.kinds.iter().map(|kind| name(&kind.plural())));
        }
        Some(verb) if behind_operand => {
            let options = verb.options.iter();
            offers.extend(options.map(|row| (format!("{} ", row.words), row.words.to_owned())));
        }
        Some(_) => {}
    }
    if behind_over {
        offers.extend(schema.relations.iter().map(|relation| name(&relation.name)));
    }
    for node in atlas.graph().node_weights() {
        offers.push((quoted_if_needed(node.name()), node.id.clone()));
        offers.push(name(node.name()));
    }
    offers
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

#[cfg(test)]
mod tests {
    use super::candidates;
    use crate::graph::Atlas;

    #[test]
    fn what_is_offered_can_stand_there() {
        let atlas = Atlas::built_in();
        for (before, start, offered) in [
            ("unl", 0, "unlocks "),
            ("tools o", 6, "of "),
            ("tools of ml", 9, "MLOps"),
            ("show argo", 5, "\"Argo CD\""),
            ("show Argo C", 5, "\"Argo CD\""),
            ("path Argo CD -> llmo", 16, "LLMOps"),
            ("prereqs (tools of giT", 18, "GitOps"),
            ("prereqs llmops dep", 8, ""),
            ("prereqs llmops over bu", 20, "builds-on"),
            (".he", 0, ".help"),
        ] {
            let (at, words) = candidates(&atlas, before);
            let found = words.iter().any(|word| word == offered) || offered.is_empty();
            assert!(at == start && found, "{before}: {at} {words:?}");
        }
        let (_, words) = candidates(&atlas, "show ");
        assert!(!words.contains(&"prereqs ".to_owned()), "a verb cannot stand there");
    }
}
