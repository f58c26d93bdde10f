//! What files say, before it is checked: of nodes, of edges, and how layers merge.

use crate::graph::statements::{is_statement, is_statements};
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
