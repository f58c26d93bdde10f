//! The noun: nodes and edges held by one petgraph `DiGraph`, immutable once built, with the
//! schema that says what they mean. Node indices follow the ids' order and edge indices a
//! canonical order, so that ties "by id" are ties by index and a shuffled file changes nothing.

mod atlas;
mod blocks;
mod build;
mod changes;
#[cfg(feature = "databases")]
mod collected;
mod decimal;
mod edge;
mod elsewhere;
mod facts;
mod flow;
mod folding;
mod index;
mod lazy_rows;
mod levels;
mod lookup;
mod mapped;
mod names;
mod node;
mod overlay;
mod packed;
#[cfg_attr(not(feature = "databases"), allow(dead_code, reason = "what fetches is a feature"))]
mod partial;
mod properties;
mod schema;
mod search;
mod snapshot;
mod sources;
mod statements;
mod store;
mod structure;
#[cfg(test)]
mod tests;

pub(crate) use crate::csr::Csr;
pub use atlas::Atlas;
pub(crate) use blocks::{Bytes, intact};
pub use build::{Builder, EdgeFacts, NodeFacts};
pub(crate) use build::{Meant, NameTable, spelling};
#[cfg(feature = "databases")]
pub(crate) use collected::{Collected, EdgeRecord, NodeRecord};
pub use decimal::Decimal;
pub(crate) use decimal::as_spelt;
pub use edge::{Edge, EdgeWeight, ListPosition};
pub use flow::{Arcs, Ends, Flow, Relations};
pub use folding::{caseless, composed, fold};
pub(crate) use levels::{TopologicalLevel, TopologicalLevels};
pub use names::quoted_if_needed;
pub use node::{Citation, FileLines, FilePlace, Node, Source};
pub use overlay::Edit;
pub use partial::Fetches;
#[cfg(feature = "databases")]
pub(crate) use partial::{Head, INTO, NEEDS, OPENS, OUT, key_of, keys_of};
pub(crate) use partial::{Partial, Ranked, Wanted};
pub use petgraph::graph::{EdgeIndex, NodeIndex};
pub(crate) use properties::FieldUses;
pub use properties::{Properties, PropertyList};
pub use schema::{
    End, Field, FieldType, Kind, KindId, Prerequisite, Relation, RelationId, RoadmapContent,
    RoadmapRow, Schema, Strength,
};
pub(crate) use snapshot::MAGIC;
pub(crate) use statements::{cited_statements, is_statements, stated, statements};
#[cfg(feature = "databases")]
pub(crate) use structure::Structure;
