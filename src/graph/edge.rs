//! Edges: of many millions each takes two numbers in the graph; what it says beyond its ends most
//! of them share with others.

use super::{Citation, Decimal, FilePlace, PropertyList, RelationId, Strength};
use serde_json::Value;
use std::collections::BTreeSet;

/// What the graph holds of an edge; [`Atlas::edge`](super::Atlas::edge) says what it means.
#[derive(Debug, Clone, Copy, Default)]
pub struct EdgeWeight {
    pub(super) class: u32,
    pub(super) offset: u32,
}

/// What an edge says beyond its ends. One for all edges of a file and a relation that say no more.
#[derive(Debug, Clone, Default)]
pub(super) struct EdgeClass {
    pub(super) relation: RelationId,
    pub(super) layer: usize,
    pub(super) file: u32,
    pub(super) strength: Strength,
    pub(super) properties: PropertyList,
    pub(super) sources: Vec<Citation>,
}

impl EdgeClass {
    pub(super) fn edge(&self, offset: u32) -> Edge<'_> {
        Edge {
            relation: self.relation,
            layer: self.layer,
            strength: self.strength,
            properties: &self.properties,
            sources: &self.sources,
            place: FilePlace { file: self.file, offset },
        }
    }
}

/// Where an edge stands among others in its dependent's list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum ListPosition {
    /// At a place that the data gives.
    Numbered(Decimal),
    /// Without one: behind all others.
    Last,
}

/// A typed statement from one node about another.
#[derive(Debug, Clone, Copy)]
pub struct Edge<'g> {
    /// What it says.
    pub relation: RelationId,
    /// The layer it comes from.
    pub layer: usize,
    /// How much it matters: its own property `strength`, or the relation's.
    pub strength: Strength,
    /// Details of the statement.
    pub properties: &'g PropertyList,
    /// Who says so.
    pub sources: &'g [Citation],
    /// Where it stands.
    pub place: FilePlace,
}

impl<'g> Edge<'g> {
    /// The number of its place in its dependent's list, if the data gives one.
    #[must_use]
    pub fn order(self) -> Option<&'g Value> {
        self.properties.get("order").filter(|order| order.is_number())
    }

    /// Where it stands in its dependent's list.
    #[must_use]
    pub fn list_position(self) -> ListPosition {
        self.order().and_then(Decimal::of).map_or(ListPosition::Last, ListPosition::Numbered)
    }

    /// The group of alternatives it belongs to, of which one suffices.
    #[must_use]
    pub fn any_of(self) -> Option<&'g Value> {
        self.properties.get("any-of").filter(|group| !group.is_null())
    }

    /// The distinct sources, by id.
    pub fn source_ids(self) -> impl Iterator<Item = &'g str> {
        let ids: BTreeSet<&str> = self.sources.iter().map(|cite| cite.source.as_str()).collect();
        ids.into_iter()
    }
}
