//! What people who know other languages, or none, type in good faith, and how it is written here.

use crate::diagnostic::Diagnostic;
use crate::query::bind::arguments::Binder;
use crate::query::bind::operand::words;
use crate::query::syntax::{Item, Token, meant_by};

/// Advice on a phrase that is no name: what it was probably meant to be.
pub(crate) fn advice(binder: Binder<'_>, items: &[Item]) -> Option<String> {
    let Token::Word(first) = &items.first()?.token else { return None };
    let first = first.to_lowercase();
    let alone = ["let", "with", "help", "quit", "exit"].contains(&first.as_str());
    if items.len() < 2 && !alone {
        return None;
    }
    let filler = ["of", "for", "from", "the", "a", "an"].contains(&first.as_str());
    if filler && known(binder, &items[1..]) {
        return Some(format!("leave out `{first}`"));
    }
    meant_by(&first).map(str::to_owned)
}

/// Do these items name a node or a kind?
fn known(binder: Binder<'_>, items: &[Item]) -> bool {
    words(items).is_some_and(|name| {
        !binder.atlas.resolve(&name).is_empty() || !binder.atlas.resolve_kind(&name).is_empty()
    })
}

/// A word that other languages begin with, in front of brackets: `deps(x)`.
pub(crate) fn call(binder: Binder<'_>, items: &[Item]) -> Option<Diagnostic> {
    let [Item { token: Token::Word(word), span }, Item { token: Token::Group(_), .. }, ..] = items
    else {
        return None;
    };
    let advice = meant_by(word)?;
    let problem = binder.error("unknown-verb", span, format!("there is no verb `{word}`"));
    Some(problem.help(advice))
}
