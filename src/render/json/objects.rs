//! What an answer consists of as JSON objects: nodes, edges, paths, steps.

use crate::analysis::Entry;
use crate::answer::{Listing, Path, Stated, Table, members};
use crate::data::{CitationObject, OneOrList};
use crate::graph::{Atlas, EdgeIndex, Node, NodeIndex, PropertyList};
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::collections::{BTreeSet, HashMap};

#[derive(Serialize)]
struct NodeObject<'a> {
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
    told: ColumnMembers<'a>,
}

/// What the columns of an answer say of a row.
struct ColumnMembers<'a>(Vec<(&'a str, Value)>);

impl Serialize for ColumnMembers<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(member, value)| (member, value)))
    }
}

#[derive(Serialize)]
pub(in crate::render) struct EdgeObject<'a> {
    from: &'a str,
    kind: &'a str,
    to: &'a str,
    layer: &'a str,
    properties: &'a PropertyList,
    sources: Vec<CitationObject<'a>>,
}

#[derive(Serialize)]
pub(super) struct PathObject<'a> {
    nodes: Vec<&'a str>,
    edges: Vec<usize>,
    length: usize,
}

#[derive(Serialize)]
pub(super) struct StepObject<'a> {
    step: usize,
    nodes: Vec<&'a str>,
    #[serde(flatten)]
    told: ColumnMembers<'a>,
}

impl<'a> StepObject<'a> {
    pub(super) fn new(listing: &'a Listing<'a>, (step, nodes): (usize, &Vec<NodeIndex>)) -> Self {
        let ids = nodes.iter().map(|node| listing.atlas().id(*node));
        Self { step, nodes: ids.collect(), told: ColumnMembers(members(listing, nodes)) }
    }
}

impl<'a> PathObject<'a> {
    pub(super) fn new(
        atlas: &'a Atlas,
        route: &Path,
        position: &HashMap<EdgeIndex, usize>,
    ) -> Self {
        let ids = route.nodes.iter().map(|node| atlas.id(*node));
        let first = route.hops.iter().filter_map(|hop| hop.first());
        Self {
            nodes: ids.collect(),
            edges: first.filter_map(|edge| position.get(edge).copied()).collect(),
            length: route.hops.len(),
        }
    }
}

/// One statement in a cell of a table.
#[derive(Serialize)]
pub(super) struct StatedObject<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    node: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recommended: Option<bool>,
    sources: Vec<CitationObject<'a>>,
}

impl<'a> StatedObject<'a> {
    pub(super) fn new(atlas: &'a Atlas, stated: &'a Stated) -> Self {
        let (value, node) = match &stated.entry {
            Entry::Value(value) => (Some(value), None),
            Entry::Node(node) => (None, Some(atlas.id(*node))),
        };
        let recommended = stated.recommended.then_some(true);
        Self { value, node, recommended, sources: CitationObject::all(&stated.sources) }
    }

    /// Those of a table, by row and column, if it is made of any.
    pub(super) fn of(atlas: &'a Atlas, table: &'a Table) -> Option<Vec<Vec<Vec<Self>>>> {
        let cell = |cell: &'a Vec<Stated>| cell.iter().map(|one| Self::new(atlas, one)).collect();
        let row = |row: &'a Vec<Vec<Stated>>| row.iter().map(cell).collect();
        (!table.said.is_empty()).then(|| table.said.iter().map(row).collect())
    }
}

/// A node that becomes an object while it is written: there may be many.
pub(in crate::render) struct NodeRow<'a> {
    pub(in crate::render) listing: &'a Listing<'a>,
    pub(in crate::render) node: NodeIndex,
    pub(in crate::render) recommended: &'a BTreeSet<NodeIndex>,
}

impl Serialize for NodeRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let facts = self.listing.atlas().seen(self.node);
        NodeObject::new(self, &facts).serialize(serializer)
    }
}

impl<'a> NodeObject<'a> {
    fn new(row: &NodeRow<'a>, facts: &'a Node) -> Self {
        let NodeRow { listing, node, recommended } = *row;
        let atlas = listing.atlas();
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
            told: ColumnMembers(members(listing, &[node])),
        }
    }
}

impl<'a> EdgeObject<'a> {
    pub(in crate::render) fn new(atlas: &'a Atlas, edge: EdgeIndex) -> Self {
        let facts = atlas.edge(edge);
        let (from, to) = atlas.ends(edge);
        Self {
            from: atlas.id(from),
            kind: &atlas.relation_of(edge).name,
            to: atlas.id(to),
            layer: &atlas.layers()[facts.layer],
            properties: facts.properties,
            sources: CitationObject::all(facts.sources),
        }
    }
}
