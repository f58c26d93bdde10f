//! What people who know other languages, or none, type in good faith, and how it is written here.

use super::arguments::Scope;
use super::operand::words;
use super::stages::STAGES;
use super::syntax::{Item, Token, meant_by};
use super::verbs::VERBS;
use crate::diagnostic::Diagnostic;

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
pub(super) fn advice(scope: Scope<'_>, items: &[Item]) -> Option<String> {
    let mut places = 1..items.len().min(40);
    if let Some(advice) = places.find_map(|at| between(scope, items, at)) {
        return Some(advice);
    }
    let Token::Word(first) = &items.first()?.token else { return None };
    let first = first.to_lowercase();
    let alone = ["let", "with", "help", "quit", "exit"].contains(&first.as_str());
    if items.len() < 2 && !alone {
        return None;
    }
    let filler = ["of", "for", "from", "the", "a", "an"].contains(&first.as_str());
    if filler && known(scope, &items[1..]) {
        return Some(format!("leave out `{first}`"));
    }
    meant_by(&first).map(str::to_owned)
}

/// Do these items name a node or a kind?
fn known(scope: Scope<'_>, items: &[Item]) -> bool {
    words(items).is_some_and(|name| {
        !scope.atlas.resolve(&name).is_empty() || !scope.atlas.resolve_kind(&name).is_empty()
    })
}

/// Advice on the word at a place, if what stands before it is a name.
fn between(scope: Scope<'_>, items: &[Item], at: usize) -> Option<String> {
    let Token::Word(word) = &items[at].token else { return None };
    if !known(scope, &items[..at]) {
        return None;
    }
    let word = word.to_lowercase();
    let before = words(&items[..at]).unwrap_or_default();
    let behind = words(&items[at + 1..]).unwrap_or_default();
    if let Some(stage) = STAGES.iter().find(|stage| stage.name == word) {
        return Some(format!("stages come after `then`: `{before} then {}`", stage.usage));
    }
    if let Some((_, stage)) = OTHER_STAGES.iter().find(|(name, _)| *name == word) {
        return Some(format!("that is a stage: `{before} then {stage}`"));
    }
    if VERBS.iter().any(|verb| verb.name == word && verb.usage.contains(' ')) {
        return Some(format!("the verb comes first: `{word} {before}`"));
    }
    let two = known(scope, &items[at + 1..]);
    if two && scope.atlas.resolve_relation(&word).len() == 1 {
        return Some(format!(
            "`near {before}` shows its edges, `prereqs {before} over {word}` follows them"
        ));
    }
    let kind = !scope.atlas.resolve_kind(&before).is_empty();
    let written = match word.as_str() {
        "and" if two => {
            format!("`{before}, {behind}`, or `{before} intersect {behind}` for what is in both")
        }
        "or" if two => format!("`{before}, {behind}`"),
        "not" | "without" | "minus" => format!("`{before} except {behind}`"),
        "to" if two => format!("`path {before} -> {behind}`"),
        "vs" | "versus" if two => format!("`compare {before}, {behind}`"),
        "in" | "for" | "from" | "by" | "used" if kind => {
            let owner = behind.trim_start_matches("by ").trim_start_matches("in ");
            format!("`{before} of {owner}`")
        }
        "then" if behind.is_empty() => "a stage behind `then`: `then count`".to_owned(),
        _ => return None,
    };
    Some(format!("write {written}"))
}

/// A word that other languages begin with, in front of brackets: `deps(x)`.
pub(super) fn call(scope: Scope<'_>, items: &[Item]) -> Option<Diagnostic> {
    let [Item { token: Token::Word(word), span }, Item { token: Token::Group(_), .. }, ..] = items
    else {
        return None;
    };
    let advice = meant_by(word)?;
    let problem = scope.error("unknown-verb", span, format!("there is no verb `{word}`"));
    Some(problem.help(advice))
}

/// The stage that other languages call `word`.
pub(super) fn stage_called(word: &str) -> Option<&'static str> {
    OTHER_STAGES.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, stage)| *stage)
}
