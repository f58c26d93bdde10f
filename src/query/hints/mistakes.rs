//! What people who know other languages, or none, type in good faith, and how it is written here.

use super::misspelt::is_known;
use crate::diagnostic::Diagnostic;
use crate::graph::Atlas;
use crate::query::syntax::{Item, Statement, Token, meant_by, words};

/// Stages under the names that other languages give them.
const OTHER_STAGES: &[(&str, &str)] = &[
    ("order", "sort by FIELD"),
    ("orderby", "sort by FIELD"),
    ("sort_by", "sort by FIELD"),
    ("filter", "where CONDITION"),
    ("having", "where CONDITION"),
    ("top", "limit N"),
    ("head", "limit N"),
    ("first", "limit N"),
    ("take", "limit N"),
    ("skip", "offset N"),
    ("length", "count"),
    ("fields", "select FIELD, …"),
    ("map", "select FIELD, …"),
    ("project", "select FIELD, …"),
    ("columns", "select FIELD, …"),
    ("reverse", "sort by FIELD desc"),
];

/// Advice on a phrase that is no name: what it was probably meant to be.
pub(crate) fn advice(atlas: &Atlas, items: &[Item]) -> Option<String> {
    let first = items.first()?.word()?.to_lowercase();
    let alone = ["let", "with", "help", "quit", "exit"].contains(&first.as_str());
    if items.len() < 2 && !alone {
        return None;
    }
    let filler = ["of", "for", "from", "the", "a", "an"].contains(&first.as_str());
    if filler && words(&items[1..]).is_some_and(|name| is_known(atlas, &name)) {
        return Some(format!("leave out `{first}`"));
    }
    meant_by(&first).map(str::to_owned)
}

/// A word that other languages begin with, in front of brackets: `deps(x)`.
pub(crate) fn call(statement: &Statement, items: &[Item]) -> Option<Diagnostic> {
    let [Item { token: Token::Word(word), span }, Item { token: Token::Group(_), .. }, ..] = items
    else {
        return None;
    };
    let advice = meant_by(word)?;
    let problem = Diagnostic::new("unknown-verb", format!("there is no verb `{word}`"));
    Some(problem.at(statement.place(span)).help(advice))
}

/// The stage that other languages call `word`.
pub(crate) fn stage_called(word: &str) -> Option<&'static str> {
    OTHER_STAGES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, stage)| *stage)
}
