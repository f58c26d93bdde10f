//! `json`: one object a query, as the contract says.

use super::Format;
use crate::analysis::EFFORT;
use crate::answer::{Answer, Body, Listing, Route};
use crate::data::{CitationObject, OneOrList};
use crate::diagnostic::{Diagnostic, harmless_json};
use crate::graph::{Atlas, EdgeIndex, NodeIndex, PropertyList};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use std::collections::{BTreeSet, HashMap};

pub(super) const FORMAT: Format = Format {
    name: "json",
    extensions: &["json"],
    summary: "one JSON object",
    single: false,
    notes: true,
    write: |answer, look| {
        let listing = answer.listing();
        let line = serde_json::to_string(&Object::new(answer, &listing, look.query))
            .map_err(|error| Diagnostic::new("io", error.to_string()))?;
        Ok((harmless_json(line) + "\n").into_bytes())
    },
};

/// Of the schema that answers keep, `docs/answer.schema.json`.
const VERSION: u32 = 1;

/// The JSON Schema of answers and errors.
pub const SCHEMA: &str = include_str!("../../docs/answer.schema.json");

#[derive(Serialize)]
struct Object<'a> {
    version: u32,
    query: &'a str,
    shape: &'static str,
    complete: bool,
    count: usize,
    notes: &'a [String],
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
        let nodes = self.nodes.iter();
        serializer
            .collect_seq(nodes.map(|node| NodeObject::new(self.listing, *node, self.recommended)))
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

#[derive(Serialize)]
pub(super) struct NodeObject<'a> {
    id: &'a str,
    kind: OneOrList<'a>,
    name: &'a str,
    aliases: &'a [String],
    layer: OneOrList<'a>,
    properties: &'a PropertyList,
    sources: Vec<CitationObject<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recommended: Option<bool>,
    #[serde(flatten)]
    told: Told<'a>,
}

/// What the columns of an answer say of a row.
struct Told<'a>(Vec<(&'a str, Value)>);

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(member, value)| (member, value)))
    }
}

#[derive(Serialize)]
pub(super) struct EdgeObject<'a> {
    from: &'a str,
    kind: &'a str,
    to: &'a str,
    layer: &'a str,
    properties: &'a PropertyList,
    sources: Vec<CitationObject<'a>>,
}

#[derive(Serialize)]
struct PathObject<'a> {
    nodes: Vec<&'a str>,
    edges: Vec<usize>,
    length: usize,
}

#[derive(Serialize)]
struct StepObject<'a> {
    step: usize,
    nodes: Vec<&'a str>,
    #[serde(flatten)]
    told: Told<'a>,
}

impl<'a> StepObject<'a> {
    fn new(listing: &'a Listing<'a>, (step, nodes): (usize, &Vec<NodeIndex>)) -> Self {
        let ids = nodes.iter().map(|node| listing.atlas().node(*node).id.as_str());
        Self { step, nodes: ids.collect(), told: Told(listing.members(nodes)) }
    }
}

impl<'a> Object<'a> {
    fn new(answer: &'a Answer, listing: &'a Listing<'a>, query: &'a str) -> Self {
        let mut object = Object {
            version: VERSION,
            query,
            shape: answer.shape().name(),
            complete: answer.complete,
            count: answer.count(),
            notes: &answer.notes,
            nodes: None,
            edges: None,
            paths: None,
            shortest_count: None,
            steps: None,
            total: None,
            columns: None,
            rows: None,
            value: None,
        };
        let atlas: &Atlas = &answer.atlas;
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
            Body::Plan(plan) => {
                let steps = (1..).zip(&plan.made.steps);
                object.steps = Some(steps.map(|step| StepObject::new(listing, step)).collect());
                object.total = plan
                    .effort(atlas)
                    .map(|effort| json!({ EFFORT: effort.number(), "without": effort.without }));
            }
            Body::Set(_) | Body::Paths(_) | Body::Card(_) => {}
        }
        let recommended = answer.recommended();
        object.nodes = Some(NodeList { listing, nodes: answer.nodes(), recommended });
        let edges = answer.edges();
        if let Body::Paths(paths) = &answer.body {
            let position: HashMap<EdgeIndex, usize> =
                edges.iter().enumerate().map(|(at, edge)| (*edge, at)).collect();
            let routes = paths.routes.iter();
            let routes = routes.map(|route| PathObject::new(atlas, route, &position));
            object.paths = Some(routes.collect());
            object.shortest_count = paths.shortest_count.as_ref().map(ToString::to_string);
        }
        object.edges = Some(EdgeList { atlas, edges });
        object
    }
}

impl<'a> PathObject<'a> {
    fn new(atlas: &'a Atlas, route: &Route, position: &HashMap<EdgeIndex, usize>) -> Self {
        let ids = route.nodes.iter().map(|node| atlas.node(*node).id.as_str());
        let first = route.hops.iter().filter_map(|hop| hop.first());
        Self {
            nodes: ids.collect(),
            edges: first.filter_map(|edge| position.get(edge).copied()).collect(),
            length: route.hops.len(),
        }
    }
}

impl<'a> NodeObject<'a> {
    pub(super) fn new(
        listing: &'a Listing<'a>,
        node: NodeIndex,
        recommended: &BTreeSet<NodeIndex>,
    ) -> Self {
        let atlas = listing.atlas();
        let facts = atlas.node(node);
        let kinds = facts.kinds.iter().map(|kind| atlas.schema().kinds[*kind].name.as_str());
        let layers = facts.layers.iter().map(|layer| atlas.layers()[*layer].as_str());
        Self {
            id: &facts.id,
            kind: OneOrList::of(kinds),
            name: facts.name(),
            aliases: &facts.aliases,
            layer: OneOrList::of(layers),
            properties: &facts.properties,
            sources: CitationObject::all(&facts.sources),
            recommended: recommended.contains(&node).then_some(true),
            told: Told(listing.members(&[node])),
        }
    }
}

impl<'a> EdgeObject<'a> {
    pub(super) fn new(atlas: &'a Atlas, edge: EdgeIndex) -> Self {
        let facts = atlas.edge(edge);
        let (from, to) = atlas.ends(edge);
        Self {
            from: &atlas.node(from).id,
            kind: &atlas.relation_of(edge).name,
            to: &atlas.node(to).id,
            layer: &atlas.layers()[facts.layer],
            properties: facts.properties,
            sources: CitationObject::all(facts.sources),
        }
    }
}

#[derive(Serialize)]
struct ErrorObject<'a> {
    query: Option<&'a str>,
    error: ErrorPart<'a>,
}

#[derive(Serialize)]
struct ErrorPart<'a> {
    code: &'a str,
    message: String,
    line: Option<usize>,
    column: Option<usize>,
    help: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    suggestions: &'a [String],
    problems: Vec<Problem<'a>>,
}

#[derive(Serialize)]
struct Problem<'a> {
    code: &'a str,
    message: &'a str,
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    id: Option<&'a str>,
    help: &'a [String],
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    suggestions: &'a [String],
}

impl<'a> Problem<'a> {
    fn new(problem: &'a Diagnostic) -> Self {
        let place = problem.place.as_ref();
        let numbers = place.map(crate::diagnostic::Place::line_and_column);
        Self {
            code: problem.code,
            message: &problem.message,
            file: place.map(|place| place.text.name.as_str()),
            line: numbers.map(|(line, _)| line),
            column: numbers.map(|(_, column)| column),
            id: problem.id.as_deref(),
            help: &problem.help,
            suggestions: problem.suggestions(),
        }
    }
}

/// An error as one JSON object, without a line end. Several problems are one error that lists
/// them.
#[must_use]
pub fn error(query: Option<&str>, problems: &[Diagnostic]) -> String {
    let listed: Vec<Problem<'_>> = problems.iter().map(Problem::new).collect();
    let error = match listed.as_slice() {
        [one] => ErrorPart {
            code: one.code,
            message: one.message.to_owned(),
            line: one.line,
            column: one.column,
            help: one.help,
            suggestions: one.suggestions,
            problems: listed,
        },
        several => ErrorPart {
            code: "bad-graph",
            message: format!("{} problems in graph files", several.len()),
            line: None,
            column: None,
            help: &[],
            suggestions: &[],
            problems: listed,
        },
    };
    harmless_json(serde_json::to_string(&ErrorObject { query, error }).unwrap_or_default())
}
