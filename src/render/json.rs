//! `json`: one object a query, as the contract says.

use super::Format;
use crate::answer::{Answer, Body};
use crate::data::{citation, one_or_list};
use crate::diagnostic::Diagnostic;
use crate::graph::{Atlas, EdgeIndex, NodeIndex, Properties};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::collections::{BTreeSet, HashMap};

pub(super) const FORMAT: Format = Format {
    name: "json",
    extensions: &["json"],
    summary: "one JSON object",
    single: false,
    notes: true,
    write: |answer, look| {
        let mut line = serde_json::to_vec(&Object::new(answer, look.query))
            .map_err(|error| Diagnostic::new("io", error.to_string()))?;
        line.push(b'\n');
        Ok(line)
    },
};

#[derive(Serialize)]
struct Object<'a> {
    query: &'a str,
    shape: &'static str,
    complete: bool,
    count: usize,
    notes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    nodes: Option<Vec<NodeObject<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edges: Option<Vec<EdgeObject<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paths: Option<Vec<PathObject<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shortest_count: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    columns: Option<&'a [&'static str]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<&'a [Vec<Value>]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a Value>,
}

#[derive(Serialize)]
struct NodeObject<'a> {
    id: &'a str,
    kind: Value,
    name: &'a str,
    aliases: &'a [String],
    layer: Value,
    properties: &'a Properties,
    sources: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recommended: Option<bool>,
}

#[derive(Serialize)]
struct EdgeObject<'a> {
    from: &'a str,
    kind: &'a str,
    to: &'a str,
    layer: &'a str,
    properties: &'a Properties,
    sources: Vec<Value>,
}

#[derive(Serialize)]
struct PathObject<'a> {
    nodes: Vec<&'a str>,
    edges: Vec<usize>,
    length: usize,
}

impl<'a> Object<'a> {
    fn new(answer: &'a Answer<'_>, query: &'a str) -> Self {
        let mut object = Object {
            query,
            shape: answer.shape().name(),
            complete: answer.complete,
            count: answer.count(),
            notes: &answer.notes,
            nodes: None,
            edges: None,
            paths: None,
            shortest_count: None,
            columns: None,
            rows: None,
            value: None,
        };
        let atlas = answer.atlas;
        let none = BTreeSet::new();
        match &answer.body {
            Body::Table(table) => {
                object.columns = Some(&table.columns);
                object.rows = Some(&table.rows);
                return object;
            }
            Body::Value(value) => {
                object.value = Some(value);
                return object;
            }
            Body::Set(_) | Body::Paths(_) | Body::Card(_) => {}
        }
        let recommended = match &answer.body {
            Body::Set(set) => &set.recommended,
            _ => &none,
        };
        let nodes = answer.nodes().into_iter();
        object.nodes = Some(nodes.map(|node| NodeObject::new(atlas, node, recommended)).collect());
        let edges = answer.edges();
        if let Body::Paths(paths) = &answer.body {
            let position: HashMap<EdgeIndex, usize> =
                edges.iter().enumerate().map(|(at, edge)| (*edge, at)).collect();
            let routes = paths.routes.iter().map(|route| PathObject {
                nodes: route.nodes.iter().map(|node| atlas.node(*node).id.as_str()).collect(),
                edges: route
                    .hops
                    .iter()
                    .filter_map(|hop| position.get(hop.first()?).copied())
                    .collect(),
                length: route.hops.len(),
            });
            object.paths = Some(routes.collect());
            object.shortest_count = Some(paths.shortest_count.to_string());
        }
        object.edges = Some(edges.iter().map(|edge| EdgeObject::new(atlas, *edge)).collect());
        object
    }
}

impl<'a> NodeObject<'a> {
    fn new(atlas: &'a Atlas, node: NodeIndex, recommended: &BTreeSet<NodeIndex>) -> Self {
        let facts = atlas.node(node);
        let kinds = facts.kinds.iter().map(|kind| atlas.schema().kinds[*kind].name.as_str());
        let layers = facts.layers.iter().map(|layer| atlas.layers()[*layer].as_str());
        Self {
            id: &facts.id,
            kind: one_or_list(kinds),
            name: facts.name(),
            aliases: &facts.aliases,
            layer: one_or_list(layers),
            properties: &facts.properties,
            sources: facts.sources.iter().map(citation).collect(),
            recommended: recommended.contains(&node).then_some(true),
        }
    }
}

impl<'a> EdgeObject<'a> {
    fn new(atlas: &'a Atlas, edge: EdgeIndex) -> Self {
        let facts = atlas.edge(edge);
        let (from, to) = atlas.ends(edge);
        Self {
            from: &atlas.node(from).id,
            kind: &atlas.relation_of(edge).name,
            to: &atlas.node(to).id,
            layer: &atlas.layers()[facts.layer],
            properties: &facts.properties,
            sources: facts.sources.iter().map(citation).collect(),
        }
    }
}

/// An error as one JSON object, without a line end.
#[must_use]
pub fn error(query: Option<&str>, problems: &[Diagnostic]) -> String {
    let (code, message, mut help) = match problems {
        [one] => (one.code, one.message.clone(), one.help.clone()),
        several => ("bad-graph", format!("{} problems in graph files", several.len()), Vec::new()),
    };
    help.retain(|advice| !advice.is_empty());
    let (line, column) = match problems {
        [Diagnostic { place: Some(place), .. }] => {
            let (line, column) = place.line_and_column();
            (Value::from(line), Value::from(column))
        }
        _ => (Value::Null, Value::Null),
    };
    let problems: Vec<Value> = problems.iter().map(problem).collect();
    let error = json!({
        "code": code, "message": message, "line": line, "column": column,
        "help": help, "problems": problems,
    });
    json!({ "query": query, "error": error }).to_string()
}

/// One problem as a JSON object.
#[must_use]
pub fn problem(problem: &Diagnostic) -> Value {
    let mut parts = Map::new();
    parts.insert("code".to_owned(), problem.code.into());
    parts.insert("message".to_owned(), problem.message.as_str().into());
    if let Some(place) = &problem.place {
        let (line, column) = place.line_and_column();
        parts.insert("file".to_owned(), place.text.name.as_str().into());
        parts.insert("line".to_owned(), line.into());
        parts.insert("column".to_owned(), column.into());
    }
    if let Some(id) = &problem.id {
        parts.insert("id".to_owned(), id.as_str().into());
    }
    parts.insert("help".to_owned(), problem.help.clone().into());
    Value::Object(parts)
}
