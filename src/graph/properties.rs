//! Properties as a graph keeps them: side by side, where a map for each node would be mostly air.

use super::packed::PackedProperties;
use super::search::first_not_before;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The names of properties in use, sorted, each with how many nodes and how many edges have it.
pub(crate) type FieldUses = Vec<(String, [usize; 2])>;

/// Properties as a file says them; any JSON values.
pub type Properties = BTreeMap<String, Value>;

/// Properties of a node or an edge, by name; names are shared among all that have them.
#[derive(Debug, Clone)]
pub struct PropertyList(Values);

#[derive(Debug, Clone)]
enum Values {
    Known(Box<[(Arc<str>, Value)]>),
    /// Those of a snapshot.
    Packed(Box<PackedProperties>),
}

impl Default for PropertyList {
    fn default() -> Self {
        Self(Values::Known(Box::default()))
    }
}

impl PartialEq for PropertyList {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for PropertyList {}

impl PropertyList {
    /// `name` gives the shared copy of a name.
    pub(super) fn new(properties: Properties, mut name: impl FnMut(&str) -> Arc<str>) -> Self {
        Self::sorted(properties.into_iter().map(|(key, value)| (name(&key), value)).collect())
    }

    /// Properties that are sorted by name, each name once.
    pub(super) fn sorted(properties: Vec<(Arc<str>, Value)>) -> Self {
        Self(Values::Known(properties.into()))
    }

    /// Those of a snapshot's file, sorted by name, each by its number and a value's bytes; `None` if one
    /// has no such name.
    pub(super) fn packed(
        forms: Vec<(u32, &[u8])>,
        names: &Arc<[Arc<str>]>,
        file: &Arc<str>,
    ) -> Option<Self> {
        if forms.is_empty() {
            return Some(Self::default());
        }
        let packed = PackedProperties::new(forms, names, file)?;
        Some(Self(Values::Packed(Box::new(packed))))
    }

    /// As a map, to be changed.
    pub(super) fn into_map(self) -> Properties {
        match self.0 {
            Values::Known(known) => {
                let owned = |(name, value): (Arc<str>, Value)| (name.as_ref().to_owned(), value);
                known.into_iter().map(owned).collect()
            }
            Values::Packed(_) => {
                self.iter().map(|(name, value)| (name.to_owned(), value.clone())).collect()
            }
        }
    }

    /// The value of a property.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        let at = first_not_before(self.len(), |at| self.name(at) < name);
        (at < self.len() && self.name(at) == name).then(|| self.value(at))
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        (0..self.len()).map(|at| (self.name(at), self.value(at)))
    }

    /// Their names, sorted.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.name(at))
    }

    fn len(&self) -> usize {
        match &self.0 {
            Values::Known(known) => known.len(),
            Values::Packed(packed) => packed.len(),
        }
    }

    fn name(&self, at: usize) -> &str {
        match &self.0 {
            Values::Known(known) => &known[at].0,
            Values::Packed(packed) => packed.name(at),
        }
    }

    fn value(&self, at: usize) -> &Value {
        match &self.0 {
            Values::Known(known) => &known[at].1,
            Values::Packed(packed) => packed.value(at),
        }
    }

    /// Are there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
