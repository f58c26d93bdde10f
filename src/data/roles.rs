//! What in a foreign file is a node's kind and name and an edge's relation: the one place that says
//! which keys, columns and attributes mean it, whatever the format. The first that says something
//! wins; what the format itself has a place for comes before these.

use crate::graph::{Citation, EdgeFacts, NodeFacts, Properties, fold};
use serde_json::Value;
use std::collections::HashSet;

/// Says what kinds a node is of.
pub(crate) const KIND: [&str; 2] = ["kind", "type"];
/// Names a node for people.
pub(crate) const NAME: [&str; 2] = ["name", "label"];
/// Holds a node's other names.
pub(crate) const ALIASES: &str = "aliases";
/// Names an edge's relation.
pub(crate) const RELATION: [&str; 4] = ["relation", "kind", "type", "label"];
/// Says who says so.
pub(crate) const SOURCES: &str = "sources";
/// Holds kinds where its text begins with a colon, as Neo4j writes them: `:Bird:Animal`.
const LABELS: &str = "labels";

/// The words of a format.
#[derive(Debug)]
pub(crate) struct RoleWords {
    pub(crate) kind: &'static [&'static str],
    pub(crate) name: &'static [&'static str],
    pub(crate) relation: &'static [&'static str],
    /// Has the format no lists, so that several texts are one with `;` between them?
    pub(crate) joined: bool,
}

/// The words of formats that have no lists; two are those of `TinkerPop`.
pub(crate) const JOINED: RoleWords = RoleWords {
    kind: &["labelV", "kind", "type"],
    name: &NAME,
    relation: &["labelE", "relation", "kind", "type", "label"],
    joined: true,
};

/// The words of formats with lists.
pub(crate) const LISTED: RoleWords =
    RoleWords { kind: &KIND, name: &NAME, relation: &RELATION, joined: false };

/// Headers above what a topic is called, folded, the surest first.
pub(crate) const TITLES: &str = "topic skill name title course module";
/// Headers above what a topic needs first, folded.
pub(crate) const PREREQUISITES: &str = "prerequisites prerequisite prereqs prereq requires dependson dependencies needs after predecessors predecessor";
/// Headers above how much a topic takes, folded.
pub(crate) const AMOUNTS: &str = "hours weeks effort";
/// The relation of topics to what stands in their column of prerequisites.
pub const NEEDS: &str = "needs";
/// What a column of a sheet can be said to mean.
pub const COLUMN_MEANINGS: [&str; 14] = [
    "id",
    "name",
    "prerequisites",
    "hours",
    "weeks",
    "effort",
    "kind",
    "aliases",
    "sources",
    "from",
    "to",
    "relation",
    "property",
    "ignored",
];

/// The relation of edges that name none.
pub const PLAIN_LINK: &str = "links-to";

/// The items of a list written as text with `;` between them, each once.
pub(crate) fn items(text: &str) -> Vec<String> {
    each_once(text.split(';').map(str::trim))
}

/// Is this one of these folded words of headers? A number behind it does not matter where several
/// columns may say it: `prerequisite 2`.
pub(crate) fn is_header(words: &str, header: &str) -> bool {
    let folded = fold(header);
    let stem = folded.trim_end_matches(|last: char| last.is_ascii_digit());
    words.split(' ').any(|word| word == folded || word == stem && words == PREREQUISITES)
}

/// Kinds as Neo4j writes them, each with a colon before it.
pub(crate) fn colons(text: &str) -> Option<Vec<String>> {
    text.trim().strip_prefix(':').map(|kinds| each_once(kinds.split(':').map(str::trim)))
}

fn each_once<'t>(items: impl Iterator<Item = &'t str>) -> Vec<String> {
    let mut seen = HashSet::new();
    items.filter(|item| !item.is_empty() && seen.insert(*item)).map(str::to_owned).collect()
}

/// Reads from the properties of a node what they say of kind, name, other names and sources,
/// unless the format has said it.
pub(crate) fn node(facts: &mut NodeFacts, words: &RoleWords) {
    let properties = &mut facts.properties;
    if facts.kinds.is_empty() {
        facts.kinds =
            labels(properties, words).unwrap_or_else(|| take_list(properties, words.kind, words));
    }
    if facts.name.is_none() {
        facts.name = take_text(properties, words.name, words);
    }
    if facts.aliases.is_empty() {
        facts.aliases = take_list(properties, &[ALIASES], words);
    }
    facts.sources.extend(citations(properties, words));
}

/// Reads from the properties of an edge what they say of its relation, unless the format has said
/// it, and of sources; an edge that names no relation is a plain link.
pub(crate) fn edge<T: AsRef<str> + From<String>>(facts: &mut EdgeFacts<T>, words: &RoleWords) {
    if facts.relation.as_ref().is_empty() {
        let relation = take_text(&mut facts.properties, words.relation, words);
        facts.relation = relation.unwrap_or_else(|| PLAIN_LINK.to_owned()).into();
    }
    facts.sources.extend(citations(&mut facts.properties, words));
}

/// Would a reader take the property for what says what a node or an edge is? `said` are the first
/// words of [`KIND`], [`NAME`] … that are there already.
pub(crate) fn is_taken(
    name: &str,
    value: &Value,
    said: impl Fn(&str) -> bool,
    is_edge: bool,
    words: &RoleWords,
) -> bool {
    if !is_edge && words.joined && name == LABELS {
        return value.as_str().is_some_and(|text| colons(text).is_some());
    }
    let several = !words.joined && is_texts(value);
    let roles: [(&[&str], &str, bool); 4] = [
        (words.kind, KIND[0], true),
        (words.name, NAME[0], false),
        (&[ALIASES], ALIASES, true),
        (&[SOURCES], SOURCES, true),
    ];
    let relation = (words.relation, RELATION[0], false);
    let roles = if is_edge { vec![relation, roles[3]] } else { roles.to_vec() };
    let Some((words, own, list)) = roles.into_iter().find(|(words, ..)| words.contains(&name))
    else {
        return false;
    };
    let says = value.is_string() || list && several;
    let place = |word: &str| words.iter().position(|known| *known == word);
    // A role's own word is always read so; another word where it comes first, or alone.
    name == own || says && (!said(own) || place(name) < place(own))
}

fn citations(properties: &mut Properties, words: &RoleWords) -> Vec<Citation> {
    let cited = take_list(properties, &[SOURCES], words);
    cited.into_iter().map(|source| Citation { source, ..Citation::default() }).collect()
}

fn labels(properties: &mut Properties, words: &RoleWords) -> Option<Vec<String>> {
    let text = properties.get(LABELS).filter(|_| words.joined).and_then(Value::as_str);
    let kinds = text.and_then(colons)?;
    properties.remove(LABELS);
    Some(kinds)
}

fn is_texts(value: &Value) -> bool {
    value.as_array().is_some_and(|list| list.iter().all(Value::is_string))
}

/// Has a text something to say? Blanks do where a format can tell them from nothing.
fn says(value: &Value, words: &RoleWords) -> bool {
    value.as_str().is_some_and(|text| !if words.joined { text.trim() } else { text }.is_empty())
}

/// Takes the first of these properties that says something.
fn take(
    properties: &mut Properties,
    names: &[&str],
    fits: impl Fn(&Value) -> bool,
) -> Option<Value> {
    let name = names.iter().find(|name| properties.get(**name).is_some_and(&fits))?;
    properties.remove(*name)
}

fn take_text(properties: &mut Properties, names: &[&str], words: &RoleWords) -> Option<String> {
    match take(properties, names, |value| says(value, words))? {
        Value::String(text) if words.joined => Some(text.trim().to_owned()),
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn take_list(properties: &mut Properties, names: &[&str], words: &RoleWords) -> Vec<String> {
    let fits = |value: &Value| says(value, words) || !words.joined && is_texts(value);
    match take(properties, names, fits) {
        Some(Value::String(text)) if words.joined => items(&text),
        Some(Value::String(text)) => vec![text],
        Some(Value::Array(list)) => {
            let mut seen = HashSet::new();
            let texts = list.into_iter().filter_map(|item| match item {
                Value::String(text) => seen.insert(text.clone()).then_some(text),
                _ => None,
            });
            texts.collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{JOINED, LISTED, PLAIN_LINK, edge, is_taken, node};
    use crate::graph::{EdgeFacts, NodeFacts, Properties};
    use serde_json::{Value, json};

    fn properties(object: Value) -> Properties {
        let Value::Object(members) = object else { panic!("an object") };
        members.into_iter().collect()
    }

    #[test]
    fn the_first_key_that_says_something_wins_and_the_others_stay() {
        let said = json!({"kind": " ", "type": "tool; topic;tool", "label": "A", "aliases": "x;y",
            "sources": "s", "weight": 2});
        let mut facts = NodeFacts { properties: properties(said), ..NodeFacts::default() };
        node(&mut facts, &JOINED);
        assert_eq!(facts.kinds, ["tool", "topic"]);
        assert_eq!((facts.name.as_deref(), facts.aliases.len()), (Some("A"), 2));
        assert_eq!(facts.sources[0].source, "s");
        assert_eq!(facts.properties, properties(json!({"kind": " ", "weight": 2})));
    }

    #[test]
    fn what_the_format_says_comes_before_properties() {
        let said = || properties(json!({"name": "other", "type": "needs"}));
        let mut facts =
            NodeFacts { name: Some("own".into()), properties: said(), ..NodeFacts::default() };
        node(&mut facts, &JOINED);
        assert_eq!(facts.name.as_deref(), Some("own"));
        assert_eq!(facts.properties, properties(json!({"name": "other"})));
        let mut facts: EdgeFacts = EdgeFacts { properties: said(), ..EdgeFacts::default() };
        edge(&mut facts, &JOINED);
        assert_eq!(facts.relation, "needs");
        let mut plain: EdgeFacts = EdgeFacts::default();
        edge(&mut plain, &JOINED);
        assert_eq!(plain.relation, PLAIN_LINK);
    }

    #[test]
    fn other_databases_have_words_of_their_own() {
        for (said, kinds) in [
            (json!({"labels": ":Bird:Animal", "type": "x"}), ["Bird", "Animal"].as_slice()),
            (json!({"labelV": "bird", "kind": "x"}), &["bird"]),
            (json!({"labels": "a label", "kind": "x;y"}), &["x", "y"]),
        ] {
            let mut facts = NodeFacts { properties: properties(said), ..NodeFacts::default() };
            node(&mut facts, &JOINED);
            assert_eq!(facts.kinds, kinds);
            assert_eq!(facts.properties.len(), 1);
        }
        let mut facts = NodeFacts {
            properties: properties(json!({"kind": ["a;b", "c"], "name": " x"})),
            ..NodeFacts::default()
        };
        node(&mut facts, &LISTED);
        assert_eq!(
            (facts.kinds.as_slice(), facts.name.as_deref()),
            (&["a;b".to_owned(), "c".to_owned()][..], Some(" x"))
        );
    }

    #[test]
    fn what_would_be_taken_is_told() {
        let taken = |name: &str, value: Value, said: bool, is_edge: bool| {
            is_taken(name, &value, |_| said, is_edge, &JOINED)
        };
        assert!(taken("kind", json!(1), true, false) && taken("type", json!("x"), false, false));
        assert!(!taken("type", json!("x"), true, false) && !taken("type", json!(1), false, false));
        assert!(
            taken("labelV", json!("x"), true, false) && !taken("labelV", json!("x"), true, true)
        );
        assert!(
            taken("labels", json!(":x"), true, false) && !taken("labels", json!("x"), false, false)
        );
        assert!(taken("labelE", json!("x"), true, true) && taken("label", json!("x"), false, true));
    }
}
