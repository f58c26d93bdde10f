//! How a snapshot writes what is said of one node, or of edges beyond their ends. Texts are
//! borrowed from its bytes.

use crate::graph::decimal::as_spelt;
use crate::graph::edge::EdgeClass;
use crate::graph::{Citation, FilePlace, PropertyList, Strength};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// A node without its id, kinds and layers, which stand apart. Its name is the first of all.
#[derive(Serialize, Deserialize)]
pub(in crate::graph) struct NodeForm<'t> {
    pub(in crate::graph) name: Option<&'t str>,
    pub(in crate::graph) aliases: Vec<&'t str>,
    pub(in crate::graph) properties: PropertyForms<'t>,
    pub(in crate::graph) sources: Vec<Citation>,
    pub(in crate::graph) place: FilePlace,
}

#[derive(Serialize, Deserialize)]
pub(in crate::graph) struct ClassForm<'t> {
    relation: usize,
    layer: usize,
    file: u32,
    recommended: bool,
    #[serde(borrow)]
    properties: PropertyForms<'t>,
    sources: Vec<Citation>,
}

impl<'t> ClassForm<'t> {
    pub(in crate::graph) fn of(class: &'t EdgeClass, number: &impl Fn(&str) -> u32) -> Self {
        Self {
            relation: class.relation,
            layer: class.layer,
            file: class.file,
            recommended: class.strength == Strength::Recommended,
            properties: PropertyForms::of(&class.properties, number),
            sources: class.sources.clone(),
        }
    }

    pub(in crate::graph) fn class(self, names: &[Arc<str>]) -> Option<EdgeClass> {
        Some(EdgeClass {
            relation: self.relation,
            layer: self.layer,
            file: self.file,
            strength: if self.recommended { Strength::Recommended } else { Strength::Required },
            properties: self.properties.list(names)?,
            sources: self.sources,
        })
    }
}

/// Properties by the numbers of their names.
#[derive(Serialize, Deserialize)]
pub(in crate::graph) struct PropertyForms<'t>(#[serde(borrow)] Vec<(u32, ValueForm<'t>)>);

impl<'t> PropertyForms<'t> {
    pub(in crate::graph) fn of(
        properties: &'t PropertyList,
        number: &impl Fn(&str) -> u32,
    ) -> Self {
        let forms = properties.iter().map(|(name, value)| (number(name), ValueForm::of(value)));
        Self(forms.collect())
    }

    /// The properties, if all their names are known.
    pub(in crate::graph) fn list(self, names: &[Arc<str>]) -> Option<PropertyList> {
        let own = |(name, form): (u32, ValueForm<'_>)| {
            Some((Arc::clone(names.get(name as usize)?), form.value()?))
        };
        let list: Option<Vec<_>> = self.0.into_iter().map(own).collect();
        list.map(PropertyList::sorted)
    }
}

/// A JSON value, numbers by their digits.
#[derive(Serialize, Deserialize)]
enum ValueForm<'t> {
    Null,
    Bool(bool),
    Number(String),
    #[serde(borrow)]
    Text(&'t str),
    List(Vec<ValueForm<'t>>),
    Object(Vec<(&'t str, ValueForm<'t>)>),
}

impl<'t> ValueForm<'t> {
    fn of(value: &'t Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::Number(number.to_string()),
            Value::String(text) => Self::Text(text),
            Value::Array(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Object(members) => {
                let members = members.iter();
                Self::Object(members.map(|(key, value)| (key.as_str(), Self::of(value))).collect())
            }
        }
    }

    fn value(self) -> Option<Value> {
        Some(match self {
            Self::Null => Value::Null,
            Self::Bool(value) => Value::Bool(value),
            Self::Number(digits) => Value::Number(as_spelt(&digits)?),
            Self::Text(text) => Value::String(text.to_owned()),
            Self::List(items) => {
                Value::Array(items.into_iter().map(Self::value).collect::<Option<_>>()?)
            }
            Self::Object(members) => {
                let members = members.into_iter();
                let members = members.map(|(key, value)| Some((key.to_owned(), value.value()?)));
                Value::Object(members.collect::<Option<_>>()?)
            }
        })
    }
}
