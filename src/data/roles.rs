//! What in a foreign file is a node's kind and name and an edge's relation: which keys, columns and
//! attributes say it, the first that does winning. What the format itself has a place for comes
//! before these.

use crate::graph::{Citation, EdgeFacts, NodeFacts, Properties};
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

/// Headers above what a topic is called, folded, the surest first.
pub(crate) const TITLES: &str = "topic skill name title course module";
/// Headers above what a topic needs first, folded.
pub(crate) const PREREQUISITES: &str =
    "prerequisites prerequisite prereqs prereq requires dependson dependencies needs after";
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

/// The first of these keys that has something to say.
pub(crate) fn first<'k>(keys: &[&'k str], says: impl Fn(&str) -> bool) -> Option<&'k str> {
    keys.iter().find(|key| says(key)).copied()
}

/// The items of a list written as text with `;` between them, each once.
pub(crate) fn items(text: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let items = text.split(';').map(str::trim);
    items.filter(|item| !item.is_empty() && seen.insert(*item)).map(str::to_owned).collect()
}

/// Reads from the properties of a node what they say of kind, name, other names and sources,
/// unless the format has said it.
pub(crate) fn node(facts: &mut NodeFacts) {
    let properties = &mut facts.properties;
    if facts.kinds.is_empty() {
        facts.kinds = take(properties, &KIND).as_deref().map(items).unwrap_or_default();
    }
    if facts.name.is_none() {
        facts.name = take(properties, &NAME);
    }
    if facts.aliases.is_empty() {
        facts.aliases = take(properties, &[ALIASES]).as_deref().map(items).unwrap_or_default();
    }
    facts.sources.extend(citations(properties));
}

/// Reads from the properties of an edge what they say of its relation, unless the format has said
/// it, and of sources; an edge that names no relation is a plain link.
pub(crate) fn edge(facts: &mut EdgeFacts) {
    if facts.relation.is_empty() {
        let relation = take(&mut facts.properties, &RELATION);
        facts.relation = relation.unwrap_or_else(|| PLAIN_LINK.to_owned());
    }
    facts.sources.extend(citations(&mut facts.properties));
}

fn citations(properties: &mut Properties) -> Vec<Citation> {
    let cited = take(properties, &[SOURCES]).as_deref().map(items).unwrap_or_default();
    cited.into_iter().map(|source| Citation { source, ..Citation::default() }).collect()
}

/// Takes the first of these properties that is a text with something in it.
fn take(properties: &mut Properties, names: &[&str]) -> Option<String> {
    let said = |name: &str| {
        let text = properties.get(name).and_then(Value::as_str);
        text.is_some_and(|text| !text.trim().is_empty())
    };
    let name = first(names, said)?;
    match properties.remove(name) {
        Some(Value::String(text)) => Some(text.trim().to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{PLAIN_LINK, edge, node};
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
        node(&mut facts);
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
        node(&mut facts);
        assert_eq!(facts.name.as_deref(), Some("own"));
        assert_eq!(facts.properties, properties(json!({"name": "other"})));
        let mut facts = EdgeFacts { properties: said(), ..EdgeFacts::default() };
        edge(&mut facts);
        assert_eq!(facts.relation, "needs");
        let mut plain: EdgeFacts = EdgeFacts::default();
        edge(&mut plain);
        assert_eq!(plain.relation, PLAIN_LINK);
    }
}
