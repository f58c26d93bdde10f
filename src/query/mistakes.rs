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
    let word = |at: usize| match &items.get(at)?.token {
        Token::Word(word) => Some(word.to_lowercase()),
        _ => None,
    };
    let known = |items: &[Item]| {
        words(items).is_some_and(|name| {
            !scope.atlas.resolve(&name).is_empty() || !scope.atlas.resolve_kind(&name).is_empty()
        })
    };
    let kind = |name: &str| !scope.atlas.resolve_kind(name).is_empty();
    for at in 1..items.len().min(40) {
        let Some(word) = word(at) else { continue };
        let before = words(&items[..at]).unwrap_or_default();
        let behind = words(&items[at + 1..]).unwrap_or_default();
        if !known(&items[..at]) {
            continue;
        }
        if let Some(stage) = STAGES.iter().find(|stage| stage.name == word) {
            return Some(format!("stages come after `then`: `{before} then {}`", stage.usage));
        }
        if let Some((_, stage)) = OTHER_STAGES.iter().find(|(name, _)| *name == word) {
            return Some(format!("that is a stage: `{before} then {stage}`"));
        }
        if VERBS.iter().any(|verb| verb.name == word && verb.usage.contains(' ')) {
            return Some(format!("the verb comes first: `{word} {before}`"));
        }
        if scope.atlas.resolve_relation(&word).len() == 1 && known(&items[at + 1..]) {
            return Some(format!(
                "`near {before}` shows its edges, `prereqs {before} over {word}` follows them"
            ));
        }
        let joined = match word.as_str() {
            "and" if known(&items[at + 1..]) => format!(
                "`{before}, {behind}`, or `{before} intersect {behind}` for what is in both"
            ),
            "or" if known(&items[at + 1..]) => format!("`{before}, {behind}`"),
            "not" | "without" | "minus" => format!("`{before} except {behind}`"),
            "to" if known(&items[at + 1..]) => format!("`path {before} -> {behind}`"),
            "vs" | "versus" if known(&items[at + 1..]) => format!("`compare {before}, {behind}`"),
            "in" | "for" | "from" | "by" | "used" if kind(&before) => {
                format!(
                    "`{before} of {}`",
                    behind.trim_start_matches("by ").trim_start_matches("in ")
                )
            }
            "then" if behind.is_empty() => "a stage behind `then`: `then count`".to_owned(),
            _ => continue,
        };
        return Some(format!("write {joined}"));
    }
    let keyword = |word: &String| ["let", "with", "help", "quit", "exit"].contains(&word.as_str());
    let first = word(0).filter(|word| items.len() > 1 || keyword(word))?;
    let filler = ["of", "for", "from", "the", "a", "an"];
    if filler.contains(&first.as_str()) && known(&items[1..]) {
        return Some(format!("leave out `{first}`"));
    }
    meant_by(&first).map(str::to_owned)
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
