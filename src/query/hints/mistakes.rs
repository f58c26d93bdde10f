//! What people who know other languages, or none, type in good faith, and how it is written here.

use super::misspelt::is_known;
use crate::diagnostic::Diagnostic;
use crate::graph::Atlas;
use crate::query::syntax::{Item, Statement, Token, meant_by, words};

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
