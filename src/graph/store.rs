//! What was loaded and is never changed: the facts, their vocabulary, and where all of it comes
//! from.

use super::EdgeIndex;
use super::edge::EdgeClass;
use super::facts::Facts;
use super::index::IndexCache;
use super::names::SortedNames;
use super::node::FileLines;
use super::partial::Partial;
use super::schema::Schema;
use super::sources::SourceTable;
use crate::diagnostic::Note;

#[derive(Debug)]
pub(super) struct Store {
    pub(super) facts: Facts,
    pub(super) schema: Schema,
    pub(super) sources: SourceTable,
    pub(super) layers: Vec<String>,
    pub(super) files: Vec<FileLines>,
    pub(super) notes: Vec<Note>,
    pub(super) names: SortedNames,
    pub(super) indices: IndexCache,
    /// Set where this is a part of a graph that is held elsewhere.
    pub(super) partial: Option<Box<Partial>>,
}

impl Store {
    /// What an edge says beyond its ends.
    pub(super) fn class(&self, edge: EdgeIndex) -> &EdgeClass {
        self.facts.class(self.facts.weight(edge).class)
    }
}
