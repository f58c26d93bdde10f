//! `json`: one object a query, as the contract says.

mod error;
mod objects;

pub use error::error_as_json;
pub(super) use objects::{EdgeObject, NodeRow};

use super::Format;
use crate::analysis::EFFORT;
use crate::answer::{Answer, Listing};
use crate::diagnostic::{Diagnostic, harmless_json};
use crate::graph::{Atlas, EdgeIndex, NodeIndex};
use objects::{PathObject, StatedObject, StepObject};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

pub(super) const FORMAT: Format = Format {
    name: "json",
    extensions: &["json"],
    summary: "one JSON object",
    notes: true,
    error: Some(error_as_json),
    write: |answer, look| {
        let listing = answer.listing();
        let line = serde_json::to_string(&Object::new(answer, &listing, look.query))
            .map_err(|error| Diagnostic::new("io", error.to_string()))?;
        Ok((harmless_json(line) + "\n").into_bytes())
    },
    ..Format::PLAIN
};

/// Of the schema that answers keep, `docs/answer.schema.json`.
const VERSION: u32 = 1;

/// The JSON Schema of answers and errors.
pub const SCHEMA: &str = include_str!("../../../docs/answer.schema.json");

#[derive(Serialize)]
struct Object<'a> {
    version: u32,
    query: &'a str,
    shape: &'static str,
    complete: bool,
    count: usize,
    notes: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nodes: Option<NodeList<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edges: Option<EdgeList<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paths: Option<Vec<PathObject<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shortest_count: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<Vec<StepObject<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    total: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    columns: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<&'a [Vec<Value>]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<Vec<Vec<Vec<StatedObject<'a>>>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a Value>,
}

/// Nodes that become objects while they are written: there may be many.
struct NodeList<'a> {
    listing: &'a Listing<'a>,
    nodes: Vec<NodeIndex>,
    recommended: &'a BTreeSet<NodeIndex>,
}

impl Serialize for NodeList<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { listing, nodes, recommended } = self;
        let row = |node: &NodeIndex| NodeRow { listing, node: *node, recommended };
        serializer.collect_seq(nodes.iter().map(row))
    }
}

/// The same for edges.
struct EdgeList<'a> {
    atlas: &'a Atlas,
    edges: Vec<EdgeIndex>,
}

impl Serialize for EdgeList<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.edges.iter().map(|edge| EdgeObject::new(self.atlas, *edge)))
    }
}

impl<'a> Object<'a> {
    fn new(answer: &'a Answer, listing: &'a Listing<'a>, query: &'a str) -> Self {
        let (atlas, parts) = (&answer.atlas, answer.parts());
        let edges = parts.nodes.is_some().then(|| answer.edges());
        let position = || -> HashMap<EdgeIndex, usize> {
            edges.iter().flatten().enumerate().map(|(at, edge)| (*edge, at)).collect()
        };
        let paths = parts.paths.map(|routes| {
            let position = position();
            routes.iter().map(|route| PathObject::new(atlas, route, &position)).collect()
        });
        let recommended = answer.recommended();
        Object {
            version: VERSION,
            query,
            shape: answer.shape().name(),
            complete: answer.complete,
            count: answer.count(),
            notes: answer.notes.iter().map(ToString::to_string).collect(),
            nodes: parts.nodes.map(|nodes| NodeList { listing, nodes, recommended }),
            paths,
            edges: edges.map(|edges| EdgeList { atlas, edges }),
            shortest_count: answer.shortest_count().map(ToString::to_string),
            steps: parts
                .steps
                .map(|steps| (1..).zip(steps).map(|step| StepObject::new(listing, step)).collect()),
            total: parts
                .total
                .map(|effort| json!({ EFFORT: effort.number(), "without": effort.without })),
            columns: parts.table.map(|table| &*table.columns),
            rows: parts.table.map(|table| &*table.rows),
            said: parts.table.and_then(|table| StatedObject::of(atlas, table)),
            value: parts.value,
        }
    }
}
