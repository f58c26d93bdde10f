//! The keys of `GraphML`: which data there is, for what, and of what type.

use super::stop;
use crate::diagnostic::{Diagnostic, shortened};
use crate::import::intake::{Stop, loose_number, number, whole_number};
use crate::import::xml::Attributes;
use serde_json::Value;
use std::collections::BTreeMap;

/// What a `key` element declares.
pub(super) struct DeclaredKey {
    pub(super) name: String,
    pub(super) kind: String,
    /// `node`, `edge`, `all` …
    of: String,
    /// yEd's: it holds a drawing, of which the label counts.
    pub(super) drawing: bool,
}

/// What a key may be for.
const OWNERS: [&str; 8] =
    ["all", "graphml", "graph", "node", "edge", "hyperedge", "port", "endpoint"];
/// The type of lists, which `attr.list` tells.
const LIST: &str = "list";
const TYPES: [&str; 7] = ["boolean", "int", "integer", "long", "float", "double", "string"];

impl DeclaredKey {
    pub(super) fn is_for(&self, is_edge: bool) -> bool {
        self.of == "all" || self.of == if is_edge { "edge" } else { "node" }
    }

    /// Is this text no value, neither of a drawing nor of a number?
    pub(super) fn says_nothing(&self, text: &str) -> bool {
        (self.drawing || self.kind != "string" && self.kind != LIST) && text.trim().is_empty()
    }
}

/// The keys by id; many writers give a key of nodes and one of edges the same id.
pub(super) type DeclaredKeys = BTreeMap<String, Vec<DeclaredKey>>;

/// The key of this id for nodes or for edges, or else any of this id.
pub(super) fn key_for<'k>(
    keys: &'k DeclaredKeys,
    id: &str,
    is_edge: bool,
) -> Option<&'k DeclaredKey> {
    let keys = keys.get(id)?;
    keys.iter().find(|key| key.is_for(is_edge)).or(keys.first())
}

/// Notes a key under its id.
pub(super) fn read_key(
    keys: &mut DeclaredKeys,
    attributes: &Attributes,
    at: usize,
) -> Result<String, Stop> {
    let said = |name: &str| attributes.get(name).map(|(value, _)| value.clone());
    let id = said("id").ok_or_else(|| stop(at, "this key has no `id`"))?;
    let drawing = said("yfiles.type").is_some_and(|kind| kind.ends_with("graphics"));
    let key = DeclaredKey {
        name: said("attr.name").filter(|name| !name.is_empty()).unwrap_or_else(|| id.clone()),
        kind: said("attr.type").unwrap_or_else(|| "string".to_owned()),
        of: said("for").unwrap_or_else(|| "all".to_owned()),
        drawing,
    };
    let is_list = said("attr.list").is_some_and(|items| TYPES.contains(&items.as_str()));
    let known = [("attr.type", "type", &key.kind, &TYPES[..]), ("for", "owner", &key.of, &OWNERS)];
    for (attribute, what, word, words) in known {
        if !words.contains(&word.as_str()) {
            let place = attributes.get(attribute).map_or(at, |(_, place)| *place);
            let message = format!("there is no {what} `{}`", shortened(word));
            return Err(stop(place, message).help(&format!("known are {}", words.join(", "))));
        }
    }
    let key = DeclaredKey { kind: if is_list { LIST.to_owned() } else { key.kind }, ..key };
    let same = keys.entry(id.clone()).or_default();
    if same.iter().any(|known| known.of == key.of) {
        return Err(stop(at, format!("the key `{}` is declared twice", shortened(&id))));
    }
    same.push(key);
    Ok(id)
}

/// The value that a text is for a key of this name and type. What is no finite number (`NaN`,
/// `INF`) stays text.
pub(in crate::import) fn typed(name: &str, kind: &str, text: &str) -> Result<Value, Diagnostic> {
    let plain = text.trim();
    let value = match kind {
        "string" => Some(text.into()),
        // APOC's lists are written as JSON.
        LIST => {
            Some(serde_json::from_str(text).ok().filter(Value::is_array).unwrap_or(text.into()))
        }
        "boolean" => match plain.to_lowercase().as_str() {
            "true" | "1" => Some(true.into()),
            "false" | "0" => Some(false.into()),
            _ => None,
        },
        "int" | "integer" | "long" => whole_number(plain),
        _ => number(plain).or_else(|| loose_number(plain)).or_else(|| {
            let without_end = plain.parse::<f64>().is_ok_and(|number| !number.is_finite());
            without_end.then(|| plain.into())
        }),
    };
    value.ok_or_else(|| {
        let message = format!(
            "`{}` is declared as {kind}, but here stands `{}`",
            shortened(name),
            shortened(plain)
        );
        Diagnostic::new("wrong-type", message)
    })
}
