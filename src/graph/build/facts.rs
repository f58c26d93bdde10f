//! What files say, before it is checked: of nodes, of edges, and how layers merge.

use crate::graph::{Citation, FilePlace, Properties};
use serde_json::Value;
use std::collections::HashSet;
use std::hash::Hash;

/// What a file says of a node.
#[derive(Debug, Clone, Default)]
pub struct NodeFacts {
    /// Its id.
    pub id: String,
    /// Names of its kinds.
    pub kinds: Vec<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its other names.
    pub aliases: Vec<String>,
    /// Everything else.
    pub properties: Properties,
    /// Where it is named.
    pub sources: Vec<Citation>,
    /// Where it stands.
    pub place: FilePlace,
}

/// What a file says of two nodes; its texts are owned, or borrowed from the file.
#[derive(Debug, Clone, Default)]
pub struct EdgeFacts<T = String> {
    /// Id of the source.
    pub from: T,
    /// Name of the relation.
    pub relation: T,
    /// Id of the target.
    pub to: T,
    /// Details.
    pub properties: Properties,
    /// Who says so.
    pub sources: Vec<Citation>,
    /// Where it stands.
    pub place: FilePlace,
    /// Where it names its source and its target.
    pub end_places: [FilePlace; 2],
}

/// Lays later properties over known ones: later scalars win, lists of statements append.
pub(super) fn merge_properties(known: &mut Properties, later: Properties) {
    for (name, value) in later {
        match known.get_mut(&name) {
            Some(Value::Array(known))
                if is_statements(&value) && known.iter().all(is_statement) =>
            {
                let Value::Array(more) = value else { continue };
                append(known, more);
            }
            _ => {
                known.insert(name, value);
            }
        }
    }
}

/// Appends what is not yet there. Linear.
pub(super) fn append<T: Eq + Hash + Clone>(known: &mut Vec<T>, more: Vec<T>) {
    let mut seen: HashSet<T> = known.iter().cloned().collect();
    known.extend(more.into_iter().filter(|item| seen.insert(item.clone())));
}

fn is_statement(value: &Value) -> bool {
    value.get("value").is_some()
}

/// Is this value a list of statements, each with its own sources?
pub(crate) fn is_statements(value: &Value) -> bool {
    value.as_array().is_some_and(|list| !list.is_empty() && list.iter().all(is_statement))
}

/// The values a property states: each statement's, or the property itself.
pub(crate) fn statements(value: &Value) -> impl Iterator<Item = &Value> {
    let list = value.as_array().filter(|_| is_statements(value));
    let single = list.is_none().then_some(value);
    let several = list.into_iter().flatten().filter_map(|said| said.get("value"));
    several.chain(single)
}

/// The values a property states, each with who says so.
pub(crate) fn cited_statements(value: &Value) -> Vec<(&Value, Vec<Citation>)> {
    stated(value).into_iter().map(|said| (said.value, said.cited)).collect()
}

/// One statement of a property.
#[derive(Debug)]
pub(crate) struct Stated<'v> {
    /// What it says.
    pub(crate) value: &'v Value,
    /// Who says so.
    pub(crate) cited: Vec<Citation>,
    /// Whatever else it says, by name.
    pub(crate) details: Vec<(&'v str, &'v Value)>,
}

/// The statements of a property, whole; a plain value is one by nobody.
pub(crate) fn stated(value: &Value) -> Vec<Stated<'_>> {
    let Some(list) = value.as_array().filter(|_| is_statements(value)) else {
        return vec![Stated { value, cited: Vec::new(), details: Vec::new() }];
    };
    let said = list.iter().filter_map(Value::as_object).filter_map(|said| {
        let cited = said.get("sources").and_then(Value::as_array).into_iter().flatten();
        let details =
            said.iter().filter(|(name, _)| !["value", "sources"].contains(&name.as_str()));
        Some(Stated {
            value: said.get("value")?,
            cited: cited.filter_map(citation).collect(),
            details: details.map(|(name, value)| (name.as_str(), value)).collect(),
        })
    });
    said.collect()
}

fn citation(cited: &Value) -> Option<Citation> {
    let text = |name: &str| cited.get(name).and_then(Value::as_str).map(str::to_owned);
    let line = cited.get("line").and_then(Value::as_u64);
    Some(Citation {
        source: text("source")?,
        section: text("section"),
        line,
        address: text("address"),
    })
}
