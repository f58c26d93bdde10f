//! Questions that go on from the one before: `and without aws?`, `only the tools`, `how long does that take`.

use super::questions::{self, CLOSE, GIST, Gone};
use super::words::Words;
use crate::graph::Atlas;

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
        let asked = format!("{core} {}", rest.said());
        let read = |words: Words<'_>| {
            [CLOSE, GIST]
                .map(|readings| questions::meanings(&words, atlas, true, readings))
                .concat()
        };
        let meant = Words::new(&asked, before.verbs()).map(read).unwrap_or_default();
        meant.into_iter().filter(|query| query != core).map(whole).collect()
    };
    let staged = [rest.said().to_owned(), rest.said().replacen("sorted", "sort", 1)];
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
