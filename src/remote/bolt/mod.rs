//! Graphs in Neo4j, or whatever speaks Bolt and Cypher as it does. Each save is numbered; the
//! numbers of its nodes begin with that, and a node `AtlasGraph` says which save is the graph. So a
//! save can be filled beside the one that is asked, and takes its place by one statement.

mod address;
mod connection;
mod labels;
mod reading;
mod saving;

pub(crate) use address::Address;
pub(crate) use reading::Bolt;

/// The form of nodes and relationships, to be raised with any change of it.
const VERSION: i64 = 2;

/// How many rows one statement is given: a level of more takes several.
const BATCH: usize = 10_000;

/// The first number of a save's nodes; an atlas has no more than 2³² of them.
fn base_of(save: i64) -> i64 {
    save << 32
}
