//! The attributes that nodes and edges have in XML formats: each has a name and a type. Values of
//! one name that differ in type have an attribute for each.

use super::plain::{Item, PlainGraph};
use serde_json::Value;
use std::collections::BTreeMap;

/// What type an attribute's values have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum KeyType {
    Text,
    Whole,
    Number,
    Truth,
}

impl KeyType {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Whole => "long",
            Self::Number => "double",
            Self::Truth => "boolean",
        }
    }

    fn of(value: &Value) -> Self {
        match value {
            Value::Bool(_) => Self::Truth,
            Value::Number(number) if number.to_string().parse::<i64>().is_ok() => Self::Whole,
            Value::Number(_) => Self::Number,
            _ => Self::Text,
        }
    }
}

/// An attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key<'g> {
    pub(super) is_edge: bool,
    pub(super) name: &'g str,
    pub(super) kind: KeyType,
}

/// All attributes of a graph, in their order.
pub(super) struct Keys<'g>(BTreeMap<Key<'g>, usize>);

impl<'g> Keys<'g> {
    pub(super) fn of(graph: &PlainGraph<'g>) -> Self {
        let mut keys = BTreeMap::new();
        for (is_edge, items) in [(false, &graph.nodes), (true, &graph.edges)] {
            for item in items {
                for (name, _) in &item.roles {
                    keys.insert(Key { is_edge, name, kind: KeyType::Text }, 0);
                }
                for (name, value) in &item.properties {
                    keys.insert(Key { is_edge, name, kind: KeyType::of(value) }, 0);
                }
            }
        }
        // Whole numbers among others are numbers like them.
        let numbers: Vec<Key<'g>> = keys
            .keys()
            .filter(|key| key.kind == KeyType::Number)
            .map(|key| Key { kind: KeyType::Whole, ..*key })
            .collect();
        keys.retain(|key, _| !numbers.contains(key));
        keys.values_mut().enumerate().for_each(|(at, number)| *number = at);
        Self(keys)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Key<'g>> {
        self.0.keys()
    }

    /// What an item says: the number of each attribute and the text of its value.
    pub(super) fn data<'a>(
        &'a self,
        item: &'a Item<'g>,
        is_edge: bool,
    ) -> impl Iterator<Item = (usize, String)> + 'a {
        let number = move |name: &'g str, kind| {
            let key = |kind| Key { is_edge, name, kind };
            let other = || self.0.get(&key(KeyType::Number)).filter(|_| kind == KeyType::Whole);
            self.0.get(&key(kind)).or_else(other).copied().unwrap_or_default()
        };
        let roles = item.roles.iter();
        let roles = roles.map(move |(name, texts)| (number(name, KeyType::Text), texts.join(";")));
        let properties = item.properties.iter().map(move |(name, value)| {
            let text = match value {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            (number(name, KeyType::of(value)), text)
        });
        roles.chain(properties)
    }
}
