//! Nodes and edges as JSON texts and back. A number keeps its spelling.

use super::{RawEdge, RawNode};
use crate::graph::{
    Atlas, Citation, Collected, Edge, EdgeRecord, FilePlace, Node, NodeRecord, Properties, as_spelt,
};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// What is said of a node beside its id and kinds.
#[derive(Serialize, Deserialize)]
struct NodeBody<'t> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    aliases: Vec<String>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    properties: Option<&'t RawValue>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<Citation>,
    /// Which layers speak of it.
    layers: Vec<usize>,
    /// Its file, and its line, from 0.
    place: [u32; 2],
}

/// What an edge says beyond its relation.
#[derive(Serialize, Deserialize)]
struct EdgeBody<'t> {
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    properties: Option<&'t RawValue>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<Citation>,
    layer: usize,
    file: u32,
}

/// Where lines end in the files of a graph; none where facts stand at lines already.
pub(super) struct Lines<'a>(Vec<Option<&'a [u32]>>);

impl<'a> Lines<'a> {
    pub(super) fn of(atlas: &'a Atlas) -> Self {
        let files = atlas.files().iter();
        Self(files.map(|file| (!file.is_numbered()).then(|| file.ends())).collect())
    }

    /// Where a fact stands: its line, from 0. The ends of all lines would outgrow what is asked.
    pub(super) fn line(&self, place: FilePlace) -> u32 {
        match self.0.get(place.file as usize) {
            Some(Some(ends)) => ends.partition_point(|end| *end < place.offset) as u32,
            _ => place.offset,
        }
    }
}

/// What is said of a node as a JSON text.
pub(super) fn node_body(lines: &Lines<'_>, node: &Node) -> Option<String> {
    let properties = raw(&node.properties)?;
    let body = NodeBody {
        name: node.name.clone(),
        aliases: node.aliases.clone(),
        properties: (!node.properties.is_empty()).then_some(&*properties),
        sources: node.sources.clone(),
        layers: node.layers.to_vec(),
        place: [node.place.file, lines.line(node.place)],
    };
    serde_json::to_string(&body).ok()
}

/// What an edge says as a JSON text; none where it says what most do.
pub(super) fn edge_body(edge: &Edge<'_>) -> Result<Option<String>, ()> {
    let plain = edge.properties.is_empty() && edge.sources.is_empty();
    if plain && edge.layer == 0 && edge.place.file == 0 {
        return Ok(None);
    }
    let properties = raw(edge.properties).ok_or(())?;
    let body = EdgeBody {
        properties: (!edge.properties.is_empty()).then_some(&*properties),
        sources: edge.sources.to_vec(),
        layer: edge.layer,
        file: edge.place.file,
    };
    serde_json::to_string(&body).map(Some).map_err(|_| ())
}

fn raw(properties: &crate::graph::PropertyList) -> Option<Box<RawValue>> {
    serde_json::value::to_raw_value(properties).ok()
}

/// A JSON value whose numbers keep their spelling.
fn value(raw: &RawValue) -> Option<Value> {
    let text = raw.get();
    Some(match text.as_bytes().first()? {
        b'{' => {
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
            let members = members.into_iter().map(|(key, raw)| Some((key, value(raw)?)));
            Value::Object(members.collect::<Option<_>>()?)
        }
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            Value::Array(items.into_iter().map(value).collect::<Option<_>>()?)
        }
        b'-' | b'0'..=b'9' => Value::Number(as_spelt(text)?),
        _ => serde_json::from_str(text).ok()?,
    })
}

fn properties(raw: Option<&RawValue>) -> Option<Properties> {
    match raw.map(value) {
        None => Some(Properties::new()),
        Some(Some(Value::Object(members))) => Some(members.into_iter().collect()),
        _ => None,
    }
}

/// Takes a node in; false if it is not one that was saved.
pub(super) fn take_node(collected: &mut Collected, raw: &RawNode) -> bool {
    let record = || {
        let body: NodeBody<'_> = serde_json::from_str(&raw.body).ok()?;
        Some(NodeRecord {
            number: raw.number,
            rank: u32::try_from(raw.rank).ok()?,
            properties: properties(body.properties)?,
            name: body.name,
            aliases: body.aliases,
            sources: body.sources,
            layers: body.layers,
            place: FilePlace { file: body.place[0], offset: body.place[1] },
            id: raw.id.clone(),
            kinds: raw.kinds.clone(),
        })
    };
    record().is_some_and(|record| collected.row(record))
}

/// The classes of edges that say no more than their relation, by it.
pub(super) type Plain = BTreeMap<u32, u32>;

/// Takes an edge in; false if it is not one that was saved.
pub(super) fn take_edge(
    collected: &mut Collected,
    plain: &mut Plain,
    relations: &[String],
    raw: &RawEdge,
) -> bool {
    let mut class = || {
        let relation = raw.relation?;
        let name = relations.get(relation as usize)?;
        let Some(body) = &raw.body else {
            if let Some(class) = plain.get(&relation) {
                return Some(*class);
            }
            let class = collected.class(name, (0, 0), Properties::new(), Vec::new())?;
            plain.insert(relation, class);
            return Some(class);
        };
        let body: EdgeBody<'_> = serde_json::from_str(body).ok()?;
        let properties = properties(body.properties)?;
        collected.class(name, (body.layer, body.file), properties, body.sources)
    };
    let (Some(class), Ok(offset)) = (class(), u32::try_from(raw.offset)) else { return false };
    let RawEdge { number, from, to, .. } = *raw;
    collected.edge(EdgeRecord { number, from, to, class, offset });
    true
}

/// The names of all relations of a graph, by number.
pub(crate) fn relations_of(atlas: &Atlas) -> Vec<String> {
    atlas.schema().relations.iter().map(|relation| relation.name.clone()).collect()
}
