//! Properties as a graph keeps them: side by side, where a map for each node would be mostly air.

use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The names of properties in use, sorted, each with how many nodes and how many edges have it.
pub(crate) type FieldUses = Vec<(String, [usize; 2])>;

/// Properties as a file says them; any JSON values.
pub type Properties = BTreeMap<String, Value>;

/// Properties of a node or an edge, by name; names are shared among all that have them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PropertyList(Box<[(Arc<str>, Value)]>);

impl PropertyList {
    /// `name` gives the shared copy of a name.
    pub(super) fn new(properties: Properties, mut name: impl FnMut(&str) -> Arc<str>) -> Self {
        Self(properties.into_iter().map(|(key, value)| (name(&key), value)).collect())
    }

    /// Properties that are sorted by name, each name once.
    pub(super) fn sorted(properties: Vec<(Arc<str>, Value)>) -> Self {
        Self(properties.into())
    }

    /// As a map, to be changed.
    pub(super) fn into_map(self) -> Properties {
        self.0.into_iter().map(|(name, value)| (name.as_ref().to_owned(), value)).collect()
    }

    /// The value of a property.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        let at = self.0.binary_search_by(|(own, _)| own.as_ref().cmp(name)).ok()?;
        Some(&self.0[at].1)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// Are there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
