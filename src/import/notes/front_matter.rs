//! Front matter: a block of YAML at the beginning of a note, between lines of three dashes.

use crate::data::yaml;
use crate::diagnostic::{Diagnostic, Text};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// What stands in front of a note.
#[derive(Default)]
pub(super) struct FrontMatter {
    values: Map<String, Value>,
    /// Where each key's value stands, or the items of it.
    places: BTreeMap<String, Vec<Range<usize>>>,
    /// Where the note's body begins.
    pub(super) end: usize,
}

impl FrontMatter {
    /// The front matter of a note; empty if it has none.
    pub(super) fn read(text: &Arc<Text>) -> Result<Self, Box<Diagnostic>> {
        let Some((range, end)) = stretch(&text.content) else { return Ok(Self::default()) };
        let (json, origin) = yaml::to_json(text, range)?;
        let Some(members) = yaml::members(&json, &origin).map_err(Box::new)? else {
            // A text between two rules.
            return Ok(Self::default());
        };
        let mut found = Self { end, ..Self::default() };
        for (key, value, place) in members {
            found.places.insert(key.clone(), place);
            found.values.insert(key, value);
        }
        Ok(found)
    }

    pub(super) fn get(&self, key: &str) -> Option<&Value> {
        self.values.get(key)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.values.iter()
    }

    /// Where a key's value, or an item of it, stands.
    pub(super) fn place(&self, key: &str, item: usize) -> usize {
        let places = self.places.get(key).map(Vec::as_slice).unwrap_or_default();
        places.get(item).or(places.first()).map_or(0, |place| place.start)
    }

    /// The texts that a key holds: one, or a list of them.
    pub(super) fn texts(&self, key: &str) -> Vec<String> {
        self.values.get(key).map(plain_texts).unwrap_or_default()
    }
}

/// The block and the beginning of the body behind it.
fn stretch(content: &str) -> Option<(Range<usize>, usize)> {
    let mark = content.len() - content.trim_start_matches('\u{feff}').len();
    let mut at = mark;
    for (number, line) in content[mark..].split_inclusive('\n').enumerate() {
        let bare = line.trim_end();
        if number == 0 && bare != "---" {
            return None;
        }
        if number > 0 && (bare == "---" || bare == "...") {
            let start = mark + content[mark..].find('\n')? + 1;
            return Some((start..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// The texts and numbers in a value or a list of them.
fn plain_texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.trim().to_owned()],
        Value::Number(number) => vec![number.to_string()],
        Value::Array(list) => {
            list.iter().filter(|item| !item.is_array()).flat_map(plain_texts).collect()
        }
        _ => Vec::new(),
    }
}

/// One thing that a key of front matter names.
pub(super) struct FrontMatterItem {
    /// As it is written, without brackets.
    pub(super) target: String,
    /// Is it written as a link?
    pub(super) link: bool,
    /// Which item of a list it stands in.
    pub(super) item: usize,
}

impl FrontMatterItem {
    fn link(target: &str) -> Self {
        Self { target: target.trim().to_owned(), link: true, item: 0 }
    }
}

/// What a value mentions, if all of it are texts: `[[a]]`, `[[[a]]]` as YAML reads `[[a]]` without
/// quotes, `[words](a.md)`, or plain names.
pub(super) fn mentions(value: &Value) -> Option<Vec<FrontMatterItem>> {
    match value {
        Value::String(text) => {
            let text = text.trim();
            let wiki = text.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]"));
            let inner = wiki.filter(|inner| !inner.contains("]]"));
            let marked = || {
                let (_, target) = text.strip_prefix('[')?.strip_suffix(')')?.split_once("](")?;
                Some(target)
            };
            let target = inner.map(|inner| inner.split('|').next().unwrap_or(inner));
            let link = target.or_else(marked);
            (!text.is_empty()).then(|| {
                let target = link.unwrap_or(text).trim().to_owned();
                vec![FrontMatterItem { target, link: link.is_some(), item: 0 }]
            })
        }
        Value::Array(list) => {
            // `[[a]]` without quotes is a list of a list.
            if let [Value::Array(inner)] = list.as_slice()
                && let [Value::String(target)] = inner.as_slice()
            {
                return Some(vec![FrontMatterItem::link(target)]);
            }
            let all: Option<Vec<Vec<FrontMatterItem>>> = list.iter().map(item_mentions).collect();
            let numbered = all?.into_iter().enumerate().flat_map(|(item, said)| {
                said.into_iter().map(move |mention| FrontMatterItem { item, ..mention })
            });
            Some(numbered.collect())
        }
        _ => None,
    }
}

fn item_mentions(item: &Value) -> Option<Vec<FrontMatterItem>> {
    match item {
        Value::Array(inner) => match inner.as_slice() {
            [Value::Array(_)] => mentions(item),
            [Value::String(target)] => Some(vec![FrontMatterItem::link(target)]),
            _ => None,
        },
        text => mentions(text),
    }
}
