//! Questions that go on from the one before: `and without aws?`, `only the tools`, `how long does that take`.

use super::fit::Words;
use super::questions::{self, CLOSE, GIST, Gone};
use crate::graph::Atlas;

/// Words in front that go on.
const LEADS: [&str; 15] = [
    "and",
    "or",
    "but",
    "ok",
    "okay",
    "also",
    "now",
    "only",
    "just",
    "then",
    "what about",
    "how about",
    "what if",
    "same for",
    "the same for",
];
/// Words in front that begin no sentence: before amounts, and before names.
const HALVES: [&str; 7] = ["as", "at", "by", "for", "from", "in", "starting"];
const ADDING: [&str; 3] = ["via", "with", "without"];
/// Words that point back, in what names nothing itself.
const POINTING: [&str; 7] = ["it", "that", "those", "these", "them", "they", "ones"];

/// What a question says that goes on from another, and whether it may name something.
pub(super) fn rest(text: &str) -> Option<(&str, bool)> {
    let begins = |text: &str, lead: &str| {
        let start = text.get(..lead.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(lead))
            && !text[lead.len()..].starts_with(char::is_alphanumeric)
    };
    let mut rest = text;
    while let Some(lead) = LEADS.iter().rev().find(|lead| begins(rest, lead)) {
        rest = rest[lead.len()..].trim_start_matches([' ', ',']);
    }
    let words = || rest.split(|c: char| !c.is_alphanumeric());
    let points = || words().any(|word| POINTING.iter().any(|own| own.eq_ignore_ascii_case(word)));
    let half = |halves: &[&str]| halves.iter().any(|half| begins(rest, half));
    let names = rest.len() < text.len() || half(&ADDING);
    (!rest.is_empty() && (names || half(&HALVES) || points())).then_some((rest, names))
}

/// The queries that it may mean, best first.
pub(super) fn meanings(
    before: &Words<'_>,
    (rest, names): (&Words<'_>, bool),
    atlas: &Atlas,
) -> Vec<String> {
    if !names && !rest.names_in(atlas).is_empty() {
        return Vec::new();
    }
    let (core, stages) = before.text().split_once(" then ").unwrap_or((before.text(), ""));
    let whole = |core: String| match stages {
        _ if stages.is_empty() || core.contains(" then ") => core,
        stages => format!("{core} then {stages}"),
    };
    let joined = || {
        let asked = format!("{core} {}", rest.text().trim_end_matches(['?', '!', '.']));
        let read = |words: Words<'_>| {
            [CLOSE, GIST]
                .map(|readings| questions::meanings(&words, atlas, true, readings))
                .concat()
        };
        let meant = Words::new(&asked, before.verbs()).map(read).unwrap_or_default();
        meant.into_iter().filter(|query| query != core).map(whole).collect()
    };
    let staged = rest.text().trim_end_matches(['?', '!', '.']);
    let staged = [staged.to_owned(), staged.replacen("sorted", "sort", 1)];
    let staged = staged.map(|stage| format!("{} then {stage}", before.text()));
    let gone = questions::gone_on(rest, atlas);
    let from = matches!(gone, Some(Gone::From(_)));
    let meant = match gone {
        Some(Gone::With) => joined(),
        Some(Gone::To(names) | Gone::From(names)) => {
            named(before, core, &names.join(", "), from, atlas).map(whole).into_iter().collect()
        }
        Some(Gone::Only(kind)) => of_kind(core, &kind, atlas).map(whole).into_iter().collect(),
        Some(Gone::Which) if !stages.is_empty() => vec![core.to_owned()],
        _ => Vec::new(),
    };
    staged.into_iter().chain(meant).collect()
}

/// The same of other names.
fn named(before: &Words<'_>, core: &str, names: &str, from: bool, atlas: &Atlas) -> Option<String> {
    // Who compares wants one more beside them.
    if before.verb() == Some("compare") {
        return Some(format!("{core}, {names}"));
    }
    let places = before.names_in(atlas);
    let last = !from && (core.contains("->") || core.contains(" to "));
    let place = if last { places.last() } else { places.first() };
    let place = place.filter(|place| place.end <= core.len())?;
    Some(format!("{}{names}{}", &core[..place.start], &core[place.end..]))
}

/// The same of one kind: behind `skills of sre` other tools are meant, behind `prereqs sre` those among them.
fn of_kind(core: &str, kind: &str, atlas: &Atlas) -> Option<String> {
    if let Some((first, of)) = core.split_once(" of ")
        && atlas.resolve_kind(first).len() == 1
    {
        return Some(format!("{kind} of {of}"));
    }
    let id = *atlas.resolve_kind(kind.trim_matches('"')).first()?;
    Some(format!("{core} then where kind = {}", atlas.schema().kinds[id].name))
}
