//! Facts in a form that is read without parsing: what a builder holds when some files have been
//! read without a flaw, written down and taken up again. The text of files stays the source; this
//! is for a graph that is read at every start.

use super::builder::Builder;
use super::draft::{EdgeDraft, Interned, NodeDraft, NodeSlot};
use super::interner::Interner;
use crate::diagnostic::Text;
use crate::graph::FilePlace;
use crate::graph::decimal::as_spelt;
use crate::graph::edge::EdgeClass;
use crate::graph::{Citation, NodeFacts, PropertyList, Schema, Source, Strength};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::Arc;

/// The form's version: files of another one are not read.
const VERSION: u32 = 2;

/// What a builder holds. Texts are borrowed from the form.
#[derive(Serialize, Deserialize)]
struct Prepared<'t> {
    version: u32,
    schema: Schema,
    sources: Vec<Source>,
    layers: Vec<String>,
    #[serde(borrow)]
    relations: Vec<&'t str>,
    kinds: Vec<&'t str>,
    sets: Vec<Vec<usize>>,
    property_names: Vec<&'t str>,
    nodes: Vec<PreparedNode<'t>>,
    edges: Vec<EdgeDraft>,
    classes: Vec<PreparedClass<'t>>,
}

#[derive(Serialize, Deserialize)]
struct PreparedNode<'t> {
    id: &'t str,
    name: Option<&'t str>,
    aliases: Vec<&'t str>,
    properties: PreparedProperties<'t>,
    sources: Vec<Citation>,
    place: FilePlace,
    kinds: u32,
    layers: u32,
    /// Where it was defined last, and where later files say what.
    last: FilePlace,
    said: Vec<(&'t str, FilePlace)>,
}

#[derive(Serialize, Deserialize)]
struct PreparedClass<'t> {
    relation: usize,
    layer: usize,
    file: u32,
    #[serde(borrow)]
    properties: PreparedProperties<'t>,
    sources: Vec<Citation>,
}

/// Properties by the numbers of their names.
type PreparedProperties<'t> = Vec<(u32, PreparedValue<'t>)>;

impl PreparedNode<'_> {
    fn draft(
        self,
        properties: impl Fn(PreparedProperties<'_>) -> Option<PropertyList>,
    ) -> Option<NodeDraft> {
        let facts = NodeFacts {
            id: self.id.to_owned(),
            name: self.name.map(str::to_owned),
            aliases: self.aliases.into_iter().map(str::to_owned).collect(),
            sources: self.sources,
            place: self.place,
            ..NodeFacts::default()
        };
        let sets = [self.kinds, self.layers];
        Some(NodeDraft::restored(facts, properties(self.properties)?, sets, self.last, &self.said))
    }
}

/// A JSON value, numbers by their digits.
#[derive(Serialize, Deserialize)]
enum PreparedValue<'t> {
    Null,
    Bool(bool),
    Number(String),
    #[serde(borrow)]
    Text(&'t str),
    List(Vec<PreparedValue<'t>>),
    Object(Vec<(&'t str, PreparedValue<'t>)>),
}

impl<'t> PreparedValue<'t> {
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

impl Builder {
    /// Writes down what it holds; `None` if there is a problem, or a node that is not defined.
    #[must_use]
    pub fn prepared(&self) -> Option<Vec<u8>> {
        if !self.problems.is_empty() {
            return None;
        }
        let sets = self.shared.sets.items().map(|set| set.to_vec()).collect();
        let prepared = Prepared {
            version: VERSION,
            schema: self.schema.clone(),
            sources: self.sources.values().cloned().collect(),
            layers: self.layers.clone(),
            relations: texts(&self.relations),
            kinds: texts(&self.shared.kinds),
            sets,
            property_names: texts(&self.shared.names),
            nodes: self.nodes.iter().map(|node| self.node_form(node)).collect::<Option<_>>()?,
            edges: self.edges.clone(),
            classes: self.classes.iter().map(|class| self.class_form(class)).collect(),
        };
        postcard::to_stdvec(&prepared).ok()
    }

    fn node_form<'t>(&'t self, node: &'t NodeSlot) -> Option<PreparedNode<'t>> {
        let draft = node.draft()?;
        Some(PreparedNode {
            id: &draft.id,
            name: draft.name.as_deref(),
            aliases: draft.aliases.iter().map(String::as_str).collect(),
            properties: self.property_forms(&draft.properties),
            sources: draft.sources.clone(),
            place: draft.place,
            kinds: draft.kinds,
            layers: draft.layers,
            last: draft.last(),
            said: draft.said().collect(),
        })
    }

    fn class_form<'t>(&'t self, class: &'t EdgeClass) -> PreparedClass<'t> {
        PreparedClass {
            relation: class.relation,
            layer: class.layer,
            file: class.file,
            properties: self.property_forms(&class.properties),
            sources: class.sources.clone(),
        }
    }

    fn property_forms<'t>(&self, properties: &'t PropertyList) -> PreparedProperties<'t> {
        let number = |name: &str| {
            let mut names = self.shared.names.items();
            names.position(|own| **own == *name).unwrap_or_default()
        };
        let forms =
            properties.iter().map(|(name, value)| (number(name) as u32, PreparedValue::of(value)));
        forms.collect()
    }

    /// A builder that holds what was [`prepared`](Self::prepared) of these files; `None` if that
    /// was in another version of the form. Linear.
    pub(crate) fn restored(bytes: &[u8], files: Vec<Arc<Text>>) -> Option<Self> {
        let prepared: Prepared<'_> = postcard::from_bytes(bytes).ok()?;
        if prepared.version != VERSION {
            return None;
        }
        let names = arcs(&prepared.property_names);
        let property = |(name, value): (u32, PreparedValue<'_>)| {
            Some((Arc::clone(names.get(name as usize)?), value.value()?))
        };
        let properties = |all: PreparedProperties<'_>| -> Option<PropertyList> {
            let all: Option<Vec<_>> = all.into_iter().map(property).collect();
            all.map(PropertyList::sorted)
        };
        let mut builder = Self::default();
        builder.files = files;
        for node in prepared.nodes {
            builder.restore_node(node.draft(properties)?);
        }
        for class in prepared.classes {
            builder.classes.push(EdgeClass {
                relation: class.relation,
                layer: class.layer,
                file: class.file,
                strength: Strength::default(),
                properties: properties(class.properties)?,
                sources: class.sources,
            });
        }
        builder.edges = prepared.edges;
        builder.relations = arcs(&prepared.relations).into_iter().collect();
        builder.shared = Interned {
            kinds: arcs(&prepared.kinds).into_iter().collect(),
            sets: prepared.sets.into_iter().map(Arc::from).collect(),
            names: names.into_iter().collect(),
        };
        builder.schema = prepared.schema;
        builder.layers = prepared.layers;
        builder.sources =
            prepared.sources.into_iter().map(|source| (source.id.clone(), source)).collect();
        Some(builder)
    }
}

fn texts(distinct: &Interner<str>) -> Vec<&str> {
    distinct.items().map(AsRef::as_ref).collect()
}

fn arcs(texts: &[&str]) -> Vec<Arc<str>> {
    texts.iter().copied().map(Arc::from).collect()
}
