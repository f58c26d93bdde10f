//! What helps while a query is typed. Hosts count in units of UTF-16.

use opsatlas::graph::caseless;
use opsatlas::query::{Meaning, Session};
use serde_json::{Value, json};

/// How many offers are told; nobody reads more.
const MOST: usize = 60;

/// What could stand at the end of a text.
pub(crate) fn complete(session: &Session, before: &str) -> Value {
    let mut found = session.complete(before);
    // What reads as it was typed comes before what another name was typed of.
    let bare = |text: &str| caseless(text.trim_start_matches(['"', '\'']));
    let typed = bare(&before[found.start..]);
    found.offers.sort_by_cached_key(|offer| !bare(&offer.text).starts_with(&typed));
    let offers = found.offers.iter().take(MOST);
    let offers = offers.map(|offer| json!({"text": offer.text, "what": offer.what}));
    json!({"start": units(&before[..found.start]), "offers": offers.collect::<Value>(),
        "more": found.offers.len().saturating_sub(MOST)})
}

/// What the parts of a text mean, in order and without overlap.
pub(crate) fn meanings(session: &Session, text: &str) -> Value {
    let (mut at, mut counted) = (0, 0);
    let mut to = |byte: usize| {
        counted += units(&text[at..byte]);
        at = byte;
        counted
    };
    let parts = session.meanings(text).into_iter().map(|(span, meaning)| {
        let (start, end) = (to(span.start), to(span.end));
        json!({"start": start, "end": end, "is": word(meaning)})
    });
    json!({"parts": parts.collect::<Value>()})
}

fn word(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Verb => "verb",
        Meaning::Kind => "kind",
        Meaning::Node(_) => "node",
        Meaning::Relation => "relation",
        Meaning::Field => "field",
        Meaning::Variable => "variable",
        Meaning::Quoted => "quoted",
        Meaning::Comment => "comment",
        Meaning::Unknown => "unknown",
    }
}

fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

#[cfg(test)]
mod tests {
    use super::{complete, meanings};
    use opsatlas::{Atlas, Session};

    #[test]
    fn places_count_units_of_two_bytes() {
        let session = Session::new(&Atlas::built_in());
        let found = complete(&session, "find '𝒳'; path devops to mlo");
        assert_eq!((&found["start"], &found["offers"][0]["text"]), (&26.into(), &"MLOps".into()));
        let parts = meanings(&session, "find '𝒳é' then count");
        let last = parts["parts"].as_array().and_then(|parts| parts.last().cloned());
        let last = last.expect("a part");
        assert_eq!(
            (&last["start"], &last["end"], &last["is"]),
            (&16.into(), &21.into(), &"verb".into())
        );
    }
}
